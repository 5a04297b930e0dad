//! Electronic licences as administrators see them: how far the reports are behind, and which programs a law lets read.

use identity::TokenView;
use kernel::Text;
use leptos::prelude::*;
use licences::ops::{MandateId, MandateView, Reports};
use ui::{Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Notice, Page, Select, Shell, Tone, Values, tr, url};

/// What the security administrator sees: mandates, and of what another one can be made.
pub struct Mandates {
    /// Those in force.
    pub given: Vec<MandateView>,
    /// Programs with a token in force.
    pub programs: Vec<TokenView>,
    /// Codes and names of the types of licence.
    pub types: Vec<(String, Text)>,
}

/// The page; each part only for whoever may see it.
pub fn overview(shell: &Shell, reports: Option<Reports>, mandates: Option<Mandates>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "电子证照", "Electronic licences");
    ui::render(shell, Page::staff(title).values(&values).back(url::admin()), move || {
        view! {
            <h1>{title}</h1>
            {reports.map(|reports| figures(lang, reports))}
            {mandates.map(|all| mandate_part(lang, all, values))}
        }
    })
}

fn figure(count: i64) -> String {
    if count > 1000 { "1,000+".to_owned() } else { count.to_string() }
}

fn figures(lang: kernel::Lang, reports: Reports) -> AnyView {
    let facts = vec![
        Fact::new(tr(lang, "待上报", "To be reported"), figure(reports.waiting)),
        Fact::new(tr(lang, "超过24小时未上报", "Later than 24 hours"), figure(reports.late)),
        Fact::new(
            tr(lang, "最早一条应于", "Oldest due since"),
            reports.oldest.map_or_else(|| tr(lang, "没有逾期", "nothing is late").to_owned(), |at| ui::moment(lang, at)),
        ),
        Fact::new(tr(lang, "多次失败、等待处理", "Failed, waits for you"), figure(reports.given_up)),
    ];
    let alarm = (reports.given_up > 0 || reports.late > 0).then(|| {
        view! {
            <Notice tone=Tone::Bad title=tr(lang, "目录没有按时上报", "The catalogue is not reported in time")>
                <p>{tr(lang, "先排除对方系统的故障，再在待发消息中重试。", "Mend the connection first, then try again in the outbox.")}" "
                    <a href=url::admin_outbox()>{tr(lang, "打开待发消息", "Open the outbox")}</a></p>
            </Notice>
        }
    });
    view! {
        <h2>{tr(lang, "目录上报", "Reports to the catalogue above")}</h2>
        {alarm}
        <Facts items=facts/>
        <p class="hint">{tr(
            lang,
            "证照签发、变更、注销后24小时内上报；失败后1分钟、5分钟、30分钟再试，仍失败就在这里报警。",
            "Issues, changes and endings are reported within 24 hours; a failure is tried again after 1, 5 and 30 minutes, then it is shown here.",
        )}</p>
    }
    .into_any()
}

fn mandate_part(lang: kernel::Lang, all: Mandates, values: Values) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "系统", "Program")),
        Column::text(tr(lang, "证照类型", "Type")),
        Column::text(tr(lang, "法律依据", "Law")),
        Column::text(tr(lang, "登记时间", "Since")),
        Column::text(tr(lang, "操作", "Act")),
    ];
    let row = |mandate: MandateView| {
        vec![
            Cell::text(mandate.program),
            Cell::text(mandate.type_name.get(lang)),
            Cell::text(mandate.law),
            Cell::text(ui::moment(lang, mandate.given_at)),
            Cell::View(end(lang, mandate.id)),
        ]
    };
    let rows = all.given.into_iter().map(row).collect();
    let programs = all.programs.into_iter().map(|token| Choice::new(token.id, token.name)).collect();
    let types = all.types.into_iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
    let choose = tr(lang, "请选择", "Choose");
    view! {
        <h2>{tr(lang, "依法调用", "Reading under a law")}</h2>
        <p>{tr(
            lang,
            "没有登记的系统，每次都要持证人的授权码。",
            "A program that is not listed needs a code of the holder each time.",
        )}</p>
        <DataTable caption=tr(lang, "可以依法调用的系统", "Programs that may read under a law") columns rows
            empty=Empty::new(tr(lang, "还没有登记。", "None is recorded."))/>
        <h3>{tr(lang, "登记", "Record one")}</h3>
        <Form action=url::admin_mandates() values>
            <Select name="token" label=tr(lang, "系统", "Program") options=programs empty=choose/>
            <Select name="type_code" label=tr(lang, "证照类型", "Type of licence") options=types empty=choose/>
            <Field name="law" label=tr(lang, "法律依据", "Law and article")/>
            <Button>{tr(lang, "登记", "Record")}</Button>
        </Form>
    }
    .into_any()
}

fn end(lang: kernel::Lang, id: MandateId) -> AnyView {
    view! {
        <Form action=url::admin_mandate_end() class="inline">
            <Hidden name="id" value=id.to_string()/>
            <Button kind=ButtonKind::Danger>{tr(lang, "终止", "End")}</Button>
        </Form>
    }
    .into_any()
}
