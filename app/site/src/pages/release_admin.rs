//! Timed releases for administrators: the list, announcing one, its public value, calling it off.

use booking::release::{Mode, Phase, Release};
use kernel::{Instant, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Fieldset, Form, Kind, LinkButton, Page, Radios, Shell, StatusTag, TextArea, Values,
    tr, url,
};

use super::release::{announced, figures, tone};

/// The releases of the administrator's regions, the last to end first.
pub fn list(shell: &Shell, releases: Vec<Release>, now: Instant, next: String) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "定时放号", "Timed releases");
    ui::render(shell, Page::staff(heading), move || {
        let rows = releases
            .into_iter()
            .map(|release| {
                vec![
                    Cell::link(url::admin_release(release.id), ui::date(lang, release.day)),
                    Cell::text(&release.impl_code),
                    Cell::text(mode(lang, release.mode)),
                    Cell::text(ui::moment(lang, release.times.join_at)),
                    Cell::tag(tone(release.phase(now)), release.phase(now).name().get(lang)),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "办理日", "Day")),
            Column::text(tr(lang, "事项", "Item")),
            Column::text(tr(lang, "方式", "Order")),
            Column::text(tr(lang, "开始登记", "Joining begins")),
            Column::text(tr(lang, "状态", "State")),
        ];
        view! {
            <h1>{heading}</h1>
            <p><LinkButton href=url::admin_release_new()>{tr(lang, "公告定时放号", "Announce a release")}</LinkButton></p>
            <DataTable caption=tr(lang, "放号，后结束的在前", "Releases, the last to end first") columns rows empty=Empty::new(tr(lang, "还没有定时放号。", "There are none yet."))/>
            <ui::Pager next/>
        }
    })
}

fn mode(lang: Lang, mode: Mode) -> &'static str {
    match mode {
        Mode::Arrival => tr(lang, "排队", "By arrival"),
        Mode::Draw => tr(lang, "抽签", "By draw"),
    }
}

/// Announcing a release.
pub fn new(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "公告定时放号", "Announce a release");
    ui::render(shell, Page::staff(heading).back(url::admin_releases()).values(&values), move || {
        let at = |name: &'static str, label: &'static str| view! { <Field name label kind=Kind::Moment/> };
        let number = |name: &'static str, label: &'static str, hint: &'static str| view! { <Field name label hint kind=Kind::Number/> };
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "公告后立即生效：该日网上名额在结束前只按此次序发放。", "It holds at once: until it ends, the day's places online are given in this order alone.")}</p>
            <Form action=url::admin_release_new() values>
                <Field name="impl_code" label=tr(lang, "事项实施编码", "Implementation code of the item") autocomplete="off"
                    hint=tr(lang, "在该事项办事指南的“标准要素”中。", "It stands in the guide of the item, among the standard elements.")/>
                <TextArea name="offices" label=tr(lang, "登记处编号", "Codes of the offices") hint=tr(lang, "用空格或换行分开。", "Apart by spaces or lines.")/>
                <Field name="day" label=tr(lang, "办理日", "Day") kind=Kind::Date/>
                <Radios name="mode" legend=tr(lang, "放号方式", "Order") options=vec![
                    Choice::new(Mode::Arrival.code(), tr(lang, "按登记先后排队", "In order of joining")),
                    Choice::new(Mode::Draw.code(), tr(lang, "登记截止后公开抽签", "By a public draw after joining closes")),
                ]/>
                <Fieldset legend=tr(lang, "时间", "Times") class="pairs">
                    {at("join_at", tr(lang, "开始登记", "Joining begins"))}
                    {at("join_until", tr(lang, "登记截止", "Joining closes"))}
                    {at("turns_at", tr(lang, "开始放号", "Places are given from"))}
                    {at("ends_at", tr(lang, "剩余名额向所有人开放", "What is left is for everybody from"))}
                </Fieldset>
                <Fieldset legend=tr(lang, "限制", "Limits") class="pairs">
                    {number("turn_minutes", tr(lang, "选号时限（分钟）", "Minutes to choose"), tr(lang, "5至1440。", "5 to 1440."))}
                    {number("at_once", tr(lang, "同时选号的最多人数", "Turns at the same time at most"), "")}
                    {number("network_minute", tr(lang, "同一网络每分钟最多登记数", "Joins a minute out of one network at most"), tr(lang, "0为不限。", "0 for no limit."))}
                    {number("joins_each", tr(lang, "每人最多登记次数", "How often one person can join"), "")}
                </Fieldset>
                <Fieldset legend=tr(lang, "抽签公开值的来源", "Where the public value of a draw comes from")
                    hint=tr(lang, "只有抽签的填写。须在登记截止之后才产生，如某期福利彩票开奖号码。", "For a draw only. It must come about after joining closes, such as the result of a certain lottery.")>
                    <Field name="source_zh" label=tr(lang, "中文", "In Chinese") optional=true/>
                    <Field name="source_en" label=tr(lang, "英文", "In English") optional=true/>
                </Fieldset>
                <Button>{tr(lang, "公告", "Announce")}</Button>
            </Form>
        }
    })
}

/// One release with what can be done. `values` belongs to the form of the public value.
pub fn show(shell: &Shell, release: Release, now: Instant, values: Values) -> String {
    let lang = shell.lang;
    let heading = format!("{} {}", tr(lang, "定时放号", "Release for"), ui::date(lang, release.day));
    ui::render(shell, Page::staff(heading.clone()).back(url::admin_releases()).values(&values), move || {
        let id = release.id;
        let phase = release.phase(now);
        let mut facts = vec![Fact::new(tr(lang, "事项", "Item"), release.impl_code.clone()), Fact::new(tr(lang, "方式", "Order"), mode(lang, release.mode))];
        facts.extend(announced(lang, &release));
        let counted = (phase != Phase::Announced).then(|| view! { <Facts items=figures(lang, &release) tiles=true/> });
        let waits = release.draw.as_ref().filter(|draw| draw.closed.is_some() && draw.value.is_none()).map(|draw| draw.source.get(lang).to_owned());
        let value = waits.map(|source| {
            view! {
                <h2>{tr(lang, "填写公开值", "Enter the public value")}</h2>
                <p>{source}</p>
                <p>{tr(lang, "只能填写一次，填写后立即抽签并公布种子。", "It is entered once. The draw follows at once and the seed is revealed.")}</p>
                <Form action=url::admin_release_value(id) values>
                    <Field name="value" label=tr(lang, "公开值", "Public value")/>
                    <Button>{tr(lang, "填写并抽签", "Enter and draw")}</Button>
                </Form>
            }
        });
        let cancel = (!matches!(phase, Phase::Ended | Phase::Cancelled)).then(|| {
            view! { <p><LinkButton href=url::admin_release_cancel(id) kind=ButtonKind::Secondary>{tr(lang, "取消放号", "Call it off")}</LinkButton></p> }
        });
        view! {
            <h1>{heading}</h1>
            <p><StatusTag tone=tone(phase) word=phase.name().get(lang).to_owned()/></p>
            {value}
            {counted}
            <Facts items=facts/>
            <p><a href=url::release(id)>{tr(lang, "公开页面", "Public page")}</a></p>
            {cancel}
        }
    })
}

/// Asks before a release is called off.
pub fn cancel(shell: &Shell, release: &Release, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "取消这次放号？", "Call this release off?");
    let id = release.id;
    ui::render(shell, Page::staff(heading).back(url::admin_release(id)).values(&values), move || {
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "所有名次作废，名额回到普通预约；已约成的预约保留。不能恢复。", "All places in line are void and the day goes back to ordinary booking; bookings that were made stay. This cannot be undone.")}</p>
            <Form action=url::admin_release_cancel(id) values><Button kind=ButtonKind::Danger>{tr(lang, "取消放号", "Call it off")}</Button></Form>
            <p><a href=url::admin_release(id)>{tr(lang, "不取消", "Keep it")}</a></p>
        }
    })
}
