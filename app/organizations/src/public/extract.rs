//! Signed extracts: one of them, and the check of a file.

use kernel::Lang;
use leptos::prelude::*;
use organizations::extract::{Extract, Part, Verdict};
use ui::{Answer, Button, Fact, Facts, FileField, Form, LinkButton, ButtonKind, Page, Shell, Tone, Values, tr, url};

fn facts(lang: Lang, extract: &Extract) -> Vec<Fact> {
    let statement = &extract.statement;
    vec![
        Fact::new(tr(lang, "名称", "Name"), &statement.content.name),
        Fact::new(tr(lang, "统一社会信用代码", "Credit code"), &statement.uscc),
        Fact::new(tr(lang, "状态", "Status"), statement.content.status.name().get(lang)),
        Fact::new(tr(lang, "截至（按记录）", "As recorded by the end of"), ui::date(lang, extract.as_of)),
        Fact::new(tr(lang, "版本", "Version"), statement.version.to_string()),
        Fact::new(tr(lang, "生效日期", "In effect from"), ui::date(lang, statement.effective_on)),
        Fact::new(tr(lang, "出具时间", "Issued"), ui::moment(lang, extract.issued_at)),
    ]
}

/// The page to which the symbol on an extract leads.
pub fn page(shell: &Shell, extract: Extract) -> String {
    let lang = shell.lang;
    let title = format!("{} {}", tr(lang, "登记信息提取件", "Extract"), extract.number);
    ui::render(shell, Page::public(title.clone()).back(url::organization(&extract.statement.uscc)), move || {
        let file = |part: Part| url::extract_file(&extract.number, part.ending());
        let made = extract.made.clone();
        let digests = vec![
            Fact::new(tr(lang, "PDF 的 SM3", "SM3 of the PDF"), made.pdf_sm3),
            Fact::new(tr(lang, "JSON 的 SM3", "SM3 of the JSON"), made.json_sm3),
            Fact::new(tr(lang, "签名密钥", "Key"), made.signer_key),
            Fact::new(tr(lang, "公钥（SM2，十六进制）", "Public key (SM2, hexadecimal)"), made.public_key),
        ];
        let now = url::organization(&extract.statement.uscc);
        view! {
            <h1>{title}</h1>
            <Facts items=facts(lang, &extract)/>
            <p><LinkButton href=file(Part::Pdf)>{tr(lang, "下载 PDF", "Download the PDF")}</LinkButton></p>
            <ul>
                <li><a href=file(Part::Json)>{tr(lang, "同样内容的 JSON", "The same as JSON")}</a></li>
                <li><a href=file(Part::PdfSignature)>{tr(lang, "PDF 的签名", "Signature of the PDF")}</a></li>
                <li><a href=file(Part::JsonSignature)>{tr(lang, "JSON 的签名", "Signature of the JSON")}</a></li>
                <li><a href=url::extracts()>{tr(lang, "核验一个文件", "Check a file")}</a></li>
                <li><a href=now>{tr(lang, "该组织现在的登记信息", "The entry as it is now")}</a></li>
            </ul>
            <details><summary>{tr(lang, "自己验证签名", "Verify the signature yourself")}</summary>
                <p>{tr(
                    lang,
                    "签名是 SM2（GM/T 0003，默认用户标识 1234567812345678），64 字节 r‖s，随文件另附。",
                    "The signature is SM2 (GM/T 0003, default id 1234567812345678), 64 bytes r‖s, in a file of its own.",
                )}</p>
                <Facts items=digests/>
            </details>
        }
    })
}

/// Asks for the file.
pub fn form(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核验登记信息提取件", "Check an extract");
    ui::render(shell, Page::public(title).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(lang, "选择别人出示的 PDF 或者 JSON，我们告诉您是不是本平台出具的原件。", "Choose the PDF or JSON that you were shown: we say whether it is as we issued it.")}</p>
            <Form action=url::extracts() values files=true>
                <FileField name="file" label=tr(lang, "提取件文件", "The file of the extract") accept=".pdf,.json"/>
                <Button>{tr(lang, "核验", "Check")}</Button>
            </Form>
        }
    })
}

/// The answer.
pub fn verdict(shell: &Shell, verdict: Verdict, moment: kernel::Instant) -> String {
    let lang = shell.lang;
    let title = tr(lang, "核验结果", "Result of the check");
    let moment = format!("{}{}", tr(lang, "核验时刻：", "As of "), ui::moment(lang, moment));
    ui::render(shell, Page::public(title).back(url::extracts()), move || {
        let (tone, word, body) = match verdict {
            Verdict::Genuine(extract) => {
                let link = url::extract(&extract.number);
                let number = extract.number.clone();
                let body = view! {
                    <p>{tr(lang, "这是本平台出具的原件，内容没有改动。登记信息此后可能已经变更。", "This is as we issued it. The entry may have changed since.")}</p>
                    <Facts items=facts(lang, &extract)/>
                    <p><a href=link>{number}</a></p>
                };
                (Tone::Good, tr(lang, "真实", "Genuine"), body.into_any())
            }
            Verdict::Unknown => {
                let body = view! { <p>{tr(lang, "文件不是本平台出具的，或者内容被改动过。", "This file is not one of ours, or it has been changed.")}</p> };
                (Tone::Bad, tr(lang, "不是原件", "Not genuine"), body.into_any())
            }
        };
        view! {
            <h1>{title}</h1>
            <Answer tone word moment>{body}</Answer>
            <p><LinkButton href=url::extracts() kind=ButtonKind::Secondary>{tr(lang, "再核验一个", "Check another")}</LinkButton></p>
        }
    })
}
