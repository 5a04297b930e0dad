//! A hall for the administrator: groups, windows, the addresses of kiosk and screen, the numbers of the queue.

use booking::OfficeCard;
use hall::{Board, GroupCard, GroupId, WindowCard, WindowId};
use kernel::{Lang, Text};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Checkbox, Checkboxes, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, Page, Shell, Tone, Values,
    Width, tr, url,
};

/// An office without a hall.
pub fn closed(shell: &Shell, office: OfficeCard) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "大厅叫号", "Hall");
    ui::render(shell, Page::staff(heading).back(url::admin_office(&office.code)), move || {
        view! {
            <h1>{format!("{heading} · {}", office.name.get(lang))}</h1>
            <p>{tr(lang, "开通后可以设置发号事项和窗口。", "Once it is open you can set up business and windows.")}</p>
            <Form action=url::admin_hall_part(&office.code, "open")><Button>{tr(lang, "开通大厅叫号", "Open the hall")}</Button></Form>
        }
    })
}

/// What the page shows beside the hall itself.
pub struct Beside {
    /// The full address of the kiosk.
    pub kiosk: String,
    /// The full address of the screen.
    pub screen: String,
    /// Kinds of business with their names.
    pub kinds: Vec<(String, Text)>,
}

impl Beside {
    /// The name of a kind; its code where no service declares it any more.
    fn kind(&self, lang: Lang, code: &str) -> String {
        let known = self.kinds.iter().find(|(kind, _)| kind == code);
        known.map_or_else(|| code.to_owned(), |(_, name)| name.get(lang).to_owned())
    }
}

/// What the two forms of the page change; something new if they name nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Editing {
    /// The group.
    pub group: Option<GroupId>,
    /// The window.
    pub window: Option<WindowId>,
}

/// The page of a hall. `values` belongs to the form named by `form`: `groups`, `windows` or `numbers`.
pub fn page(shell: &Shell, office: OfficeCard, board: Board, beside: Beside, editing: Editing, form: &str, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "大厅叫号", "Hall");
    let form = form.to_owned();
    ui::render(shell, Page::staff(heading).back(url::admin_office(&office.code)).values(&values), move || {
        let of = |name: &str| if form == name { values.clone() } else { Values::new() };
        let group = group_form(lang, &office, &beside, editing.group.and_then(|id| board.group(id)), of("groups"));
        let groups = groups_table(lang, &office, &board, &beside);
        let window = window_form(lang, &office, &board, editing.window.and_then(|id| board.window(id)), of("windows"));
        let numbers = numbers_form(lang, &office, &board, of("numbers"));
        view! {
            <h1>{format!("{heading} · {}", office.name.get(lang))}</h1>
            <h2>{tr(lang, "自助取号机和大屏", "Kiosk and screen")}</h2>
            <Facts items=vec![
                Fact::new(tr(lang, "取号机地址", "Address of the kiosk"), beside.kiosk),
                Fact::new(tr(lang, "大屏地址", "Address of the screen"), beside.screen),
            ]/>
            <p>{tr(lang, "地址即钥匙，只输入到大厅的设备上。", "The addresses are keys: enter them on the machines of the hall only.")}</p>
            <Form action=url::admin_hall_part(&office.code, "key")>
                <Button kind=ButtonKind::Danger>{tr(lang, "更换地址（旧地址立即失效）", "Change the addresses (the old ones end at once)")}</Button>
            </Form>
            <h2>{tr(lang, "发号事项", "Business with tickets")}</h2>
            {groups}
            {group}
            <h2>{tr(lang, "窗口", "Windows")}</h2>
            {windows_table(lang, &office, &board)}
            {window}
            <h2>{tr(lang, "叫号规则的数值", "Numbers of the queue")}</h2>
            {numbers}
        }
    })
}

fn groups_table(lang: Lang, office: &OfficeCard, board: &Board, beside: &Beside) -> AnyView {
    let rows = board
        .groups
        .iter()
        .map(|group| {
            let edit = url::with(url::admin_hall(&office.code), &[("group", &group.id.to_string())]);
            let (tone, word) = if group.active { (Tone::Good, tr(lang, "发号", "gives tickets")) } else { (Tone::Plain, tr(lang, "停发", "stopped")) };
            vec![
                Cell::link(edit, format!("{} {}", group.letter, group.name.get(lang))),
                Cell::text(group.kinds.iter().map(|kind| beside.kind(lang, kind)).collect::<Vec<_>>().join(tr(lang, "、", ", "))),
                Cell::text(group.minutes),
                Cell::tag(tone, word),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "事项", "Business")),
        Column::text(tr(lang, "包含的业务", "Kinds")),
        Column::number(tr(lang, "预计分钟", "Expected min")),
        Column::text(tr(lang, "状态", "State")),
    ];
    let empty = Empty::new(tr(lang, "先设置一个发号事项，再设置窗口。", "Set up a group first, then windows."));
    view! { <DataTable caption=tr(lang, "发号事项", "Groups") columns rows empty/> }.into_any()
}

fn windows_table(lang: Lang, office: &OfficeCard, board: &Board) -> AnyView {
    let rows = board
        .windows
        .iter()
        .map(|window| {
            let edit = url::with(url::admin_hall(&office.code), &[("window", &window.id.to_string())]);
            let groups: Vec<_> = window.groups.iter().filter_map(|id| board.group(*id)).map(|group| group.name.get(lang).to_owned()).collect();
            vec![Cell::link(edit, super::hall::window_name(lang, window.no)), Cell::text(groups.join("、"))]
        })
        .collect();
    let columns = vec![Column::text(tr(lang, "窗口", "Window")), Column::text(tr(lang, "办理的事项", "Business"))];
    view! { <DataTable caption=tr(lang, "窗口", "Windows") columns rows empty=Empty::new(tr(lang, "还没有窗口。", "There are no windows yet."))/> }.into_any()
}

/// One pair of a form for each of several choices.
fn chosen(name: &str, values: impl Iterator<Item = String>) -> Vec<(String, String)> {
    values.map(|value| (name.to_owned(), value)).collect()
}

fn group_form(lang: Lang, office: &OfficeCard, beside: &Beside, group: Option<&GroupCard>, values: Values) -> AnyView {
    let sent = values.pairs().next().is_some();
    let values = match group {
        Some(group) if !sent => {
            let known = Values::from_pairs(chosen("kinds", group.kinds.iter().cloned()))
                .with("letter", &group.letter)
                .with("name_zh", &group.name.zh)
                .with("name_en", &group.name.en)
                .with("minutes", group.minutes);
            if group.active { known.with("active", "yes") } else { known }
        }
        None if !sent => values.with("active", "yes"),
        _ => values,
    };
    let id = group.map(|group| group.id.to_string()).unwrap_or_default();
    let options = office.kinds.iter().map(|kind| Choice::new(kind, beside.kind(lang, kind))).collect();
    let heading = match group {
        Some(group) => format!("{} {} {}", tr(lang, "更改", "Change"), group.letter, group.name.get(lang)),
        None => tr(lang, "新的发号事项", "A new group").to_owned(),
    };
    view! {
        <h3>{heading}</h3>
        <Form action=url::admin_hall_part(&office.code, "groups") values>
            <Hidden name="id" value=id/>
            <Field name="letter" label=tr(lang, "号码前的字母", "Letter before the number") width=Width::Short/>
            <Field name="name_zh" label=tr(lang, "中文名称", "Chinese name")/>
            <Field name="name_en" label=tr(lang, "英文名称", "English name")/>
            <Checkboxes name="kinds" legend=tr(lang, "包含的业务", "Kinds of business") options/>
            <Field name="minutes" label=tr(lang, "预计每号分钟数", "Expected minutes of a visit") kind=Kind::Number width=Width::Short/>
            <Checkbox name="active" label=tr(lang, "现场发号", "Tickets are given out")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "保存", "Save")}</Button>
        </Form>
    }
    .into_any()
}

fn window_form(lang: Lang, office: &OfficeCard, board: &Board, window: Option<&WindowCard>, values: Values) -> AnyView {
    let sent = values.pairs().next().is_some();
    let values = match window {
        Some(window) if !sent => Values::from_pairs(chosen("groups", window.groups.iter().map(ToString::to_string))).with("no", window.no),
        _ => values,
    };
    let id = window.map(|window| window.id.to_string()).unwrap_or_default();
    let options = board.groups.iter().map(|group| Choice::new(group.id.to_string(), format!("{} {}", group.letter, group.name.get(lang)))).collect();
    let heading = match window {
        Some(window) => format!("{} {}", tr(lang, "更改", "Change"), super::hall::window_name(lang, window.no)),
        None => tr(lang, "新的窗口", "A new window").to_owned(),
    };
    view! {
        <h3>{heading}</h3>
        <Form action=url::admin_hall_part(&office.code, "windows") values>
            <Hidden name="id" value=id/>
            <Field name="no" label=tr(lang, "窗口号", "Number of the window") kind=Kind::Number width=Width::Short/>
            <Checkboxes name="groups" legend=tr(lang, "办理的事项", "Business") options/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "保存", "Save")}</Button>
        </Form>
    }
    .into_any()
}

fn numbers_form(lang: Lang, office: &OfficeCard, board: &Board, values: Values) -> AnyView {
    let numbers = board.hall.rules.numbers.each();
    let values = numbers.iter().fold(values, |values, (name, _, number)| values.or(name, number.value));
    let fields: Vec<_> = numbers
        .into_iter()
        .map(|(name, label, number)| (name, label.get(lang).to_owned(), format!("{}{}", tr(lang, "依据：", "Source: "), number.source)))
        .collect();
    // made inside the form: that is where a field finds its value
    let fields = move || {
        fields.iter().cloned().map(|(name, label, hint)| view! { <Field name label hint kind=Kind::Number width=Width::Short/> }).collect_view()
    };
    let version = board.hall.version.to_string();
    view! {
        <Form action=url::admin_hall_part(&office.code, "numbers") values id="numbers">
            <Hidden name="version" value=version/>
            {fields()}
            <Field name="source" label=tr(lang, "更改的依据", "Who decided the change")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "保存", "Save")}</Button>
        </Form>
    }
    .into_any()
}
