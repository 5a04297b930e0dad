//! What the applicant has to do in his own matter: mend what was told to him, and hand in what he promised.

use casework::{CorrectionItem, Fault, Field as Asked, MaterialState, Phase, StoredCorrection};
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Form, Hidden, Notice, StatusTag, Tone, Values, tr, url};

use super::apply::SEEN;
use super::apply_papers::upload;
use super::case::Shown;
use super::form::{self, Known};

/// Name of the buttons that send a matter back.
pub const VERB: &str = "_verb";

/// What is open with the applicant; nothing if nothing is.
pub(crate) fn to_do(lang: Lang, shown: &Shown, values: &Values) -> Option<AnyView> {
    if shown.view.phase.is_closed() {
        return None;
    }
    let open: Vec<&StoredCorrection> = shown.view.corrections.iter().filter(|list| list.closed_at.is_none()).collect();
    let open = if with_applicant(shown) { open } else { Vec::new() };
    let promised: Vec<_> = shown.view.materials.iter().filter(|paper| paper.state == MaterialState::Promised).collect();
    let acts = acts(lang, shown, values);
    if open.is_empty() && promised.is_empty() && acts.is_none() {
        return None;
    }
    let lists: Vec<_> = open.into_iter().map(|list| told(lang, shown, list, values)).collect();
    let promised: Vec<_> = promised
        .into_iter()
        .map(|paper| {
            let due = paper.promise_due.map(|day| ui::date(lang, day)).unwrap_or_default();
            let words = match lang {
                Lang::Zh => format!("请在{due}24时前补交，逾期视为撤回申请。"),
                Lang::En => format!("Hand it in by the end of {due}; otherwise the application counts as withdrawn."),
            };
            view! {
                <section class="material">
                    <h3>{shown.material(&paper.key, lang)}</h3>
                    <p>{words}</p>
                    {upload(lang, url::my_matter_papers(shown.view.head.id), &paper.key, false, values)}
                </section>
            }
        })
        .collect();
    Some(view! { <section class="to-do"><h2>{tr(lang, "需要您做的", "What you have to do")}</h2>{lists}{promised}{acts}</section> }.into_any())
}

/// Whether the case is with the applicant: to be corrected, or sent back.
fn with_applicant(shown: &Shown) -> bool {
    shown.view.phase == Phase::Correction || verbs(shown).any(|(verb, _)| verb == "resubmit")
}

/// What the applicant may do beside withdrawing; promised papers are handed in only where some were promised.
fn verbs(shown: &Shown) -> impl Iterator<Item = (&str, &kernel::Text)> {
    let promised = shown.view.ends.paper.is_some();
    let named = shown.view.actions.iter().map(|action| (action.mv.verb.as_str(), &action.mv.name));
    named.filter(move |(verb, _)| *verb != "withdraw" && (promised || *verb != "supply_promised"))
}

/// What the applicant does by a move: its own name says what the office does by it.
fn said(lang: Lang, verb: &str, name: &kernel::Text) -> String {
    match verb {
        "supply_part" => tr(lang, "先交这一部分", "Send this part now").to_owned(),
        "supply" => tr(lang, "已补齐，提交", "Everything is there: send it").to_owned(),
        _ => name.get(lang).to_owned(),
    }
}

/// A list of what is missing or defective, with the form for each paper.
fn told(lang: Lang, shown: &Shown, list: &StoredCorrection, values: &Values) -> AnyView {
    let due = ui::date(lang, list.due);
    let title = match lang {
        Lang::Zh => format!("请在{due}前补正"),
        Lang::En => format!("To be mended by {due}"),
    };
    let items: Vec<_> = list.items.iter().map(|item| one(lang, shown, item, values)).collect();
    view! { <Notice tone=Tone::Mind title><p>{tr(lang, "下面是全部需要补正的内容，不会再有第二次。", "This is all of it: there is no second list.")}</p></Notice>{items} }.into_any()
}

fn one(lang: Lang, shown: &Shown, item: &CorrectionItem, values: &Values) -> AnyView {
    let is_material = shown.view.elements.iter().flat_map(|elements| &elements.materials).any(|material| material.key == item.key);
    let name = match field(shown, &item.key) {
        Some(field) => field.label.get(lang).to_owned(),
        None if is_material => shown.material(&item.key, lang),
        None => tr(lang, "其他", "Other").to_owned(),
    };
    let fault = match item.fault {
        Fault::Missing => tr(lang, "缺少", "Missing"),
        Fault::Defective => tr(lang, "不符合要求", "Not in order"),
    };
    let done = item.supplied_at.is_some();
    let (tone, word) = if done { (Tone::Good, tr(lang, "已补交", "Handed in")) } else { (Tone::Mind, fault) };
    let form = is_material.then(|| upload(lang, url::my_matter_papers(shown.view.head.id), &item.key, done, values));
    view! {
        <section class="material">
            <h3>{name}</h3>
            <p><StatusTag tone word/></p>
            <p>{item.wrong.clone()}</p>
            <p>{item.mend.clone()}</p>
            {form}
        </section>
    }
    .into_any()
}

fn field<'t>(shown: &'t Shown, key: &str) -> Option<&'t Asked> {
    shown.case_type.sections.iter().flat_map(|section| &section.fields).find(|field| field.key == key)
}

/// The buttons that send the matter back to the office; with the answers to be mended, where it is with the applicant.
fn acts(lang: Lang, shown: &Shown, values: &Values) -> Option<AnyView> {
    let buttons: Vec<_> = verbs(shown).map(|(verb, name)| (verb.to_owned(), said(lang, verb, name))).collect();
    if buttons.is_empty() {
        return None;
    }
    let last = buttons.len() - 1;
    let buttons: Vec<_> = buttons
        .into_iter()
        .enumerate()
        .map(|(at, (verb, name))| {
            let kind = if at == last { ButtonKind::Primary } else { ButtonKind::Secondary };
            view! { <Button kind name=VERB value=verb>{name}</Button> }
        })
        .collect();
    let case_type = shown.case_type.clone();
    let answers = shown.view.answers.clone();
    let values = form::values(&case_type, &answers).over(values.clone());
    let (seen, mend) = (shown.view.head.version.to_string(), with_applicant(shown));
    let known = Known { regions: shown.regions.clone(), ..Known::default() };
    Some(
        view! {
            <Form action=url::my_matter_act(shown.view.head.id) values>
                <Hidden name=SEEN value=seen/>
                {move || mend.then(|| {
                    let sections: Vec<_> = casework::form::asked(&case_type, &answers)
                        .into_iter()
                        .map(|(section, fields)| view! { <h4>{section.title.get(lang).to_owned()}</h4>{form::section(lang, section, &fields, &known)} })
                        .collect();
                    view! { <details><summary>{tr(lang, "修改填写的内容", "Change what I filled in")}</summary>{sections}</details> }
                })}
                <p>{tr(lang, "材料传好以后，再按下面的按钮。", "Press the button once the papers are there.")}</p>
                <p class="actions">{buttons}</p>
            </Form>
        }
        .into_any(),
    )
}
