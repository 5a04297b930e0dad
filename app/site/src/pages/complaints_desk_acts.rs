//! The forms of what can be done with a question or complaint.

use interaction::complaints::states::Act;
use interaction::complaints::{Kind, View};
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Checkbox, Choice, Field, Form, Hidden, Select, TextArea, Values, tr, url};

use super::complaints_desk::{Case, grounds, may, officers, sure};

/// What all forms of the page have in common.
struct Forms<'a> {
    lang: Lang,
    view: &'a View,
    verb: &'a str,
    values: &'a Values,
}

impl Forms<'_> {
    /// One form with its heading and button. The fields are made inside of it, so that they find what was typed.
    fn form<F>(&self, name: &'static str, heading: &'static str, kind: ButtonKind, fields: F) -> AnyView
    where
        F: FnOnce() -> AnyView + Send + 'static,
    {
        let values = if self.verb == name { self.values.clone() } else { Values::new() };
        let (action, seen) = (url::desk_complaint_act(self.view.id, name), self.view.version.to_string());
        view! {
            <section>
                <h2>{heading}</h2>
                <Form action values>
                    <Hidden name="seen" value=seen/>
                    {fields()}
                    <Button kind>{heading}</Button>
                </Form>
            </section>
        }
        .into_any()
    }
}

/// Every form that the reader may send now. `values` belong to the form of `verb`.
pub(crate) fn acts(lang: Lang, case: &Case, verb: &str, values: &Values) -> Vec<AnyView> {
    let forms = Forms { lang, view: &case.view, verb, values };
    let mut all = taking_in(&forms, case);
    all.extend(dispatching(&forms, case));
    all.extend(answering(&forms));
    all.extend(knowing(&forms, case));
    all
}

/// The desk takes in: accept, merge, refuse, ask what is meant.
fn taking_in(forms: &Forms<'_>, case: &Case) -> Vec<AnyView> {
    let (lang, view) = (forms.lang, forms.view);
    let mut all = Vec::new();
    if may(view, Act::Accept) {
        let asks = view.kind == Kind::Consult;
        all.push(forms.form("accept", tr(lang, "受理", "Accept"), ButtonKind::Primary, move || {
            asks.then(|| view! { <Checkbox name="stock" label=tr(lang, "有现成答案，1个工作日内答复", "There is a stock answer: reply within 1 working day")/> }).into_any()
        }));
    }
    if may(view, Act::Merge) && !case.alike.is_empty() {
        let options = case.alike.iter().map(|(id, number, percent)| Choice::new(id, format!("{number}（{percent}%）"))).collect();
        all.push(forms.form("merge", tr(lang, "与重复件合并", "Merge with the same one"), ButtonKind::Secondary, move || {
            view! { <Select name="into" label=tr(lang, "同一人内容相同的件", "Alike, of the same person") options=options/>{sure(lang)} }.into_any()
        }));
    }
    if may(view, Act::Clarify) {
        all.push(forms.form("clarify", tr(lang, "告知补正", "Ask what is meant"), ButtonKind::Secondary, move || {
            view! { <TextArea name="text" label=tr(lang, "需要补充说明的内容", "What has to be explained")/> }.into_any()
        }));
    }
    if may(view, Act::Refuse) {
        all.push(forms.form("refuse", tr(lang, "不予受理", "Do not accept"), ButtonKind::Danger, move || {
            view! {
                <Select name="ground" label=tr(lang, "情形", "Ground") options=grounds(lang) empty=tr(lang, "请选择", "Choose")/>
                <TextArea name="reason" label=tr(lang, "理由", "Reason")/>
                <TextArea name="channel" label=tr(lang, "应当通过的途径", "The right channel")/>
                {sure(lang)}
            }
            .into_any()
        }));
    }
    all
}

/// Sending it to a unit; the unit signs for it or returns it.
fn dispatching(forms: &Forms<'_>, case: &Case) -> Vec<AnyView> {
    let (lang, view) = (forms.lang, forms.view);
    let mut all = Vec::new();
    if may(view, Act::Dispatch) || may(view, Act::Designate) {
        let heading = if may(view, Act::Designate) { tr(lang, "指定承办单位", "Designate the unit") } else { tr(lang, "转办", "Send to a unit") };
        let units = case.units.iter().map(|org| Choice::new(org.id, org.name.get(lang))).collect();
        let handlers = case.handlers.iter().map(|one| Choice::new(one.id, one.name.clone())).collect();
        all.push(forms.form("assign", heading, ButtonKind::Primary, move || {
            view! {
                <Select name="unit" label=tr(lang, "承办单位", "Unit") options=units empty=tr(lang, "请选择", "Choose")/>
                <Select name="handler" label=tr(lang, "承办人", "Handler") options=handlers empty=tr(lang, "由单位确定", "The unit decides") optional=true/>
                <TextArea name="note" label=tr(lang, "办理要求", "What to mind") rows=3 optional=true/>
            }
            .into_any()
        }));
    }
    if may(view, Act::Sign) {
        all.push(forms.form("sign", tr(lang, "签收", "Sign for it"), ButtonKind::Primary, || ().into_any()));
    }
    if may(view, Act::Return) && !view.designated {
        all.push(forms.form("return", tr(lang, "退回", "Return it"), ButtonKind::Secondary, move || {
            view! {
                <TextArea name="reason" label=tr(lang, "退回理由", "Reason") rows=3/>
                <Field name="proposed" label=tr(lang, "建议承办单位", "The unit that ought to answer")/>
            }
            .into_any()
        }));
    }
    all
}

/// The unit extends and replies; the desk calls back.
fn answering(forms: &Forms<'_>) -> Vec<AnyView> {
    let (lang, view) = (forms.lang, forms.view);
    let mut all = Vec::new();
    if may(view, Act::Reply) {
        all.push(forms.form("reply", tr(lang, "答复", "Reply"), ButtonKind::Primary, move || {
            view! {
                <TextArea name="words" label=tr(lang, "核实情况和处理结果", "Findings and result") rows=8 hint=tr(lang, "不少于20字。", "At least 20 characters.")/>
                <Field name="basis" label=tr(lang, "依据的事项或法规条款", "The item, or the law with its article")/>
            }
            .into_any()
        }));
    }
    if may(view, Act::Extend) {
        all.push(forms.form("extend", tr(lang, "延期一次", "Extend once"), ButtonKind::Secondary, move || {
            view! { <TextArea name="reason" label=tr(lang, "延期理由", "Reason") rows=3/> }.into_any()
        }));
    }
    if may(view, Act::Content) {
        all.push(forms.form("content", tr(lang, "回访：满意，办结", "Called back: satisfied"), ButtonKind::Secondary, || ().into_any()));
    }
    if may(view, Act::NotContent) {
        all.push(forms.form("not-content", tr(lang, "回访：不满意，重办", "Called back: not satisfied"), ButtonKind::Secondary, move || {
            view! { <TextArea name="why" label=tr(lang, "不满意的原因", "Why not") rows=3/> }.into_any()
        }));
    }
    all
}

/// Who wrote it, and who may know.
fn knowing(forms: &Forms<'_>, case: &Case) -> Vec<AnyView> {
    let (lang, view) = (forms.lang, forms.view);
    let mut all = Vec::new();
    if case.reporter.is_none() {
        all.push(forms.form("reveal", tr(lang, "查看提出人", "See who wrote it"), ButtonKind::Secondary, move || {
            view! { <Field name="purpose" label=tr(lang, "查看事由（会记录）", "Purpose (it is recorded)")/> }.into_any()
        }));
    }
    if view.secret && view.supervises {
        let handlers = case.handlers.clone();
        all.push(forms.form("officers", tr(lang, "指定可查看举报人的人员", "Name who may see the reporter"), ButtonKind::Secondary, move || officers(lang, &handlers).into_any()));
    }
    all
}
