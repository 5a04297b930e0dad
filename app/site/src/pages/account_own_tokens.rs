//! One's own tokens: a program acts as whoever made them.

use identity::TokenView;
use identity::tokens::{Issued, LONGEST_PERSONAL_DAYS};
use kernel::{Instant, Lang};
use leptos::prelude::*;
use platform::regions::Region;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, LinkButton, Notice, Select, Shell, StatusTag, Tone, Values,
    Width, tr, url,
};

use super::account_own::own_page;

/// The list, and the form for another one. `regions` are those to which a member of staff may narrow it; none for citizens.
pub fn list(shell: &Shell, tokens: Vec<TokenView>, regions: Vec<Region>, now: Instant, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "个人令牌", "Personal tokens");
    let columns = vec![
        Column::text(tr(lang, "用途", "For")),
        Column::text(tr(lang, "范围", "Within")),
        Column::text(tr(lang, "到期", "Ends")),
        Column::text(tr(lang, "最近使用", "Last used")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "操作", "Act")),
    ];
    let rows = tokens.into_iter().map(|token| row(lang, token, now)).collect();
    let page = own_page(shell, title).values(&values);
    let values = values.or("days", "30");
    let regions: Vec<Choice> = regions.into_iter().map(|region| Choice::new(region.code, format!("{} {}", region.name, region.code))).collect();
    ui::render(shell, page, move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(
                lang,
                "程序凭令牌以您的身份调用接口，只能做您可以做的事。请勿交给他人。",
                "With a token a program uses the interface as you, and may do only what you may. Give it to nobody.",
            )}</p>
            <DataTable caption=tr(lang, "我的令牌", "My tokens") columns rows empty=Empty::new(tr(lang, "还没有令牌。", "There is none yet."))/>
            <h2>{tr(lang, "签发令牌", "Make a token")}</h2>
            <Form action=url::my_tokens() values>
                <Field name="name" label=tr(lang, "用途", "What it is for")/>
                {(!regions.is_empty()).then(|| view! {
                    <Select name="region" label=tr(lang, "区域（含下级）", "Region, with everything below") options=regions optional=true
                        empty=tr(lang, "本人全部区域", "All of mine")/>
                    <Field name="items" label=tr(lang, "事项基本编码", "Basic codes of items") optional=true
                        hint=tr(lang, "多个用空格分开；不填为本人全部事项。", "Separated by spaces; empty means all of yours.")/>
                })}
                <Field name="days" label=tr(lang, "有效天数", "Days") kind=Kind::Number width=Width::Short
                    hint=lang.pick(format!("最长{LONGEST_PERSONAL_DAYS}天。"), format!("{LONGEST_PERSONAL_DAYS} at most."))/>
                <Button>{tr(lang, "签发", "Make it")}</Button>
            </Form>
        }
    })
}

fn state(lang: Lang, token: &TokenView, now: Instant) -> (Tone, &'static str) {
    match () {
        () if token.revoked_at.is_some() => (Tone::Bad, tr(lang, "已吊销", "Revoked")),
        () if token.until <= now => (Tone::Plain, tr(lang, "已到期", "Ended")),
        () => (Tone::Good, tr(lang, "有效", "In force")),
    }
}

fn within(lang: Lang, token: &TokenView) -> String {
    let region = token.region.map_or_else(|| tr(lang, "本人全部区域", "all regions of mine").to_owned(), |region| region.to_string());
    let items = if token.items.is_empty() { tr(lang, "全部事项", "all items").to_owned() } else { token.items.join(lang.pick("、", ", ")) };
    format!("{region} · {items}")
}

fn row(lang: Lang, token: TokenView, now: Instant) -> Vec<Cell> {
    let (tone, word) = state(lang, &token, now);
    let act = if tone == Tone::Good { Cell::link(url::my_token_revoke(token.id), tr(lang, "吊销", "Revoke")) } else { Cell::text("—") };
    let used = token.last_used.map_or_else(|| tr(lang, "从未", "never").to_owned(), |at| ui::moment(lang, at));
    let within = within(lang, &token);
    vec![Cell::text(token.name), Cell::text(within), Cell::text(ui::moment(lang, token.until)), Cell::text(used), Cell::tag(tone, word), act]
}

/// A token that was just made, shown once.
pub fn issued(shell: &Shell, name: &str, issued: Issued) -> String {
    let lang = shell.lang;
    let title = tr(lang, "令牌已签发", "The token is made");
    let facts = vec![Fact::new(tr(lang, "用途", "For"), name), Fact::new(tr(lang, "令牌", "Token"), issued.secret)];
    ui::render(shell, own_page(shell, title).back(url::my_tokens()), move || {
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Mind title=tr(lang, "只显示这一次", "Shown only this once")>
                <p>{tr(lang, "请现在保存，离开本页后无法再看。", "Keep it now; it cannot be seen again after this page.")}</p>
            </Notice>
            <Facts items=facts/>
            <p><LinkButton href=url::my_tokens()>{tr(lang, "已保存，返回列表", "Kept: back to the list")}</LinkButton></p>
        }
    })
}

/// The question before a token is revoked.
pub fn revoke(shell: &Shell, token: TokenView, now: Instant) -> String {
    let lang = shell.lang;
    let title = tr(lang, "吊销令牌", "Revoke a token");
    let ((tone, word), within) = (state(lang, &token, now), within(lang, &token));
    let facts = vec![
        Fact::new(tr(lang, "用途", "For"), token.name),
        Fact::new(tr(lang, "范围", "Within"), within),
        Fact::view(tr(lang, "状态", "State"), view! { <StatusTag tone word/> }),
    ];
    let id = token.id;
    ui::render(shell, own_page(shell, title).back(url::my_tokens()), move || {
        view! {
            <h1>{title}</h1>
            <Facts items=facts/>
            <p>{tr(lang, "吊销立即生效，不能恢复；使用它的程序将无法再访问。", "It ends at once and for good; the program that uses it is shut out.")}</p>
            <Form action=url::my_token_revoke(id)><Button kind=ButtonKind::Danger>{tr(lang, "吊销", "Revoke")}</Button></Form>
            <p><LinkButton href=url::my_tokens() kind=ButtonKind::Secondary>{tr(lang, "保留", "Keep it")}</LinkButton></p>
        }
    })
}
