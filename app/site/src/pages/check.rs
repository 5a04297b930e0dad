//! The public check of a certificate: one group of fields, one word as the answer.

use kernel::Lang;
use leptos::prelude::*;
use licences::ops::{Answer, Answered};
use ui::{Button, Field, Form, Glyph, Icon, Kind, LinkButton, Page, Shell, Tone, Values, tr, url};

/// Asks for the three elements.
pub fn form(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核验证件", "Check a certificate");
    ui::render(shell, Page::public(title).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(
                lang,
                "三项都填对，才会有结果。我们只回答有效、失效或者不存在。",
                "Enter all three exactly. The answer is valid, no longer valid, or not found.",
            )}</p>
            <Form action=url::check() values>
                <Field name="number" label=tr(lang, "证件字号", "Certificate number") kind=Kind::IdNumber
                    hint=tr(lang, "印在证件上，例如 J110101-2010-000001。", "Printed on the certificate, for example J110101-2010-000001.")/>
                <Field name="holder_no" label=tr(lang, "持证人证件号码", "Holder’s ID number") kind=Kind::IdNumber
                    hint=tr(lang, "完整填写，如身份证的 18 位。", "The whole number, for example all 18 characters of the identity card.")/>
                <Field name="issued_on" label=tr(lang, "发证日期", "Date of issue") kind=Kind::Date
                    hint=tr(lang, "例如 2026-05-20。", "For example 2026-05-20.")/>
                <Button><Icon glyph=Glyph::Search/>{tr(lang, "核验", "Check")}</Button>
            </Form>
            <h2>{tr(lang, "您还需要知道", "Good to know")}</h2>
            <ul>
                <li>{tr(lang, "电子证照上有二维码，扫码就能核验，不用填写。", "An electronic certificate has a QR code: scan it instead.")}</li>
                <li>{tr(lang, "每次核验都有记录，持证人可以看到。", "Each check is recorded and shown to the holder.")}</li>
            </ul>
        }
    })
}

/// The answer. `number` is what was asked about; empty after a scan.
pub fn answer(shell: &Shell, answered: Answered, number: &str) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核验结果", "Result of the check");
    let tone = match answered.answer {
        Answer::Valid => Tone::Good,
        Answer::NoLongerValid => Tone::Bad,
        Answer::Unknown => Tone::Plain,
    };
    let word = answered.answer.word().get(lang).to_owned();
    let moment = format!("{}{}", tr(lang, "查询时刻：", "As of "), ui::moment(lang, answered.at));
    let number = number.to_owned();
    let phone = shell.site.phone.clone();
    ui::render(shell, Page::public(format!("{word} · {title}")).back(url::check()), move || {
        let asked = (!number.is_empty()).then(|| view! { <p>{tr(lang, "证件字号：", "Certificate number: ")}{number}</p> });
        let lines: Vec<_> = says(lang, answered.answer).into_iter().map(|line| view! { <p>{line}</p> }).collect();
        view! {
            <h1>{title}</h1>
            <ui::Answer tone word moment>{asked}{lines}</ui::Answer>
            <p><LinkButton href=url::check() kind=ui::ButtonKind::Secondary>{tr(lang, "再核验一个", "Check another")}</LinkButton></p>
            {(answered.answer != Answer::Valid && !phone.is_empty()).then(|| view! {
                <p>{tr(lang, "有疑问请拨打 ", "Questions? Call ")}<a href=url::telephone(&phone)>{phone.clone()}</a></p>
            })}
        }
    })
}

/// What the word means, and what it leaves unsaid.
fn says(lang: Lang, answer: Answer) -> [&'static str; 2] {
    match answer {
        Answer::Valid => [
            tr(lang, "登记机关发过这样一份证件，此刻有效。", "The authority has issued this certificate and it is valid at this moment."),
            tr(
                lang,
                "它不说明出示证件的人就是持证人，也不说明此刻之后的情况。",
                "It does not say that whoever shows it is the holder, nor anything about the time after.",
            ),
        ],
        Answer::NoLongerValid => [
            tr(lang, "这份证件曾经发出，现在不再有效。", "This certificate was issued and is no longer valid."),
            tr(lang, "它不说明原因和时间。", "It does not say why or since when."),
        ],
        Answer::Unknown => [
            tr(lang, "没有同时符合所填信息的证件。", "No certificate carries all that was entered."),
            tr(
                lang,
                "可能有一处填错，也可能不是本平台登记的证件；它不说明哪一处不对，也不说明当事人的婚姻状况。",
                "Something may be mistyped, or it was registered elsewhere. It does not say what is wrong, nor whether anybody is married.",
            ),
        ],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Day, Instant};

    fn shown(lang: Lang, answer: Answer) -> String {
        let answered = Answered { answer, at: Instant::at(Day::ymd(2026, 7, 1), 600) };
        super::answer(&Shell::sample(lang), answered, "J990101-2026-000001")
    }

    #[test]
    fn r_mr_48_the_page_says_one_word_its_moment_and_what_it_leaves_out() {
        for (lang, answer, word) in [
            (Lang::Zh, Answer::Valid, "有效"),
            (Lang::Zh, Answer::NoLongerValid, "失效"),
            (Lang::Zh, Answer::Unknown, "不存在"),
            (Lang::En, Answer::Valid, "Valid"),
            (Lang::En, Answer::NoLongerValid, "No longer valid"),
            (Lang::En, Answer::Unknown, "Not found"),
        ] {
            let html = shown(lang, answer);
            let at = html.find("answer-word").expect("the answer is there");
            assert!(html[at..].contains(word), "{word}");
            assert!(html.contains("10:00"), "the moment");
            assert!(html[at..].contains("不说明") || html[at..].contains("does not say"), "what it does not say");
        }
    }

    #[test]
    fn what_was_typed_comes_back_escaped_with_the_issue_at_its_field() {
        let issue = kernel::Issue::error("MR-E48", "查询要素不完整：请填写发证日期", "Incomplete").field("issued_on");
        let values = Values::new().with("number", "\"><script>alert(1)</script>").with_issues([issue]);
        let html = form(&Shell::sample(Lang::Zh), values);
        assert!(!html.contains("<script>alert"));
        assert!(html.contains("查询要素不完整") && html.contains("href=\"#issued_on\""));
    }
}
