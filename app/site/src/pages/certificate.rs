//! One's own certificates: what they say, their files, and who used them.

use kernel::Lang;
use leptos::prelude::*;
use licences::model::{EntryId, Held, Use};
use licences::ops::{Consented, Lifetime};
use ui::{
    Button, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, LinkButton, Notice, Page, Qr, Radios, Shell, StatusTag, Tone, Values, tr, url,
};

/// The list. `level` is how well the reader has proved who he is: files need 3.
pub fn mine(shell: &Shell, all: Vec<Held>, level: u8) -> String {
    let lang = shell.lang;
    let title = tr(lang, "我的证件", "My certificates");
    let any_file = all.iter().any(|held| held.made_at.is_some());
    ui::render(shell, Page::public(title).back(url::me()), move || {
        let empty = all.is_empty().then(|| {
            view! {
                <div class="empty">
                    <p class="empty-title">{tr(lang, "还没有电子证件", "No electronic certificates yet")}</p>
                    <p>{tr(
                        lang,
                        "在本平台登记后自动出现在这里；实名以后才能看到本人的证件。",
                        "They appear here after a registration on this platform, once your identity has been checked.",
                    )}</p>
                    <p><a href=url::real_name()>{tr(lang, "办理实名", "Have your identity checked")}</a></p>
                </div>
            }
        });
        let step_up = (any_file && level < 3).then(|| {
            view! {
                <Notice tone=Tone::Mind title=tr(lang, "下载文件需要实人认证", "Files need your identity checked in person")>
                    <p>{tr(
                        lang,
                        "带身份证到任一窗口，工作人员当场认证，之后就能下载。",
                        "Bring your identity card to any counter; after that you can download them.",
                    )}</p>
                </Notice>
            }
        });
        let consent = (!all.is_empty()).then(|| {
            view! { <p><a href=url::my_certificate_consent()>{tr(lang, "授权他人查阅一次", "Let somebody read once")}</a></p> }
        });
        let (standing, ended): (Vec<Held>, Vec<Held>) = all.into_iter().partition(|held| held.state.in_force());
        let cards: Vec<_> = standing.into_iter().map(|held| card(lang, held, level)).collect();
        let before: Vec<_> = ended.into_iter().map(|held| card(lang, held, level)).collect();
        let before = (!before.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{tr(lang, "以前的证件", "Earlier certificates")}</summary>
                    {before}
                </details>
            }
        });
        view! {
            <h1>{title}</h1>
            {empty}
            {step_up}
            {consent}
            {cards}
            {before}
        }
    })
}

fn card(lang: Lang, held: Held, level: u8) -> AnyView {
    let heading = format!("cert-{}", held.id);
    let word = held.state.name().get(lang).to_owned();
    let tone = if held.state.in_force() { Tone::Good } else { Tone::Bad };
    let mut facts = vec![
        Fact::new(tr(lang, "证件字号", "Number"), held.number.clone()),
        Fact::new(tr(lang, "发证机关", "Issued by"), held.issuer_name.clone()),
        Fact::new(tr(lang, "发证日期", "Issued on"), ui::date(lang, held.issued_on)),
    ];
    if let Some(last) = held.valid_to {
        facts.push(Fact::new(tr(lang, "有效期至", "Valid until"), ui::date(lang, last)));
    }
    if let Some(day) = held.ended_on {
        facts.push(Fact::new(tr(lang, "失效日期", "Ended on"), ui::date(lang, day)));
    }
    facts.push(Fact::new(tr(lang, "电子证照标识", "Licence identifier"), held.identifier.to_string()));
    let files = files(lang, &held, level);
    let uses = uses(lang, held.uses);
    let name = held.type_name.get(lang).to_owned();
    let labelled = heading.clone();
    view! {
        <section aria-labelledby=labelled>
            <h2 id=heading.clone()>{name}" "<StatusTag tone word/></h2>
            <Facts items=facts/>
            {files}
            {uses}
        </section>
    }
    .into_any()
}

fn files(lang: Lang, held: &Held, level: u8) -> Option<AnyView> {
    if held.made_at.is_none() {
        let waiting = tr(lang, "文件正在制作，通常不到一分钟。请稍后刷新。", "The file is being made, usually within a minute. Reload this page later.");
        return held.state.in_force().then(|| view! { <p>{waiting}</p> }.into_any());
    }
    let (file, signature) = (url::my_certificate_file(held.id), url::my_certificate_signature(held.id));
    let number = held.number.clone();
    let copy = held.state.in_force().then(|| {
        let words = tr(lang, "制作加注件（写明用途的副本）", "Make a copy for one purpose");
        view! { <p><a href=url::my_certificate_copy(held.id)>{words}</a></p> }
    });
    (level >= 3).then(|| {
        view! {
            <p class="actions">
                <a class="button secondary" href=file download="">{tr(lang, "下载证件（PDF）", "Download certificate (PDF)")}
                    <span class="visually-hidden">{format!(" {number}")}</span></a>
                " "
                <a href=signature download="">{tr(lang, "下载签名文件", "Download signature file")}
                    <span class="visually-hidden">{format!(" {number}")}</span></a>
            </p>
            <p class="hint">{tr(
                lang,
                "两个文件一起保存。签名文件证明 PDF 一个字节都没有改过。",
                "Keep both files together. The signature shows that not one byte of the PDF was changed.",
            )}</p>
            {copy}
        }
        .into_any()
    })
}

/// Asks for which type a code is made. `all` are the reader's licences.
pub fn consent(shell: &Shell, all: &[Held], values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "授权他人查阅一次", "Let somebody read once");
    let mut types: Vec<Choice> = Vec::new();
    for held in all.iter().filter(|held| held.state.in_force()) {
        if !types.iter().any(|known| known.value == held.type_code) {
            types.push(Choice::new(&held.type_code, held.type_name.get(lang)));
        }
    }
    let none = types.is_empty();
    let values = types.first().map(|first| first.value.clone()).into_iter().fold(values, |values, first| values.or("type_code", first));
    ui::render(shell, Page::public(title).values(&values).back(url::my_certificates()), move || {
        let form = (!none).then(|| {
            view! {
                <Form action=url::my_certificate_consent() values>
                    <Radios name="type_code" legend=tr(lang, "哪一种证件", "Which certificate") options=types/>
                    <Button>{tr(lang, "生成授权码", "Make a code")}</Button>
                </Form>
            }
        });
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(
                lang,
                "授权码只能用一次，五分钟内有效。只告诉正在为您办事的单位。",
                "The code works once, within five minutes. Tell it only to the authority that is serving you.",
            )}</p>
            {none.then(|| view! { <p>{tr(lang, "您没有有效的电子证件，不需要授权。", "You have no certificate in force.")}</p> })}
            {form}
        }
    })
}

/// The code, shown once as picture and digits.
pub fn consent_code(shell: &Shell, given: Consented) -> String {
    let lang = shell.lang;
    let title = tr(lang, "授权码", "Your code");
    let digits: String = given.code.split_whitespace().collect();
    let facts = vec![
        Fact::new(tr(lang, "授权码", "Code"), given.code),
        Fact::new(tr(lang, "可以查阅", "For"), given.type_name.get(lang)),
        Fact::new(tr(lang, "有效至", "Works until"), ui::moment(lang, given.ends_at)),
    ];
    ui::render(shell, Page::public(title).back(url::my_certificates()), move || {
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Mind title=tr(lang, "只显示这一次", "Shown only this once")>
                <p>{tr(
                    lang,
                    "让工作人员扫描，或者读出数字。用过以后立即失效；谁查阅了会写进使用记录。",
                    "Let the clerk scan it, or read the digits out. It works once, and who read is written into your record of uses.",
                )}</p>
            </Notice>
            <Qr address=digits label=tr(lang, "授权码", "Code")/>
            <Facts items=facts/>
            <p><LinkButton href=url::my_certificates()>{tr(lang, "返回我的证件", "Back to my certificates")}</LinkButton></p>
        }
    })
}

/// Asks for whom and for what a copy is made.
pub fn copy(shell: &Shell, id: EntryId, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "制作加注件", "Make a copy for one purpose");
    let values = values.or("days", Lifetime::Month.days());
    ui::render(shell, Page::public(title).values(&values).back(url::my_certificates()), move || {
        let days = Lifetime::ALL.map(|lifetime| {
            let days = lifetime.days().to_string();
            Choice::new(days.clone(), if lang == Lang::Zh { format!("{days} 天") } else { format!("{days} days") })
        });
        view! {
            <h1>{title}</h1>
            <p class="lead">{tr(
                lang,
                "副本上写明给谁、做什么用、用到哪天，别人拿去做别的事就会被发现。",
                "The copy says for whom, for what and until when it was made, so that it cannot be used for anything else.",
            )}</p>
            <Form action=url::my_certificate_copy(id) values>
                <Field name="used_by" label=tr(lang, "给谁用", "Who will use it") hint=tr(lang, "例如：某银行某支行。", "For example a branch of a bank.")/>
                <Field name="purpose" label=tr(lang, "做什么用", "For what") hint=tr(lang, "例如：银行开户。", "For example opening an account.")/>
                <Radios name="days" legend=tr(lang, "可以用多久", "For how long") options=days.to_vec() inline=true/>
                <Button>{tr(lang, "制作并下载", "Make and download")}</Button>
            </Form>
        }
    })
}

/// Who used it: folded, because most people come for the file.
fn uses(lang: Lang, uses: Vec<Use>) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "时间", "When")),
        Column::text(tr(lang, "方式", "How")),
        Column::text(tr(lang, "使用方", "Who")),
        Column::text(tr(lang, "事项和事由", "For what")),
        Column::text(tr(lang, "结果", "Answer")),
    ];
    let rows = uses.into_iter().map(|used| row(lang, used)).collect();
    let empty = Empty::new(tr(lang, "还没有人核验或调用过。", "Nobody has checked or read it yet."));
    let title = tr(lang, "使用记录", "Who used it");
    view! {
        <details>
            <summary>{title}</summary>
            <DataTable caption=title columns rows empty/>
        </details>
    }
    .into_any()
}

fn row(lang: Lang, used: Use) -> Vec<Cell> {
    let who = if used.actor_name.is_empty() { tr(lang, "未留名", "no name given").to_owned() } else { used.actor_name };
    let basis = if used.basis == "consent" { tr(lang, "经您授权", "with your consent").to_owned() } else { used.basis };
    let what: Vec<String> = [used.item, used.cause, basis].into_iter().filter(|text| !text.is_empty()).collect();
    vec![
        Cell::text(ui::moment(lang, used.at)),
        Cell::text(used.way.name().get(lang)),
        Cell::text(who),
        Cell::text(if what.is_empty() { "—".to_owned() } else { what.join(" · ") }),
        Cell::text(result(lang, &used.result)),
    ]
}

/// The codes of `lic_use.result` in words.
fn result(lang: Lang, code: &str) -> &'static str {
    match code {
        "valid" => tr(lang, "有效", "valid"),
        "no_longer_valid" => tr(lang, "失效", "no longer valid"),
        "genuine" => tr(lang, "真实有效", "genuine"),
        "tampered" => tr(lang, "文件不一致", "file differs"),
        "shared" => tr(lang, "已提供", "given"),
        "pdf" => tr(lang, "证件文件", "certificate file"),
        "pdf.sm2" => tr(lang, "签名文件", "signature file"),
        "made" => tr(lang, "已制作", "made"),
        "denied" => tr(lang, "已拒绝", "refused"),
        "level" => tr(lang, "认证级别不足", "identity not checked enough"),
        _ => tr(lang, "其他", "other"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Day, Id, Instant, Text};
    use licences::model::{MARRIAGE, State, Way};

    fn held() -> Held {
        Held {
            id: Id::new(1, [7; 10]),
            identifier: "1.2.156.3005.2.11990000YY9990080W001.11990102YY9990101F.2026000000000001.001.P".parse().expect("well formed"),
            type_code: MARRIAGE.into(),
            type_name: Text::new("结婚证", "Marriage certificate"),
            number: "J990101-2026-000001".into(),
            issuer_name: "城东区民政局".into(),
            issued_on: Day::ymd(2026, 7, 1),
            valid_to: None,
            state: State::Valid,
            ended_on: None,
            made_at: Some(Instant::at(Day::ymd(2026, 7, 1), 601)),
            uses: vec![Use {
                at: Instant::at(Day::ymd(2026, 7, 2), 600),
                way: Way::Share,
                actor_name: "公积金中心".into(),
                item: "提取".into(),
                cause: "<b>核验</b>".into(),
                result: "shared".into(),
                basis: "consent".into(),
            }],
        }
    }

    #[test]
    fn p5_12_the_holder_sees_who_used_it_and_p5_10_files_from_level_3() {
        let html = mine(&Shell::sample(Lang::Zh), vec![held()], 2);
        assert!(html.contains("公积金中心") && html.contains("&lt;b&gt;核验") && html.contains("经您授权"));
        assert!(!html.contains("/file\"") && html.contains("实人认证"));
        let html = mine(&Shell::sample(Lang::En), vec![held()], 3);
        assert!(html.contains("/file\"") && html.contains("/signature\"") && !html.contains("in person"));
        assert!(mine(&Shell::sample(Lang::Zh), Vec::new(), 1).contains("/real-name"));
    }
}
