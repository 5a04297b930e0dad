//! Questions and answers beside a step of a form: folded, readable without script, each with its own page.

use crate::tr;
use kernel::{Lang, Text};
use leptos::prelude::*;

/// A question that people ask at this point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub q: Text,
    /// The answer.
    pub a: Text,
    /// Law and article, where the answer rests on one.
    pub basis: Option<Text>,
    /// The address of its page.
    pub href: String,
}

/// The questions of a page, one `details` each.
pub(crate) fn help(lang: Lang, questions: &[Question]) -> Option<AnyView> {
    let rows: Vec<_> = questions
        .iter()
        .map(|question| {
            let basis = question.basis.as_ref().map(|basis| view! { <p class="hint">{tr(lang, "依据：", "Basis: ")}{basis.get(lang).to_owned()}</p> });
            view! {
                <details>
                    <summary>{question.q.get(lang).to_owned()}</summary>
                    <p>{question.a.get(lang).to_owned()}</p>
                    {basis}
                    <p><a href=question.href.clone()>{tr(lang, "这个问题的页面", "The page of this question")}</a></p>
                </details>
            }
        })
        .collect();
    (!rows.is_empty()).then(|| {
        view! {
            <aside class="help no-print" aria-labelledby="help-title">
                <h2 id="help-title">{tr(lang, "办这一步时常见的问题", "Questions at this step")}</h2>
                {rows}
            </aside>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use crate::{Shell, render};
    use super::*;

    #[test]
    fn questions_stand_on_the_page_folded_and_escaped() {
        let asked = Question { q: Text::same("<b>?"), a: Text::same("<script>x"), basis: Some(Text::same("法")), href: "/help/1/a".to_owned() };
        let shell = Shell::sample(Lang::Zh).helped(vec![asked]);
        let html = render(&shell, "x", || view! { <h1>"x"</h1> });
        assert!(html.contains("<details><summary>&lt;b&gt;?") && html.contains("/help/1/a") && html.contains("依据"), "{html}");
        assert!(!html.contains("<script>x"));
        assert!(!render(&Shell::sample(Lang::Zh), "x", || view! { <h1>"x"</h1> }).contains("help-title"));
    }
}
