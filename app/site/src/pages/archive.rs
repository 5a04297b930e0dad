//! Archives: what is due, the packages, one package, and a package that somebody brings.

use casework::archive::{Due, Package};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Fact, Facts, FileField, Form, LinkButton, Notice, Page, Pager, Shell, Tone, Values, tr, url};

/// Rows of a page; a full page may have another after it.
const PAGE: usize = 50;

/// Finished cases without a package, those due first at the top.
pub fn due(shell: &Shell, lines: Vec<Due>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "待归档办件", "Cases to be archived");
    let next = if lines.len() == PAGE { lines.last().map(|line| url::with(url::archive(), &[("after", &line.key)])) } else { None };
    let today = shell.today;
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "单位", "Organisation")),
        Column::text(tr(lang, "办结日期", "Finished")),
        Column::text(tr(lang, "归档期限", "Due")),
        Column::text(tr(lang, "操作", "Act")),
    ];
    let rows = lines
        .into_iter()
        .map(|line| {
            let due = if line.due_on < today { Cell::tag(Tone::Bad, line.due_on.text(lang)) } else { Cell::text(line.due_on.text(lang)) };
            let act = if line.started {
                Cell::tag(Tone::Mind, tr(lang, "正在打包", "Being packed"))
            } else {
                Cell::act(url::archive_start(line.case), Vec::new(), tr(lang, "归档", "Archive"))
            };
            vec![Cell::text(line.case_no), Cell::text(line.org_name), Cell::text(line.finished_on.text(lang)), due, act]
        })
        .collect();
    let empty = Empty::new(tr(lang, "没有待归档的办件。", "Nothing waits to be archived.")).act(url::archive_packages(), tr(lang, "查看归档包", "See the packages"));
    ui::render(shell, Page::staff(title).wide(), move || {
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "快到期而没有人处理的，系统会自动归档。", "What nobody archives in time the program archives by itself.")}</p>
            <DataTable caption=tr(lang, "先到期的在前", "Those due first at the top") columns rows empty/>
            <Pager next=next.unwrap_or_default()/>
            <ul class="link-list">
                <li><a href=url::archive_packages()>{tr(lang, "归档包", "Packages")}</a></li>
                <li><a href=url::archive_check()>{tr(lang, "校验归档包文件", "Verify a package file")}</a></li>
            </ul>
        }
    })
}

/// Packages, the newest first.
pub fn packages(shell: &Shell, all: Vec<Package>) -> String {
    let lang = shell.lang;
    let title = tr(lang, "归档包", "Packages");
    let next =
        if all.len() == PAGE { all.last().map(|last| url::with(url::archive_packages(), &[("before", &last.packed_at.micros().to_string())])) } else { None };
    let columns = vec![
        Column::text(tr(lang, "受理编号", "Case number")),
        Column::text(tr(lang, "办结日期", "Finished")),
        Column::text(tr(lang, "归档时间", "Packed")),
        Column::number(tr(lang, "文件数", "Files")),
        Column::text(tr(lang, "校验", "Verified")),
    ];
    let rows = all
        .into_iter()
        .map(|package| {
            let state = state(lang, &package);
            vec![
                Cell::link(url::archive_case(package.case), package.case_no),
                Cell::text(package.finished_on.text(lang)),
                Cell::text(ui::moment(lang, package.packed_at)),
                Cell::text(package.files),
                Cell::tag(state.0, state.1),
            ]
        })
        .collect();
    let empty = Empty::new(tr(lang, "还没有归档包。", "There are none yet."));
    ui::render(shell, Page::staff(title).wide().back(url::archive()), move || {
        view! { <h1>{title}</h1><DataTable caption=tr(lang, "新的在前", "The newest first") columns rows empty/><Pager next=next.unwrap_or_default()/> }
    })
}

fn state(lang: kernel::Lang, package: &Package) -> (Tone, String) {
    if package.damaged.is_empty() {
        (Tone::Good, format!("{} {}", tr(lang, "完整", "Whole"), ui::moment(lang, package.verified_at)))
    } else {
        (Tone::Bad, format!("{} {}", tr(lang, "损坏：", "Damaged:"), package.damaged))
    }
}

/// The package of a case.
pub fn package(shell: &Shell, package: Package, values: Values) -> String {
    let lang = shell.lang;
    let title = format!("{} {}", tr(lang, "归档包", "Package"), package.case_no);
    let (tone, word) = state(lang, &package);
    let case = package.case;
    let facts = vec![
        Fact::new(tr(lang, "办结日期", "Finished"), package.finished_on.text(lang)),
        Fact::new(tr(lang, "归档期限", "Due"), package.due_on.text(lang)),
        Fact::new(tr(lang, "归档时间", "Packed"), ui::moment(lang, package.packed_at)),
        Fact::new(tr(lang, "文件数", "Files"), package.files.to_string()),
        Fact::new(tr(lang, "大小", "Size"), ui::size(package.bytes)),
        Fact::new(tr(lang, "摘要清单的 SM3", "SM3 of the list of digests"), package.listed_sm3),
        Fact::view(tr(lang, "校验", "Verified"), view! { <ui::StatusTag tone word/> }),
    ];
    ui::render(shell, Page::staff(title.clone()).values(&values).back(url::archive_packages()), move || {
        view! {
            <h1>{title}</h1>
            <Facts items=facts/>
            <Form action=url::archive_verify(case)><Button>{tr(lang, "重新校验", "Verify again")}</Button></Form>
            <p><LinkButton href=url::archive_package(case) kind=ButtonKind::Secondary>{tr(lang, "下载归档包", "Download the package")}</LinkButton></p>
        }
    })
}

/// Verifying a package file; `whole` after one was found so.
pub fn check(shell: &Shell, whole: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "校验归档包文件", "Verify a package file");
    ui::render(shell, Page::staff(title).values(&values).back(url::archive()), move || {
        let good = whole.then(|| view! { <Notice tone=Tone::Good>{tr(lang, "归档包完整，没有改动。", "The package is whole and unchanged.")}</Notice> });
        view! {
            <h1>{title}</h1>
            {good}
            <Form action=url::archive_check() files=true values>
                <FileField name="package" label=tr(lang, "归档包（.tar，最大 20 MB）", "Package (.tar, at most 20 MB)") accept=".tar"/>
                <Button>{tr(lang, "校验", "Verify")}</Button>
            </Form>
        }
    })
}
