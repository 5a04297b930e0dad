//! What is shown to whoever scans the QR symbol of a certificate: how the organisation stands now.

use kernel::Instant;
use leptos::prelude::*;
use organizations::certificate::Verdict;
use ui::{Answer, Fact, Facts, Notice, Page, Shell, Tone, tr, url};

use super::tone;

/// The page; `at` is the moment of the question.
pub fn page(shell: &Shell, verdict: Verdict, at: Instant) -> String {
    let lang = shell.lang;
    let title = tr(lang, "登记证书核验", "Check of a certificate");
    ui::render(shell, Page::public(title), move || {
        let moment = format!("{}{}", tr(lang, "查询时刻：", "As of "), ui::moment(lang, at));
        let issue = verdict.issue.map(|issue| issue.text(lang).to_owned());
        let Some(entry) = verdict.entry else {
            let words = issue.unwrap_or_default();
            return view! {
                <h1>{title}</h1>
                <Answer tone=Tone::Bad word=tr(lang, "没有登记", "Not registered") moment><p>{words}</p></Answer>
                <p><a href=url::illegal_organizations()>{tr(lang, "查看已公布的非法社会组织", "Illegal organisations that have been published")}</a></p>
            }
            .into_any();
        };
        let (head, content) = (entry.head, entry.content);
        let code = head.uscc.clone().unwrap_or_default();
        let ended = head.status.ended();
        let notice = issue.map(|words| view! { <Notice tone=if ended { Tone::Bad } else { Tone::Mind }><p>{words}</p></Notice> });
        let forged = (verdict.genuine == Some(false)).then(|| {
            let words = tr(
                lang,
                "二维码中的签名不是登记机关作出的，这份证书可能是伪造的。以下是登记信息的现状。",
                "The signature in the symbol is not the authority’s: this certificate may be forged. What follows is what the register says now.",
            );
            view! { <Notice tone=Tone::Bad><p>{words}</p></Notice> }
        });
        let version = match &content.certificate {
            _ if ended => tr(lang, "无", "None").to_owned(),
            Some(certificate) => certificate.version.to_string(),
            None => "—".to_owned(),
        };
        let facts = vec![
            Fact::new(tr(lang, "统一社会信用代码", "Credit code"), code.clone()),
            Fact::new(tr(lang, "类型", "Kind"), head.kind.name().get(lang)),
            Fact::new(tr(lang, "法定代表人", "Legal representative"), head.legal_representative.clone()),
            Fact::new(tr(lang, "住所", "Address"), content.address.clone()),
            Fact::new(tr(lang, "登记管理机关", "Registered with"), content.authority.clone()),
            Fact::new(tr(lang, "现行证书版本", "Version of the certificate in force"), version),
        ];
        let word = head.status.name().get(lang).to_owned();
        view! {
            <h1>{head.name.clone()}</h1>
            {forged}
            {notice}
            <Answer tone=tone(head.status) word moment>
                <p>{tr(lang, "这是登记的现状，不是印制证书时的状况。", "This is how it stands now, not when the certificate was printed.")}</p>
            </Answer>
            <Facts items=facts/>
            <p><a href=url::organization(&code)>{tr(lang, "查看全部公开信息", "All that is public about it")}</a></p>
        }
        .into_any()
    })
}
