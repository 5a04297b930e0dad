//! Packets between two places: to send, to sign in, done.

use casework::cross::{PacketLine, PacketPage, Section, Sheet, Stage};
use kernel::{Instant, Lang};
use leptos::prelude::*;
use ui::{Cell, Column, DataTable, Empty, Page, Pager, Shell, Tab, Tabs, Tone, Values, tr, url};

/// The list of one section.
pub fn list(shell: &Shell, section: Section, page: PacketPage, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "跨域材料", "Packets");
    ui::render(shell, Page::staff(title).wide().values(&values), move || {
        let at = |section: Section| url::with(url::desk_packets(), &[("section", section.code())]);
        let tabs = Section::ALL.iter().map(|tab| Tab::new(name(lang, *tab), at(*tab), *tab == section)).collect();
        let next = page.next.map(|(made, id)| url::with(at(section), &[("after", &format!("{}~{id}", made.micros()))])).unwrap_or_default();
        let rows = page.lines.into_iter().map(|line| row(lang, section, line)).collect();
        let columns = vec![
            Column::text(tr(lang, "受理编号", "Case number")),
            Column::text(tr(lang, "事项", "Item")),
            Column::text(tr(lang, "材料包", "Packet")),
            Column::text(tr(lang, "状态", "State")),
            Column::text(tr(lang, "期限", "Limit")),
            Column::text(tr(lang, "操作", "Act")),
        ];
        view! {
            <h1>{title}</h1>
            <Tabs label=tr(lang, "哪些材料包", "Which packets") items=tabs/>
            <DataTable caption=name(lang, section) columns rows empty=Empty::new(empty(lang, section))/>
            <Pager next/>
        }
    })
}

fn name(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::ToSend => tr(lang, "待发送", "To send"),
        Section::ToSign => tr(lang, "待签收", "To sign in"),
        Section::Sent => tr(lang, "已发送", "Sent"),
        Section::Signed => tr(lang, "已签收", "Signed in"),
    }
}

fn empty(lang: Lang, section: Section) -> &'static str {
    match section {
        Section::ToSend => tr(lang, "没有待发送的材料包。受理外地事项后会出现在这里。", "Nothing to send. What is taken in for another place appears here."),
        Section::ToSign => tr(lang, "没有待签收的材料包。外地窗口发来后会出现在这里。", "Nothing to sign in. What another place sends appears here."),
        Section::Sent => tr(lang, "还没有发送过材料包。", "Nothing has been sent yet."),
        Section::Signed => tr(lang, "还没有签收过材料包。", "Nothing has been signed in yet."),
    }
}

fn row(lang: Lang, section: Section, line: PacketLine) -> Vec<Cell> {
    let packet = line.packet;
    let stage = packet.stage();
    let tone = match (line.late, stage) {
        (true, _) | (_, Stage::Failed) => Tone::Bad,
        (false, Stage::Signed) => Tone::Good,
        (false, _) => Tone::Plain,
    };
    let limit = packet.awaited().map(|(_, by)| limit(lang, by, line.late)).unwrap_or_default();
    let id = packet.id;
    let act = match section {
        Section::ToSend if stage == Stage::Failed => Cell::link(url::cross_case(packet.case), tr(lang, "重新传输", "Send again")),
        Section::ToSend if packet.sheet == Sheet::Paper => Cell::link(url::cross_case(packet.case), tr(lang, "填写快递单号", "Give the number of the post")),
        Section::ToSend => Cell::act(url::packet_send(id), Vec::new(), tr(lang, "发送", "Send")),
        Section::ToSign => Cell::act(url::packet_sign(id), Vec::new(), tr(lang, "校验并签收", "Verify and sign in")),
        _ => Cell::text(packet.express_no.clone()),
    };
    vec![
        Cell::link(url::cross_case(packet.case), line.case_no),
        Cell::text(line.item.get(lang)),
        Cell::text(format!("{} {}", packet.sheet.name().get(lang), packet.n)),
        Cell::tag(tone, if line.late { tr(lang, "已逾期", "Late").to_owned() } else { stage.name().get(lang).to_owned() }),
        Cell::text(limit),
        act,
    ]
}

/// Until when, the last moment that is in time.
pub(crate) fn limit(lang: Lang, by: Instant, late: bool) -> String {
    let last = Instant::from_micros(by.micros() - 1);
    let until = if last.minute_of_day() == 1439 { last.day().text(lang) } else { ui::moment(lang, by) };
    match (lang, late) {
        (Lang::Zh, true) => format!("应于{until}前"),
        (Lang::Zh, false) => format!("{until}前"),
        (Lang::En, true) => format!("was due by {until}"),
        (Lang::En, false) => format!("by {until}"),
    }
}
