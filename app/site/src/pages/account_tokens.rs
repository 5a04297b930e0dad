//! Bearer tokens of other systems, for the security administrator.

use identity::TokenView;
use identity::tokens::Issued;
use leptos::prelude::*;
use platform::regions::Region;
use platform::{Role, TokenId};
use ui::{
    Button, ButtonKind, Cell, Checkboxes, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Notice, Page, Select, Shell, Tone,
    Values, Width, tr, url,
};

/// The list, and the form for another one. `roles` are those that a program may hold.
pub fn list(shell: &Shell, tokens: Vec<TokenView>, roles: &[Role], regions: Vec<Region>, now: kernel::Instant, values: Values) -> String {
    let lang = shell.lang;
    let columns = vec![
        Column::text(tr(lang, "系统", "System")),
        Column::text(tr(lang, "签发", "Issued")),
        Column::text(tr(lang, "到期", "Ends")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "操作", "Act")),
    ];
    let row = |token: TokenView| {
        let (tone, word) = match () {
            () if token.revoked_at.is_some() => (Tone::Bad, tr(lang, "已吊销", "Revoked")),
            () if token.until <= now => (Tone::Plain, tr(lang, "已到期", "Ended")),
            () => (Tone::Good, tr(lang, "有效", "In force")),
        };
        let act = if tone == Tone::Good { Cell::View(revoke(lang, token.id)) } else { Cell::text("—") };
        vec![Cell::text(token.name), Cell::text(ui::moment(lang, token.created_at)), Cell::text(ui::moment(lang, token.until)), Cell::tag(tone, word), act]
    };
    let roles = roles.iter().map(|role| Choice::new(role.code(), role.name().get(lang))).collect();
    let regions = regions.iter().map(|region| Choice::new(region.code, format!("{} {}", region.name, region.code))).collect();
    let page = Page::staff(tr(lang, "接口令牌", "Tokens for programs")).values(&values).back(url::admin());
    let values = values.or("days", "90");
    ui::render(shell, page, move || {
        // Cells with forms need the shell, so they are made inside of the page.
        let rows = tokens.into_iter().map(row).collect();
        view! {
            <h1>{tr(lang, "接口令牌", "Tokens for programs")}</h1>
            <DataTable caption=tr(lang, "已签发的令牌", "Tokens issued") columns rows empty=Empty::new(tr(lang, "还没有签发令牌。", "None has been issued."))/>
            <h2>{tr(lang, "签发令牌", "Issue a token")}</h2>
            <Form action=url::admin_tokens() values>
                <Field name="name" label=tr(lang, "使用的系统", "Which system uses it")/>
                <Checkboxes name="roles" legend=tr(lang, "可以办理", "What it may do") options=roles/>
                <Select name="region" label=tr(lang, "区域（含下级）", "Region, with everything below") options=regions/>
                <Field name="items" label=tr(lang, "事项基本编码", "Basic codes of items") optional=true
                    hint=tr(lang, "多个用空格分开；不填为全部事项。", "Separated by spaces; empty means every item.")/>
                <Field name="days" label=tr(lang, "有效天数", "Days") kind=Kind::Number width=Width::Short/>
                <Button>{tr(lang, "签发", "Issue")}</Button>
            </Form>
        }
    })
}

fn revoke(lang: kernel::Lang, id: TokenId) -> AnyView {
    view! {
        <Form action=url::admin_token_revoke() class="inline">
            <Hidden name="id" value=id.to_string()/>
            <Button kind=ButtonKind::Danger>{tr(lang, "吊销", "Revoke")}</Button>
        </Form>
    }
    .into_any()
}

/// A token that was just made, shown once.
pub fn issued(shell: &Shell, name: &str, issued: Issued) -> String {
    let lang = shell.lang;
    let facts = vec![Fact::new(tr(lang, "系统", "System"), name), Fact::new(tr(lang, "令牌", "Token"), issued.secret)];
    ui::render(shell, Page::staff(tr(lang, "令牌已签发", "The token is issued")).back(url::admin_tokens()), move || {
        view! {
            <h1>{tr(lang, "令牌已签发", "The token is issued")}</h1>
            <Notice tone=Tone::Mind title=tr(lang, "只显示这一次", "Shown only this once")>
                <p>{tr(lang, "请现在交给对方系统保管，离开本页后无法再看。", "Hand it to the other system now; it cannot be seen again after this page.")}</p>
            </Notice>
            <Facts items=facts/>
            <p><LinkButton href=url::admin_tokens()>{tr(lang, "已保存，返回列表", "Kept: back to the list")}</LinkButton></p>
        }
    })
}
