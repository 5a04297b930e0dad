//! Lists of countries that an administrator keeps: whose Apostille counts, for which a certificate of record is made.

use kernel::codes::{CodeList, ListName};
use kernel::{Day, Lang};
use leptos::prelude::*;
use marriage::countries::{Entry, List};
use ui::{Button, Cell, Choice, Column, DataTable, Empty, Field, Form, Kind, Page, Radios, Select, Shell, Tone, Values, Width, tr, url};

/// What the area is called in the administrator's overview, and what is done there.
pub fn area(lang: Lang) -> (&'static str, &'static str) {
    (tr(lang, "国家名单", "Lists of countries"), tr(lang, "附加证明书国家、记录证明用途国家", "Apostille; certificates of record"))
}

/// The page; `lists` are the entries of every list.
pub fn page(shell: &Shell, lists: Vec<(List, Vec<Entry>)>, today: Day, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "国家名单", "Lists of countries");
    let page = Page::staff(title).values(&values).back(url::admin());
    ui::render(shell, page, || {
        let tables: Vec<_> = lists.into_iter().map(|(list, entries)| table(lang, list, &entries, today)).collect();
        let kinds = List::ALL.into_iter().map(|list| Choice::new(list.code(), list.name().get(lang))).collect();
        let countries = CodeList::builtin(ListName::Country).iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
        view! {
            <h1>{title}</h1>
            <p>{tr(
                lang,
                "名单以录入的依据为准；没有录入的国家一律不适用。期满的填写末日，不删除。",
                "A list holds what was entered with its source; a country that is not on it does not count. Entries are ended, never removed.",
            )}</p>
            {tables}
            <h2>{tr(lang, "录入或修改", "Enter or change")}</h2>
            <Form action=url::admin_countries() values>
                <Radios name="list" legend=tr(lang, "名单", "List") options=kinds/>
                <Select name="country" label=tr(lang, "国家（地区）", "Country or region") options=countries empty=tr(lang, "请选择", "Choose")/>
                <Field name="from" label=tr(lang, "自", "From") kind=Kind::Date/>
                <Field name="to" label=tr(lang, "至（含当日）", "Up to and including") kind=Kind::Date optional=true/>
                <Field name="source" label=tr(lang, "依据", "Source") width=Width::Full/>
                <Button>{tr(lang, "保存", "Save")}</Button>
            </Form>
        }
    })
}

fn table(lang: Lang, list: List, entries: &[Entry], today: Day) -> AnyView {
    let columns = vec![
        Column::text(tr(lang, "国家（地区）", "Country or region")),
        Column::text(tr(lang, "自", "From")),
        Column::text(tr(lang, "至", "To")),
        Column::text(tr(lang, "依据", "Source")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let rows = entries
        .iter()
        .map(|entry| {
            let (tone, word) = if entry.is_on(today) { (Tone::Good, tr(lang, "适用", "counts")) } else { (Tone::Plain, tr(lang, "不适用", "does not count")) };
            vec![
                Cell::text(entry.name().get(lang)),
                Cell::text(entry.from.text(lang)),
                Cell::text(entry.to.map_or_else(|| "—".to_owned(), |day| day.text(lang))),
                Cell::text(&entry.source),
                Cell::tag(tone, word),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "名单还是空的，在下面录入。", "The list is empty: enter countries below."));
    view! { <DataTable caption=list.name().get(lang).to_owned() columns rows empty/> }.into_any()
}
