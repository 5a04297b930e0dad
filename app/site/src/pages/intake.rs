//! One window (一窗受理): a clerk finds the item that somebody has come for, takes it in for whichever body answers, and hands out the number.

use casework::CounterSheet;
use casework::ops::Receipt;
use catalog::model::Scope;
use kernel::{Issue, Lang, Text, mask};
use leptos::prelude::*;
use ui::{
    Answer, Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Kind, LinkButton, Method as Send, Notice, Page,
    PrintButton, Qr, Select, Shell, Tone, Values, tr, url,
};

/// An item that can be taken in.
pub struct FoundItem {
    /// 实施编码.
    pub code: String,
    /// Its name.
    pub name: Text,
    /// The body that answers.
    pub body: Text,
    /// Whether that is the clerk's own.
    pub ours: bool,
    /// How far an applicant may come from.
    pub scope: Option<Scope>,
    /// Whether this counter may take it in.
    pub open: bool,
}

/// What the clerk looks for.
pub struct Find {
    /// What he has begun and not ended.
    pub begun: Vec<CounterSheet>,
    /// Cities and counties in which an applicant may live.
    pub places: Vec<(String, String)>,
    /// What was found; the own items stand first.
    pub items: Vec<FoundItem>,
}

/// Finds an item by words, pinyin or code, for somebody who lives here or elsewhere.
pub fn find(shell: &Shell, found: Find, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "一窗受理", "One window");
    ui::render(shell, Page::staff(title).wide(), move || {
        let residence = values.get("residence").to_owned();
        let rows = found.items.into_iter().map(|item| row(lang, item, &residence)).collect();
        let columns = vec![
            Column::text(tr(lang, "事项", "Item")),
            Column::text(tr(lang, "办理机关", "Body that answers")),
            Column::text(tr(lang, "受理方式", "How")),
        ];
        let empty = Empty::new(tr(lang, "没有找到可以在窗口受理的事项。换一个词，或者换申请人所在地。", "Nothing found. Try another word, or another place of residence."));
        let places = found.places.into_iter().map(|(code, name)| Choice::new(code, name)).collect();
        let begun = begun(lang, found.begun);
        view! {
            <h1>{title}</h1>
            {begun}
            <Form action=url::desk_intake() method=Send::Get values class="inline">
                <Field name="q" label=tr(lang, "事项", "Item") hint=tr(lang, "名称、拼音或者编码", "Name, pinyin or code") kind=Kind::Search optional=true/>
                <Select name="residence" label=tr(lang, "申请人户籍或者住所地", "Where the applicant lives") options=places
                    empty=tr(lang, "本地", "Here") optional=true/>
                <Button>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <DataTable caption=tr(lang, "可以受理的事项", "Items that can be taken in") columns rows empty/>
        }
    })
}

fn row(lang: Lang, item: FoundItem, residence: &str) -> Vec<Cell> {
    let here = url::with(url::intake_item(&item.code), &[("residence", residence)]);
    let name = item.name.get(lang).to_owned();
    let how = match (item.ours, item.open) {
        (true, _) => Cell::tag(Tone::Good, tr(lang, "本机关受理", "Ours")),
        (false, true) => Cell::tag(Tone::Plain, item.scope.map_or_else(|| tr(lang, "一窗受理", "One window").to_owned(), |scope| scope.name().get(lang).to_owned())),
        (false, false) => Cell::tag(Tone::Mind, tr(lang, "不支持在本地受理", "Not to be had here")),
    };
    vec![if item.open { Cell::link(here, name) } else { Cell::text(name) }, Cell::text(item.body.get(lang)), how]
}

/// What was begun and not ended; nothing if nothing was.
fn begun(lang: Lang, sheets: Vec<CounterSheet>) -> Option<AnyView> {
    if sheets.is_empty() {
        return None;
    }
    let row = |sheet: CounterSheet| {
        let discard = view! { <a href=url::desk_sheet_discard(sheet.id)>{tr(lang, "删除", "Throw away")}</a> };
        vec![
            Cell::link(url::desk_sheet_check(sheet.id), mask::name(&sheet.form.name)),
            Cell::text(sheet.form.item.get(lang)),
            Cell::text(ui::moment(lang, sheet.updated_at)),
            Cell::view(discard),
        ]
    };
    let rows = sheets.into_iter().map(row).collect();
    let columns = vec![
        Column::text(tr(lang, "申请人", "Applicant")),
        Column::text(tr(lang, "事项", "Item")),
        Column::text(tr(lang, "保存时间", "Saved")),
        Column::text(tr(lang, "操作", "Actions")),
    ];
    Some(view! { <DataTable caption=tr(lang, "没有办完的收件", "Begun and not ended") columns rows empty=Empty::new("")/> }.into_any())
}

/// What the applicant takes home, right after it was taken in or printed again.
pub struct Printed {
    /// What stands on it.
    pub receipt: Receipt,
    /// `E-P1001`: another body answers, and the case has gone there. Absent on a print made later.
    pub directed: Option<Issue>,
    /// Whether it is printed again.
    pub again: bool,
    /// Address of the progress page, for the symbol.
    pub progress: String,
    /// Address of the case at this counter.
    pub case: String,
}

/// The receipt: number, query code, where to look, what was received.
pub fn receipt(shell: &Shell, printed: Printed) -> String {
    let lang = shell.lang;
    let title = tr(lang, "收件凭证", "Receipt");
    ui::render(shell, Page::staff(title), move || {
        let Printed { receipt, directed, again, progress, case } = printed;
        let rows = receipt
            .papers
            .iter()
            .map(|(name, paper)| vec![Cell::text(name.get(lang)), Cell::text(paper.originals), Cell::text(paper.copies), Cell::text(scanned(lang, paper.file.is_some()))])
            .collect();
        let columns = vec![
            Column::text(tr(lang, "材料", "Paper")),
            Column::number(tr(lang, "原件", "Originals")),
            Column::number(tr(lang, "复印件", "Copies")),
            Column::text(tr(lang, "电子件", "Scan")),
        ];
        let code = receipt.query_code.clone().unwrap_or_else(|| tr(lang, "没有，用证件号码后四位查询", "None: the last four of the document number open it").to_owned());
        let facts = vec![
            Fact::new(tr(lang, "受理编号", "Case number"), receipt.case_no.clone()),
            Fact::new(tr(lang, "查询码", "Query code"), code),
            Fact::new(tr(lang, "事项", "Item"), receipt.item.get(lang)),
            Fact::new(tr(lang, "办理机关", "Body that answers"), receipt.body.get(lang)),
        ];
        let directed = directed.map(|issue| {
            let words = lang.pick(issue.message.zh.to_string(), issue.message.en.to_string());
            view! { <Notice tone=Tone::Plain>{words}</Notice> }
        });
        let moment = ui::moment(lang, receipt.at);
        let word = if again { tr(lang, "补打", "Printed again") } else { tr(lang, "已收件", "Taken in") };
        view! {
            <h1>{title}</h1>
            <Answer tone=Tone::Good word moment=moment>
                <p>{tr(lang, "请把这一页打印给申请人。没有手机的，凭受理编号和查询码可以在任何窗口或者网页查询。",
                    "Print this page for the applicant. The number and the query code open the progress at any counter or online.")}</p>
            </Answer>
            {directed}
            <Facts items=facts/>
            <DataTable caption=tr(lang, "收到的材料", "Papers received") columns rows empty=Empty::new(tr(lang, "没有收取材料。", "None."))/>
            <Qr address=progress label=tr(lang, "查询进度的网址", "Address of the progress page")/>
            <div class="actions">
                <PrintButton/>
                <LinkButton href=case kind=ButtonKind::Secondary>{tr(lang, "查看办件", "Open the case")}</LinkButton>
                <LinkButton href=url::desk_intake() kind=ButtonKind::Secondary>{tr(lang, "受理下一件", "The next one")}</LinkButton>
            </div>
        }
    })
}

fn scanned(lang: Lang, is: bool) -> &'static str {
    if is { tr(lang, "有", "Yes") } else { tr(lang, "无", "No") }
}
