//! Applying, last part: checking the answers, and the receipt.

use casework::ops::{Application, CaseView, Submitted};
use catalog::model::Material;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Answer, Button, ButtonKind, Checkbox, Fact, Facts, Form, Hidden, LinkButton, Notice, Page, PrintButton, Shell, Step, StepState, StepTrack, Tone, Values, tr, url};

use super::apply::{At, SEEN, heading, party, place};
use super::{apply_papers, form};

/// Name of the box by which a pledge is signed.
pub const PLEDGE: &str = "pledge";

/// Everything that was answered, to be checked before it is submitted. With faults there is nothing to submit yet.
pub fn check(shell: &Shell, app: &Application, regions: &[(String, String)], values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核对并提交", "Check and submit");
    let (step, back) = place(lang, app, At::Check);
    let code = app.item.code.clone();
    let (case_type, answers) = (&app.matter.case_type, app.answers());
    ui::render(shell, Page::public(title).back(back).values(&values), move || {
        let keys = case_type.questions.iter().map(|question| question.key.clone());
        let mut questions = vec![Fact::new(tr(lang, "给谁办", "For whom"), party(lang, app)).id("applicant").change(url::apply(&code), tr(lang, "更改", "Change"))];
        questions.extend(form::question_facts(lang, case_type, answers, Some(&url::apply(&code))).into_iter().zip(keys).map(|(fact, key)| fact.id(key)));
        let sections: Vec<_> = casework::form::asked(case_type, answers)
            .into_iter()
            .map(|(section, fields)| {
                let change = url::apply_section(&code, &section.key);
                let facts = form::section_facts(lang, &fields, answers, regions, Some(&change));
                view! { <h2>{section.title.get(lang).to_owned()}</h2><Facts items=facts/> }
            })
            .collect();
        let papers = papers(lang, app);
        let ready = !values.has_errors() || values.issues().iter().all(|issue| issue.field.as_deref() == Some(PLEDGE));
        let pledge = (app.item.version.elements.online.pledge).then_some(case_type.pledge.as_ref()).flatten().map(|pledge| pledge.text.get(lang).to_owned());
        let (seen, with_pledge) = (app.seen().to_string(), pledge.is_some());
        // What concerns no entry cannot be mended here: the same is under way already, or may not be applied for.
        let stuck = (!ready && values.issues().iter().any(|issue| issue.field.is_none())).then(|| {
            view! {
                <p class="actions">
                    <LinkButton href=url::my_matters() kind=ButtonKind::Secondary>{tr(lang, "查看我的办件", "See my applications")}</LinkButton>
                    <a href=url::apply_discard(&code)>{tr(lang, "删除这份草稿", "Throw this draft away")}</a>
                </p>
            }
        });
        let submit = ready.then(|| {
            view! {
                <Form action=url::apply_check(&code) values>
                    <Hidden name=SEEN value=seen/>
                    {pledge.map(|text| view! {
                        <Notice tone=Tone::Plain title=tr(lang, "告知承诺", "Pledge instead of proof")>
                            <p>{text}</p>
                            <p>{tr(lang, "承诺后不用先交齐材料，我们事后核查。承诺不实的，撤销决定并记入信用。", "With the pledge papers need not be complete; we check afterwards. What was not true revokes the decision and is recorded.")}</p>
                        </Notice>
                    })}
                    {move || with_pledge.then(|| view! { <Checkbox name=PLEDGE label=tr(lang, "我已阅读并作出以上承诺。", "I have read this and pledge it.")/> })}
                    <p>{tr(lang, "提交即表示以上内容属实。", "By submitting you say that all of this is true.")}</p>
                    <Button>{tr(lang, "提交申请", "Submit")}</Button>
                </Form>
            }
        });
        view! {
            {heading(lang, app, title, step)}
            <Facts items=questions/>
            {sections}
            <h2>{tr(lang, "材料", "Papers")}</h2>
            <Facts items=papers/>
            {submit}{stuck}
        }
    })
}

fn papers(lang: Lang, app: &Application) -> Vec<Fact> {
    let elements = &app.item.version.elements;
    let asked = casework::form::materials(&app.matter.case_type, elements, app.answers());
    let line = |material: &Material| {
        let here = app.papers.iter().find(|paper| paper.key == material.key);
        let words = match (here, &material.shared_by) {
            (Some(paper), _) => apply_papers::file_name(lang, paper),
            (None, Some(by)) => format!("{}{}", tr(lang, "不用提交，查询：", "Not needed, from: "), by.get(lang)),
            (None, None) => tr(lang, "未提交", "Not sent").to_owned(),
        };
        let fact = Fact::new(material.name.get(lang), words).id(apply_papers::field(&material.key));
        if material.shared_by.is_some() { fact } else { fact.change(url::apply_papers(&app.item.code), tr(lang, "更改", "Change")) }
    };
    asked.into_iter().map(line).collect()
}

/// The receipt: number, query code, and what happens next.
pub fn receipt(shell: &Shell, done: Submitted, case: &CaseView) -> String {
    let lang = shell.lang;
    let title = tr(lang, "已提交", "Submitted");
    let moment = ui::moment(lang, case.head.opened_at);
    let told = case.ends.notice.as_ref().map(|end| ui::date(lang, end.day()));
    ui::render(shell, Page::public(title), move || {
        let facts = vec![
            Fact::new(tr(lang, "受理编号", "Case number"), done.case_no.clone()),
            Fact::new(tr(lang, "查询码", "Query code"), done.query_code),
            Fact::new(tr(lang, "事项", "Matter"), case.item.get(lang)),
            Fact::new(tr(lang, "提交时间", "Submitted"), moment.clone()),
        ];
        let next = match (&told, lang) {
            (Some(day), Lang::Zh) => format!("我们会在{day}前告诉您是否受理；材料不齐的，一次说清。"),
            (Some(day), Lang::En) => format!("By {day} you hear whether it is accepted, and at once all that is missing."),
            (None, Lang::Zh) => "有进展时我们会通知您。".to_owned(),
            (None, Lang::En) => "We tell you when it goes on.".to_owned(),
        };
        let steps = case.elements.iter().flat_map(|elements| &elements.steps).enumerate().map(|(at, step)| {
            let state = if at == 0 { StepState::Done } else { StepState::Ahead };
            Step::new(step.name.get(lang), step.text.get(lang), state)
        });
        view! {
            <h1>{title}</h1>
            <Answer tone=Tone::Good word=tr(lang, "申请已收到", "We have your application") moment><p>{next}</p></Answer>
            <Facts items=facts/>
            <p>
                {tr(lang, "不登录也可以凭受理编号和查询码", "Without signing in, number and query code ")}<a href=url::progress()>{tr(lang, "查进度", "show the progress")}</a>
                {tr(lang, "；查询码以后在“我的事”里也能看到。", "; the code stands on your own page of this matter too.")}
            </p>
            <p>
                <LinkButton href=url::my_matter(done.case)>{tr(lang, "查看进度", "See where it stands")}</LinkButton>
            </p>
            <PrintButton/>
            <h2>{tr(lang, "接下来", "What happens next")}</h2>
            <StepTrack steps=steps.collect()/>
        }
    })
}
