//! The help: every question by topic, and each on a page of its own.

use catalog::model::{Faq, FormStep};
use catalog::ops::Topic;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Fact, Facts, LinkButton, Page, Question, Shell, tr, url};

/// A question as it stands beside a step of a form.
pub fn beside(basic_code: &str, faq: &Faq) -> Question {
    Question { q: faq.q.clone(), a: faq.a.clone(), basis: faq.basis.clone(), href: url::question(basic_code, &faq.key) }
}

/// All questions by topic.
pub fn list(shell: &Shell, topics: &[Topic]) -> String {
    let lang = shell.lang;
    let title = tr(lang, "办事问答", "Questions and answers");
    let parts: Vec<_> = topics
        .iter()
        .map(|topic| {
            let id = format!("topic-{}", topic.item.basic_code);
            let rows = links(lang, &topic.item.basic_code, &topic.questions, "");
            view! {
                <section aria-labelledby=id.clone()>
                    <h2 id=id.clone()>{topic.item.version.elements.name.get(lang).to_owned()}</h2>
                    {rows}
                    <p><a href=url::item(&topic.item.code)>{tr(lang, "办事指南", "The guide")}</a></p>
                </section>
            }
        })
        .collect();
    let names = topics.iter().map(|topic| (format!("#topic-{}", topic.item.basic_code), topic.item.version.elements.name.get(lang).to_owned()));
    let names: Vec<_> = names.map(|(href, name)| view! { <li><a href=href>{name}</a></li> }).collect();
    let index = (topics.len() > 1).then(|| view! { <nav aria-label=tr(lang, "事项", "Services")><ul class="link-list inline">{names}</ul></nav> });
    let empty = topics.is_empty().then(|| view! { <p>{tr(lang, "还没有公布问答。", "No questions have been published yet.")}</p> });
    ui::render(shell, Page::public(title).indexed().wide(), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(lang, "大家常问的事，每个回答都写明依据。", "What people ask, with the law behind each answer.")}</p>
            <p>
                <LinkButton href=url::search("") kind=ui::ButtonKind::Secondary>{tr(lang, "搜一搜", "Search")}</LinkButton>
                " "
                <LinkButton href=url::self_check() kind=ui::ButtonKind::Secondary>{tr(lang, "自己先查一查能不能办", "Check what applies to you")}</LinkButton>
            </p>
            {empty}
            {index}
            <div class="topics">{parts}</div>
        }
    })
}

/// Links to questions, without the one that is being read.
fn links(lang: Lang, basic_code: &str, questions: &[Faq], but: &str) -> AnyView {
    let rows: Vec<_> = questions
        .iter()
        .filter(|faq| faq.key != but)
        .map(|faq| view! { <li><a href=url::question(basic_code, &faq.key)>{faq.q.get(lang).to_owned()}</a></li> })
        .collect();
    view! { <ul class="link-list">{rows}</ul> }.into_any()
}

/// One question.
pub fn question(shell: &Shell, topic: &Topic, faq: &Faq) -> String {
    let lang = shell.lang;
    let title = faq.q.get(lang).to_owned();
    let item = &topic.item;
    let name = item.version.elements.name.get(lang).to_owned();
    let mut facts = Vec::new();
    if let Some(basis) = &faq.basis {
        facts.push(Fact::new(tr(lang, "依据", "Legal basis"), basis.get(lang)));
    }
    let steps: Vec<String> = faq.steps.iter().map(|step: &FormStep| step.name().get(lang).to_owned()).collect();
    if !steps.is_empty() {
        facts.push(Fact::new(tr(lang, "办到哪一步会遇到", "At which step"), steps.join(tr(lang, "、", ", "))));
    }
    let version = &item.version;
    let published = ui::date(lang, version.published_at.day());
    let version = lang.pick(format!("第{}版，{published}公布", version.number), format!("Version {}, published {published}", version.number));
    facts.push(Fact::new(tr(lang, "版本", "Version"), version));
    let answer = faq.a.get(lang).to_owned();
    let others = (topic.questions.len() > 1).then(|| {
        view! {
            <h2>{tr(lang, "同一事项的其他问题", "Other questions on the same service")}</h2>
            {links(lang, &item.basic_code, &topic.questions, &faq.key)}
        }
    });
    let guide = url::item(&item.code);
    ui::render(shell, Page::public(title.clone()).indexed().back(url::help()), move || {
        view! {
            <p class="hint">{name}</p>
            <h1>{title}</h1>
            <p class="lead">{answer}</p>
            <Facts items=facts/>
            <p><a href=guide>{tr(lang, "看这一事项的办事指南", "Read the guide of this service")}</a></p>
            {others}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topic() -> Topic {
        let item = catalog::testing::sample_guide("marriage.registration").item;
        let questions = item.version.elements.faq.clone();
        Topic { item, questions }
    }

    #[test]
    fn every_question_has_its_page_with_its_basis_in_both_languages() {
        let topic = topic();
        for lang in [Lang::Zh, Lang::En] {
            let shell = Shell::sample(lang);
            let all = list(&shell, std::slice::from_ref(&topic));
            for faq in &topic.questions {
                assert!(all.contains(&format!("/help/000711001001/{}", faq.key)), "{}", faq.key);
                let page = question(&shell, &topic, faq);
                let basis = faq.basis.as_ref().expect("every carried answer has its basis");
                assert!(page.contains(basis.get(lang)), "{}", faq.key);
            }
        }
    }

    #[test]
    fn an_empty_help_says_so() {
        assert!(list(&Shell::sample(Lang::Zh), &[]).contains("还没有公布"));
    }
}
