//! A hall for the administrator: groups, windows, the addresses of kiosk and screen, the numbers of the queue.

use booking::OfficeCard;
use hall::{Board, GroupCard, WindowCard};
use kernel::Lang;
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Checkbox, Checkboxes, Choice, Fact, Facts, Field, Form, Hidden, Kind, Notice, Page, Shell, Tone, Values, Width, tr, url,
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

/// Where the machines of a hall look.
pub struct Devices {
    /// The full address of the kiosk.
    pub kiosk: String,
    /// The full address of the screen.
    pub screen: String,
}

/// The page of a hall. `values` belongs to the form named by `form`: `groups`, `windows` or `numbers`, with the id of what it changes.
pub fn page(shell: &Shell, office: OfficeCard, board: Board, devices: Devices, form: &str, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "大厅叫号", "Hall");
    let form = form.to_owned();
    ui::render(shell, Page::staff(heading).back(url::admin_office(&office.code)).values(&values), move || {
        let of = |name: &str, id: &str| if form == name && values.get("id") == id { values.clone() } else { Values::new() };
        let groups: Vec<_> = board.groups.iter().map(|group| group_form(lang, &office, Some(group), of("groups", &group.id.to_string()))).collect();
        let windows: Vec<_> = board.windows.iter().map(|window| window_form(lang, &office, &board, Some(window), of("windows", &window.id.to_string()))).collect();
        let (new_group, new_window) = (group_form(lang, &office, None, of("groups", "")), window_form(lang, &office, &board, None, of("windows", "")));
        let numbers = numbers_form(lang, &office, &board, of("numbers", ""));
        let no_groups = board.groups.is_empty();
        view! {
            <h1>{format!("{heading} · {}", office.name.get(lang))}</h1>
            <h2>{tr(lang, "自助取号机和大屏", "Kiosk and screen")}</h2>
            <Facts items=vec![
                Fact::new(tr(lang, "取号机地址", "Address of the kiosk"), devices.kiosk),
                Fact::new(tr(lang, "大屏地址", "Address of the screen"), devices.screen),
            ]/>
            <p>{tr(lang, "地址即钥匙，只输入到大厅的设备上。", "The addresses are keys: enter them on the machines of the hall only.")}</p>
            <Form action=url::admin_hall_part(&office.code, "key")>
                <Button kind=ButtonKind::Danger>{tr(lang, "更换地址（旧地址立即失效）", "Change the addresses (the old ones end at once)")}</Button>
            </Form>
            <h2>{tr(lang, "发号事项", "Business with tickets")}</h2>
            {no_groups.then(|| view! { <Notice tone=Tone::Mind><p>{tr(lang, "先设置一个发号事项，再设置窗口。", "Set up a group first, then windows.")}</p></Notice> })}
            {groups}
            <h3>{tr(lang, "新的发号事项", "A new group")}</h3>
            {new_group}
            <h2>{tr(lang, "窗口", "Windows")}</h2>
            {windows}
            <h3>{tr(lang, "新的窗口", "A new window")}</h3>
            {new_window}
            <h2>{tr(lang, "叫号规则的数值", "Numbers of the queue")}</h2>
            {numbers}
        }
    })
}

fn group_form(lang: Lang, office: &OfficeCard, group: Option<&GroupCard>, values: Values) -> AnyView {
    let sent = values.pairs().next().is_some();
    let values = match group {
        _ if sent => values,
        None => values.with("active", "yes"),
        Some(group) => {
            let values = values.with("letter", &group.letter).with("name_zh", &group.name.zh).with("name_en", &group.name.en).with("minutes", group.minutes);
            let values = if group.active { values.with("active", "yes") } else { values };
            Values::from_pairs(
                values.pairs().map(|(name, value)| (name.to_owned(), value.to_owned())).chain(group.kinds.iter().map(|kind| ("kinds".to_owned(), kind.clone()))),
            )
        }
    };
    let id = group.map(|group| group.id.to_string()).unwrap_or_default();
    let options = office.kinds.iter().map(|kind| Choice::new(kind, kind.clone())).collect();
    let fields = view! {
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
    };
    match group {
        None => fields.into_any(),
        Some(group) => {
            let words = format!("{} {}", group.letter, group.name.get(lang));
            view! { <details open=sent><summary>{words}</summary>{fields}</details> }.into_any()
        }
    }
}

fn window_form(lang: Lang, office: &OfficeCard, board: &Board, window: Option<&WindowCard>, values: Values) -> AnyView {
    let sent = values.pairs().next().is_some();
    let values = match window {
        Some(window) if !sent => {
            let groups = window.groups.iter().map(|group| ("groups".to_owned(), group.to_string()));
            Values::from_pairs(groups.chain([("no".to_owned(), window.no.to_string())]))
        }
        _ => values,
    };
    let id = window.map(|window| window.id.to_string()).unwrap_or_default();
    let options = board.groups.iter().map(|group| Choice::new(group.id.to_string(), format!("{} {}", group.letter, group.name.get(lang)))).collect();
    let fields = view! {
        <Form action=url::admin_hall_part(&office.code, "windows") values>
            <Hidden name="id" value=id/>
            <Field name="no" label=tr(lang, "窗口号", "Number of the window") kind=Kind::Number width=Width::Short/>
            <Checkboxes name="groups" legend=tr(lang, "办理的事项", "Business") options/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "保存", "Save")}</Button>
        </Form>
    };
    match window {
        None => fields.into_any(),
        Some(window) => view! { <details open=sent><summary>{super::hall::window_name(lang, window.no)}</summary>{fields}</details> }.into_any(),
    }
}

fn numbers_form(lang: Lang, office: &OfficeCard, board: &Board, values: Values) -> AnyView {
    let numbers = board.hall.rules.numbers.each();
    let values = numbers.iter().fold(values, |values, (name, _, number)| values.or(name, number.value));
    let fields: Vec<_> = numbers
        .into_iter()
        .map(|(name, label, number)| {
            let hint = format!("{}{}", tr(lang, "依据：", "Source: "), number.source);
            view! { <Field name label=label.get(lang).to_owned() hint kind=Kind::Number width=Width::Short/> }
        })
        .collect();
    let version = board.hall.version.to_string();
    view! {
        <Form action=url::admin_hall_part(&office.code, "numbers") values id="numbers">
            <Hidden name="version" value=version/>
            {fields}
            <Field name="source" label=tr(lang, "更改的依据", "Who decided the change")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "保存", "Save")}</Button>
        </Form>
    }
    .into_any()
}
