//! Third step at the counter: what is there of the papers, scanned or taken from an earlier matter.

use casework::ops::Offered;
use casework::{CounterPaper, CounterSheet, Here, Scan, form as declared};
use catalog::model::{Elements, Material, Necessity};
use kernel::{Day, Lang};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Choice, Field, Fieldset, FileField, Form, Hidden, Kind, Page, Radios, Shell, Values, Width, tr, url};

use super::intake_sheet::Sheet;
use super::matters::apply::SEEN;

/// Name of the buttons: go on, scan and stay, take a held paper, take a scan away.
pub const ACT: &str = "_act";
/// What is accepted, for the browser's chooser.
const ACCEPT: &str = "image/jpeg,image/png,application/pdf";

/// Names of the fields of a material: whether it is here, originals, copies, last day for a promise.
pub fn fields_of(key: &str) -> [String; 4] {
    ["_has", "_originals", "_copies", "_due"].map(|name| format!("{name}.{key}"))
}

/// Name of the field with the scan of a material.
pub fn scan_field(key: &str) -> String {
    format!("_scan.{key}")
}

/// The page: one form, so that nothing noted of one paper is lost when another is scanned.
pub fn papers(shell: &Shell, data: &Sheet, sheet: &CounterSheet, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "材料", "Papers");
    let step = match lang {
        Lang::Zh => format!("{} · 第 3 步，共 4 步", data.elements.name.get(lang)),
        Lang::En => format!("{} · Step 3 of 4", data.elements.name.get(lang)),
    };
    let values = noted(data, sheet).over(values);
    ui::render(shell, Page::staff(title).back(url::desk_sheet(sheet.id)).values(&values), move || {
        let asked: Vec<_> = declared::materials(&data.case_type, &data.elements, &data.answers).into_iter().cloned().collect();
        let ours = data.directed.is_none();
        let none = asked.is_empty().then(|| view! { <p>{tr(lang, "不用提交任何材料。", "No paper is needed.")}</p> });
        let (action, seen) = (url::desk_sheet_papers(sheet.id), sheet.version.to_string());
        let (sheet, elements, offered) = (sheet.clone(), data.elements.clone(), data.offered.clone());
        view! {
            <p class="hint">{step}</p>
            <h1>{title}</h1>
            {none}
            <Form action values files=true>
                <Hidden name=SEEN value=seen/>
                {asked.iter().map(|material| one(lang, &sheet, material, &elements, ours, &offered)).collect::<Vec<_>>()}
                <Button name=ACT value="on">{tr(lang, "保存并继续", "Save and continue")}</Button>
            </Form>
        }
    })
}

/// What is noted so far; before anything was, every paper is here as often as the item asks for it, and none of which it asks no number.
fn noted(data: &Sheet, sheet: &CounterSheet) -> Values {
    data.elements.materials.iter().fold(Values::new(), |values, material| {
        let [has, originals, copies, due] = fields_of(&material.key);
        match sheet.form.papers.get(&material.key) {
            Some(paper) => values.with(&has, paper.here.code()).with(&originals, paper.originals).with(&copies, paper.copies).with(&due, &paper.due),
            None if material.originals + material.copies > 0 => values.with(&has, Here::Here.code()).with(&originals, material.originals).with(&copies, material.copies),
            None => values.with(&has, Here::Missing.code()),
        }
    })
}

fn one(lang: Lang, sheet: &CounterSheet, material: &Material, elements: &Elements, ours: bool, offered: &Offered) -> AnyView {
    let [has, originals, copies, due] = fields_of(&material.key);
    let later = ours && elements.online.tolerance && material.necessity == Necessity::Later;
    let missing = if ours && declared::is_required(material) { tr(lang, "未提交，一次性告知补正", "Missing: to be supplied") } else { tr(lang, "未提交", "Missing") };
    let mut options = vec![Choice::new(Here::Here.code(), tr(lang, "已收到", "Here")), Choice::new(Here::Missing.code(), missing)];
    if later {
        options.push(Choice::new(Here::Promised.code(), tr(lang, "容缺后补", "Promised")));
    }
    let scan = sheet.form.papers.get(&material.key).and_then(|paper| paper.scan.clone());
    let held = scan.is_none().then(|| earlier(lang, offered, &material.key));
    let label = if scan.is_some() { tr(lang, "换一份扫描件", "Another scan instead") } else { tr(lang, "扫描件", "Scan") };
    let scan = scan.map(|scan| scanned(lang, sheet, &material.key, &scan));
    let (name, field) = (material.name.get(lang).to_owned(), scan_field(&material.key));
    view! {
        <Fieldset legend=name>
            <Radios name=has legend=tr(lang, "是否收到", "Is it here") options inline=true/>
            <div class="form inline">
                <Field name=originals label=tr(lang, "原件（份）", "Originals") kind=Kind::Number width=Width::Short optional=true/>
                <Field name=copies label=tr(lang, "复印件（份）", "Copies") kind=Kind::Number width=Width::Short optional=true/>
            </div>
            {later.then(|| view! { <Field name=due label=tr(lang, "承诺补交日期", "Promised by") kind=Kind::Date optional=true/> })}
            {scan}{held}
            <FileField name=field label accept=ACCEPT optional=true hint=tr(lang, "照片（JPG、PNG）或 PDF，不超过 20 MB；可以不扫描。", "A photo (JPG, PNG) or a PDF, 20 MB at most; may be left out.")/>
            <Button kind=ButtonKind::Secondary name=ACT value="scan">{tr(lang, "上传扫描件", "Send the scan")}</Button>
        </Fieldset>
    }
    .into_any()
}

/// A scan that is here.
fn scanned(lang: Lang, sheet: &CounterSheet, key: &str, scan: &Scan) -> AnyView {
    let name = if scan.file_name.is_empty() { tr(lang, "未命名文件", "Unnamed file").to_owned() } else { scan.file_name.clone() };
    let since = match scan.from {
        Some(_) => format!("{}{}", tr(lang, "沿用此前提交的，", "Sent before, on "), ui::date(lang, scan.at.day())),
        None => ui::moment(lang, scan.at),
    };
    view! {
        <p><a href=url::desk_sheet_scan(sheet.id, key)>{name}</a><span class="source">{since}</span></p>
        <Button kind=ButtonKind::Secondary name=ACT value=format!("drop {key}")>{tr(lang, "去掉这份扫描件", "Take the scan away")}</Button>
    }
    .into_any()
}

/// Papers of earlier matters that serve here too: last used first.
fn earlier(lang: Lang, offered: &Offered, key: &str) -> AnyView {
    let rows: Vec<_> = offered
        .papers
        .iter()
        .filter(|(paper, _)| paper.key == key)
        .take(3)
        .map(|(paper, case_no)| {
            let day = ui::date(lang, paper.received_at.day());
            let source = match lang {
                Lang::Zh => format!("最近一次：{day}，办件 {case_no}"),
                Lang::En => format!("Last used on {day}, case {case_no}"),
            };
            let name = super::matters::apply_papers::file_name(lang, paper);
            view! {
                <p>{name}<span class="source">{source}</span></p>
                <Button kind=ButtonKind::Secondary name=ACT value=format!("hold {key} {}", paper.id)>{tr(lang, "用这一份，不用再交", "Use this one")}</Button>
            }
        })
        .collect();
    view! { {rows} }.into_any()
}

/// What is noted of a paper, in words.
pub(crate) fn in_words(lang: Lang, noted: Option<&CounterPaper>) -> String {
    let Some(paper) = noted else { return tr(lang, "未核对", "Not looked at").to_owned() };
    match paper.here {
        Here::Missing => tr(lang, "未提交", "Missing").to_owned(),
        Here::Promised => {
            let day = paper.due.trim().parse::<Day>().map_or_else(|_| paper.due.clone(), |day| ui::date(lang, day));
            format!("{}{day}", tr(lang, "容缺，补交不晚于", "Promised by "))
        }
        Here::Here => {
            let counted = match lang {
                Lang::Zh => format!("原件 {} 份，复印件 {} 份", paper.originals, paper.copies),
                Lang::En => format!("{} originals, {} copies", paper.originals, paper.copies),
            };
            match &paper.scan {
                Some(_) => format!("{counted}{}", tr(lang, "，有电子件", ", scanned")),
                None => counted,
            }
        }
    }
}
