//! Applying, first part: for whom, the questions, and one page a section of the form.

use casework::ops::{Application, Draft};
use casework::{Answers, CaseType, Field as Asked, Letter, Party, Section};
use kernel::{Lang, Text};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Choice, Fact, Facts, Form, Hidden, LinkButton, Notice, Page, Radios, Shell, Tone, Values, tr, url};

use super::form::{self, Known};

/// Name of the hidden field with the version that the page shows.
pub const SEEN: &str = "_seen";
/// Name of the field that says for whom it is.
pub const PARTY: &str = "_for";
/// Name of the buttons that say where to go on.
pub const GO: &str = "_go";

/// A page of an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'a> {
    /// For whom, and the questions.
    Questions,
    /// A section of the form.
    Section(&'a str),
    /// Papers.
    Papers,
    /// Checking everything.
    Check,
}

/// The pages of an application in order, each with its title and address.
fn path(app: &Application) -> Vec<(At<'_>, Text, String)> {
    let code = &app.item.code;
    let mut pages = vec![(At::Questions, Text::fixed("办理情形", "Your situation"), url::apply(code))];
    let sections = casework::form::asked(&app.matter.case_type, app.answers());
    pages.extend(sections.into_iter().map(|(section, _)| (At::Section(&section.key), section.title.clone(), url::apply_section(code, &section.key))));
    pages.push((At::Papers, Text::fixed("材料", "Papers"), url::apply_papers(code)));
    pages.push((At::Check, Text::fixed("核对并提交", "Check and submit"), url::apply_check(code)));
    pages
}

/// The page after one, with the answers as they are saved now.
pub fn after(app: &Application, at: At<'_>) -> String {
    let pages = path(app);
    let here = pages.iter().position(|(page, ..)| *page == at).unwrap_or_default();
    pages.get(here + 1).map_or_else(|| url::apply_check(&app.item.code), |(.., href)| href.clone())
}

/// Where one is: the step in words, and the page before.
pub(crate) fn place(lang: Lang, app: &Application, at: At<'_>) -> (String, String) {
    let pages = path(app);
    let here = pages.iter().position(|(page, ..)| *page == at).unwrap_or_default();
    // The answers to the first page decide how many there are.
    let words = match (here, lang) {
        (0, Lang::Zh) => "第 1 步".to_owned(),
        (0, Lang::En) => "Step 1".to_owned(),
        (_, Lang::Zh) => format!("第 {} 步，共 {} 步", here + 1, pages.len()),
        (_, Lang::En) => format!("Step {} of {}", here + 1, pages.len()),
    };
    let back = here.checked_sub(1).and_then(|before| pages.get(before)).map_or_else(|| url::item(&app.item.code), |(.., href)| href.clone());
    (words, back)
}

/// The name of the item with the step under it.
pub(crate) fn heading(lang: Lang, app: &Application, title: &str, step: String) -> AnyView {
    let item = app.item.version.elements.name.get(lang).to_owned();
    view! { <p class="hint">{format!("{item} · {step}")}</p><h1>{title.to_owned()}</h1> }.into_any()
}

/// For whom an application is, in words.
pub(crate) fn party(lang: Lang, app: &Application) -> String {
    match app.party() {
        Party::Own => tr(lang, "本人", "Yourself").to_owned(),
        Party::Letter(id) => match app.letters.iter().find(|letter| letter.id == id) {
            Some(letter) => letter.principal_name.clone(),
            None => tr(lang, "委托已失效", "The letter is no longer in force").to_owned(),
        },
    }
}

/// The first page: what is to be done, for whom, and the questions.
pub fn start(shell: &Shell, app: &Application, values: Values) -> String {
    let lang = shell.lang;
    let code = app.item.code.clone();
    let name = app.item.version.elements.name.get(lang);
    let title = match lang {
        Lang::Zh => format!("申请：{name}"),
        Lang::En => format!("Apply: {name}"),
    };
    let (step, back) = place(lang, app, At::Questions);
    let mut values = app.draft.as_ref().map_or_else(Values::new, |_| form::values(&app.matter.case_type, app.answers())).over(values);
    values = values.or(PARTY, match app.party() {
        Party::Own => "own".to_owned(),
        Party::Letter(id) => id.to_string(),
    });
    let action = url::apply(&code);
    // Whoever is told of a field is filling the draft in, and need not be led back to it.
    let filling = values.issues().iter().any(|issue| issue.field.is_some());
    ui::render(shell, Page::public(title.clone()).back(back).values(&values), move || {
        let questions = app.matter.case_type.questions.clone();
        let letters = app.letters.clone();
        let begun = app.draft.as_ref().filter(|_| !filling).map(|draft| resumed(lang, app, draft));
        let seen = app.seen().to_string();
        view! {
            <p class="hint">{step}</p>
            <h1>{title}</h1>
            {begun}
            <p>{tr(lang, "每一步都会保存，可以随时离开，换一台设备接着填。", "Every step is saved: leave when you like and go on from another device.")}</p>
            <Form action values>
                <Hidden name=SEEN value=seen/>
                {move || whose(lang, &letters)}
                {move || form::questions(lang, &questions)}
                <Button name=GO value="on">{tr(lang, "保存并继续", "Save and continue")}</Button>
            </Form>
            <p><a href=url::my_letter_new()>{tr(lang, "替别人办？先登记委托书", "For somebody else? Hand in the letter of authority first")}</a></p>
        }
    })
}

fn resumed(lang: Lang, app: &Application, draft: &Draft) -> AnyView {
    let saved = ui::moment(lang, draft.updated_at);
    let title = match lang {
        Lang::Zh => format!("您有一份草稿，保存于{saved}"),
        Lang::En => format!("You have a draft, saved on {saved}"),
    };
    let next = after(app, At::Questions);
    let discard = url::apply_discard(&app.item.code);
    view! {
        <Notice tone=Tone::Plain title>
            <p class="actions">
                <LinkButton href=next kind=ButtonKind::Secondary>{tr(lang, "接着填", "Go on with it")}</LinkButton>
                <a href=discard>{tr(lang, "删除草稿", "Throw it away")}</a>
            </p>
        </Notice>
    }
    .into_any()
}

/// For whom: asked only of somebody who may act for another.
fn whose(lang: Lang, letters: &[Letter]) -> Option<AnyView> {
    if letters.is_empty() {
        return None;
    }
    let own = Choice::new("own", tr(lang, "给自己办", "For myself"));
    let of = |letter: &Letter| {
        let until = ui::date(lang, letter.until);
        let words = match lang {
            Lang::Zh => format!("替{}办", letter.principal_name),
            Lang::En => format!("For {}", letter.principal_name),
        };
        Choice::new(letter.id, words).hint(format!("{}{until}", tr(lang, "委托书有效至", "Letter in force until ")))
    };
    let options = [own].into_iter().chain(letters.iter().map(of)).collect();
    Some(view! { <Radios name=PARTY legend=tr(lang, "给谁办？", "For whom?") options/> }.into_any())
}

/// One section of the form. `theirs` is what another device has saved meanwhile: it is shown beside what was typed here.
pub fn section(shell: &Shell, app: &Application, asked: (&Section, &[&Asked]), known: &Known, theirs: Option<&Draft>, values: Values) -> String {
    let lang = shell.lang;
    let (section, fields) = asked;
    let code = &app.item.code;
    let (step, back) = place(lang, app, At::Section(&section.key));
    let title = section.title.get(lang).to_owned();
    let action = url::apply_section(code, &section.key);
    let values = form::values(&app.matter.case_type, app.answers()).over(values);
    let seen = theirs.map_or(app.seen(), |draft| draft.version).to_string();
    ui::render(shell, Page::public(title.clone()).back(back).values(&values), move || {
        let conflict = theirs.map(|draft| changed(lang, &app.matter.case_type, fields, draft, known, &values, action.clone()));
        let word = if conflict.is_some() { tr(lang, "用我填的内容保存", "Save what I have typed") } else { tr(lang, "保存并继续", "Save and continue") };
        let (section, fields, known) = (section.clone(), fields.iter().map(|field| (*field).clone()).collect::<Vec<_>>(), known.clone());
        view! {
            {heading(lang, app, &title, step)}
            {conflict}
            <Form action values>
                <Hidden name=SEEN value=seen/>
                {move || form::section(lang, &section, &fields.iter().collect::<Vec<_>>(), &known)}
                <Button name=GO value="on">{word}</Button>
                <Button kind=ButtonKind::Secondary name=GO value="later">{tr(lang, "保存，以后再填", "Save and leave")}</Button>
            </Form>
        }
    })
}

/// What differs between what another device has saved and what was typed here.
fn changed(lang: Lang, case_type: &CaseType, fields: &[&Asked], theirs: &Draft, known: &Known, typed: &Values, here: String) -> AnyView {
    let stored = form::values(case_type, &theirs.answers);
    let none = |text: &str| if text.is_empty() { tr(lang, "（空）", "(empty)").to_owned() } else { text.to_owned() };
    let words = |field: &Asked, values: &Values| match theirs.answers.get(&field.key).filter(|_| values.get(&field.key) == stored.get(&field.key)) {
        Some(answer) => form::shown(lang, field, answer, &known.regions),
        None => none(values.get(&field.key)),
    };
    let differs = fields.iter().filter(|field| stored.get(&field.key) != typed.get(&field.key));
    let rows: Vec<Fact> = differs
        .map(|field| {
            let words = match lang {
                Lang::Zh => format!("已保存：{}；这里填的：{}", words(field, &stored), words(field, typed)),
                Lang::En => format!("Saved: {}; typed here: {}", words(field, &stored), words(field, typed)),
            };
            Fact::new(field.label.get(lang), words)
        })
        .collect();
    let at = ui::moment(lang, theirs.updated_at);
    let title = match lang {
        Lang::Zh => format!("这份草稿{at}在其他设备上改过，您刚填的还没有保存"),
        Lang::En => format!("Another device changed this draft on {at}; what you typed here is not saved yet"),
    };
    view! {
        <Notice tone=Tone::Mind title>
            <Facts items=rows/>
            <p><a href=here>{tr(lang, "放弃这里填的，用已保存的", "Drop what I typed and use what is saved")}</a></p>
        </Notice>
    }
    .into_any()
}

/// Whether to throw a draft away.
pub fn discard(shell: &Shell, app: &Application, seen: i64) -> String {
    let lang = shell.lang;
    let code = app.item.code.clone();
    let title = tr(lang, "删除这份草稿？", "Throw this draft away?");
    let name = app.item.version.elements.name.get(lang).to_owned();
    ui::render(shell, Page::public(title).back(url::my_matters()), move || {
        view! {
            <h1>{title}</h1>
            <p>{name}</p>
            <p>{tr(lang, "填写的内容和上传的材料会一起删除，不能恢复。", "What you filled in and the papers you sent go with it. This cannot be undone.")}</p>
            <Form action=url::apply_discard(&code)>
                <Hidden name=SEEN value=seen.to_string()/>
                <Button kind=ButtonKind::Danger>{tr(lang, "删除草稿", "Throw it away")}</Button>
                <LinkButton kind=ButtonKind::Secondary href=url::apply(&code)>{tr(lang, "不删除", "Keep it")}</LinkButton>
            </Form>
        }
    })
}

/// What was answered to a form on one page.
pub(crate) fn all_facts(lang: Lang, case_type: &CaseType, answers: &Answers, regions: &[(String, String)]) -> AnyView {
    let questions = form::question_facts(lang, case_type, answers, None);
    let sections: Vec<_> = casework::form::asked(case_type, answers)
        .into_iter()
        .map(|(section, fields)| {
            view! { <h3>{section.title.get(lang).to_owned()}</h3><Facts items=form::section_facts(lang, &fields, answers, regions, None)/> }
        })
        .collect();
    view! { <Facts items=questions/>{sections} }.into_any()
}
