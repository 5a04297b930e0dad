//! Offices for administrators: the list, one office's data, days that differ, closures with a preview, slot plans with a preview.

use booking::hours::DayRule;
use booking::ops::offices::WEEK_FIELDS;
use booking::plan::{Seed, SlotPlan};
use booking::{OfficeCard, WEEKDAYS};
use kernel::{Day, Lang};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Checkbox, Checkboxes, Choice, Column, DataTable, Empty, Field, Fieldset, Form, Hidden, Kind, LinkButton, Notice, Page,
    Select, Shell, TextArea, Tone, Values, Width, tr, url,
};

/// The list of offices.
pub fn list(shell: &Shell, offices: Vec<OfficeCard>, next: Option<String>) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "办事处", "Offices");
    ui::render(shell, Page::staff(heading), move || {
        let rows = offices
            .into_iter()
            .map(|office| {
                let (tone, word) = if office.active { (Tone::Good, tr(lang, "开放", "open")) } else { (Tone::Plain, tr(lang, "停用", "closed down")) };
                vec![
                    Cell::link(url::admin_office(&office.code), office.name.get(lang)),
                    Cell::text(&office.code),
                    Cell::text(office.region.as_str()),
                    Cell::text(office.kinds.join(" ")),
                    Cell::tag(tone, word),
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "名称", "Name")),
            Column::text(tr(lang, "编号", "Code")),
            Column::text(tr(lang, "区划", "Region")),
            Column::text(tr(lang, "业务", "Business")),
            Column::text(tr(lang, "状态", "State")),
        ];
        let next = next.map(|after| url::with(url::admin_offices(), &[("after", &after)])).unwrap_or_default();
        view! {
            <h1>{heading}</h1>
            <p><LinkButton href=url::admin_office_new()>{tr(lang, "新设办事处", "Open an office")}</LinkButton></p>
            <DataTable caption=heading columns rows empty=Empty::new(tr(lang, "您的地区还没有办事处。", "There are no offices in your regions."))/>
            <ui::Pager next/>
        }
    })
}

fn fields(lang: Lang) -> impl IntoView {
    let week = WEEKDAYS
        .into_iter()
        .zip(WEEK_FIELDS)
        .map(|(day, name)| view! { <Field name label=day.text(lang) width=Width::Medium optional=true/> })
        .collect_view();
    view! {
        <Field name="name_zh" label=tr(lang, "中文名称", "Chinese name")/>
        <Field name="name_en" label=tr(lang, "英文名称", "English name")/>
        <Field name="address_zh" label=tr(lang, "中文地址", "Chinese address")/>
        <Field name="address_en" label=tr(lang, "英文地址", "English address")/>
        <TextArea name="phones" label=tr(lang, "电话", "Telephones") hint=tr(lang, "每行一个。", "One a line.") optional=true/>
        <Field name="position" label=tr(lang, "经度,纬度", "Longitude, latitude") hint="120.15,30.28" width=Width::Medium optional=true/>
        <Field name="counters" label=tr(lang, "窗口数", "Counters") kind=Kind::Number/>
        <TextArea name="kinds" label=tr(lang, "办理的业务", "Kinds of business") hint="marriage.domestic" optional=true/>
        <Fieldset legend=tr(lang, "每周办公时间", "Hours of the week")
            hint=tr(lang, "写法：09:00-12:00 13:30-17:00；不办公留空。休息日开放请用“特别开放”提前公布。", "Write 09:00-12:00 13:30-17:00; leave closed days empty. Openings on rest days are published below.")>
            {week}
        </Fieldset>
        <Checkbox name="active" label=tr(lang, "对外服务", "Serves the public")/>
    }
}

/// Opening an office.
pub fn new(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "新设办事处", "Open an office");
    ui::render(shell, Page::staff(heading).back(url::admin_offices()).values(&values), move || {
        view! {
            <h1>{heading}</h1>
            <Form action=url::admin_office_new() values>
                <Field name="code" label=tr(lang, "编号", "Code") hint=tr(lang, "公开使用，不能更改。", "Public; it stays.") width=Width::Medium/>
                <Field name="uscc" label=tr(lang, "所属单位统一社会信用代码", "Credit code of the organisation") width=Width::Medium/>
                {fields(lang)}
                <Button>{tr(lang, "保存", "Save")}</Button>
            </Form>
        }
    })
}

/// One office with everything that can be changed.
pub struct Edit {
    /// The office.
    pub office: OfficeCard,
    /// Days to come that differ.
    pub special: Vec<DayRule>,
    /// The plans in use.
    pub plans: Vec<SlotPlan>,
    /// What a plan that is being filled in would make first.
    pub preview: Option<(Day, Vec<Seed>)>,
}

/// The page of one office. `values` belongs to the form named by `form`: `office`, `day`, `close` or `plan`.
pub fn edit(shell: &Shell, data: Edit, form: &str, values: Values) -> String {
    let lang = shell.lang;
    let heading = data.office.name.get(lang).to_owned();
    let of = |name: &str| if form == name { values.clone() } else { Values::new() };
    let (office_values, day_values, close_values, plan_values) = (of("office"), of("day"), of("close"), of("plan"));
    let page = Page::staff(heading.clone()).back(url::admin_offices()).values(&values);
    ui::render(shell, page, move || {
        let code = data.office.code.clone();
        let office_values = known(office_values, &data.office);
        let plans = plans(lang, &code, data.plans);
        let kinds = data.office.kinds.iter().map(|kind| Choice::new(kind, kind.clone())).collect();
        let preview = data.preview.map(|(day, seeds)| preview(lang, day, seeds));
        let ready = preview.is_some();
        view! {
            <h1>{heading}</h1>
            <p><a href=url::office(&code)>{tr(lang, "公开页面", "Public page")}</a>" · "<a href=url::admin_hall(&code)>{tr(lang, "大厅叫号", "Hall")}</a></p>
            <h2>{tr(lang, "特别安排", "Days that differ")}</h2>
            {super::offices::special(lang, data.special)}
            <h3>{tr(lang, "公布特别开放", "Publish an opening")}</h3>
            <Form action=url::admin_office_days(&code) values=day_values>
                <Field name="day" label=tr(lang, "日期", "Day") kind=Kind::Date/>
                <Field name="hours" label=tr(lang, "时间", "Hours") hint="09:00-12:00 13:30-17:00" width=Width::Medium/>
                <Field name="note_zh" label=tr(lang, "中文说明", "Note in Chinese")/>
                <Field name="note_en" label=tr(lang, "英文说明", "Note in English")/>
                <Button>{tr(lang, "公布", "Publish")}</Button>
            </Form>
            <h3>{tr(lang, "临时关闭一天", "Close for a day")}</h3>
            <Form action=url::admin_office_close(&code) values=close_values>
                <Field name="day" label=tr(lang, "日期", "Day") kind=Kind::Date/>
                <Field name="reason_zh" label=tr(lang, "中文原因", "Reason in Chinese")/>
                <Field name="reason_en" label=tr(lang, "英文原因", "Reason in English")/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查看影响", "See what it touches")}</Button>
            </Form>
            <h2>{tr(lang, "号源方案", "Slot plans")}</h2>
            {plans}
            <h3>{tr(lang, "新方案", "A new plan")}</h3>
            {preview}
            <Form action=url::admin_office_plans(&code) values=plan_values>
                <Select name="item_kind" label=tr(lang, "业务", "Business") options=kinds/>
                <Checkboxes name="weekdays" legend=tr(lang, "星期", "Weekdays")
                    options=WEEKDAYS.into_iter().zip(1..).map(|(day, n): (_, u8)| Choice::new(n, day.text(lang))).collect()/>
                <Checkbox name="on_special" label=tr(lang, "特别开放日也放号", "Also on special openings")/>
                <Field name="hours" label=tr(lang, "时间", "Hours") hint="09:00-12:00 13:30-17:00" width=Width::Medium/>
                <Field name="minutes" label=tr(lang, "每段分钟数", "Minutes of a slot") kind=Kind::Number/>
                <Field name="places" label=tr(lang, "每段号数", "Places of a slot") kind=Kind::Number/>
                <Field name="online_percent" label=tr(lang, "网上比例（%）", "Share online (%)") kind=Kind::Number optional=true/>
                <Field name="from" label=tr(lang, "起始日期", "First day") kind=Kind::Date optional=true/>
                <Field name="to" label=tr(lang, "结束日期", "Last day") kind=Kind::Date optional=true/>
                <Button kind=ButtonKind::Secondary name="step" value="preview">{tr(lang, "预览", "Preview")}</Button>
                {ready.then(|| view! { <Button name="step" value="save">{tr(lang, "保存并放号", "Save and make the slots")}</Button> })}
            </Form>
            <h2>{tr(lang, "基本信息", "The office")}</h2>
            <Form action=url::admin_office(&code) values=office_values>
                <Hidden name="version" value=data.office.version.to_string()/>
                {fields(lang)}
                <Button>{tr(lang, "保存", "Save")}</Button>
            </Form>
        }
    })
}

/// The office's data in its form, where nothing was typed.
fn known(values: Values, office: &OfficeCard) -> Values {
    let input = booking::ops::offices::OfficeInput::from(office);
    // a form that was sent without the tick says no
    let sent = values.pairs().next().is_some();
    let values = if sent || !office.active { values } else { values.with("active", "yes") };
    let values = values
        .or("name_zh", input.name_zh)
        .or("name_en", input.name_en)
        .or("address_zh", input.address_zh)
        .or("address_en", input.address_en)
        .or("phones", input.phones)
        .or("position", input.position)
        .or("counters", input.counters)
        .or("kinds", input.kinds);
    WEEK_FIELDS.into_iter().zip(input.week).fold(values, |values, (name, hours)| values.or(name, hours))
}

fn plans(lang: Lang, code: &str, plans: Vec<SlotPlan>) -> impl IntoView + use<> {
    let rows = plans
        .into_iter()
        .map(|plan| {
            let days: Vec<&str> = WEEKDAYS.into_iter().enumerate().filter(|(n, _)| plan.weekdays & (1 << n) != 0).map(|(_, day)| day.text(lang)).collect();
            let range = format!("{} – {}", plan.from, plan.to.map(|day| day.to_string()).unwrap_or_default());
            let end = url::admin_office_plan_end(code);
            vec![
                Cell::text(&plan.item_kind),
                Cell::text(days.join(" ")),
                Cell::text(&plan.hours),
                Cell::text(plan.minutes),
                Cell::text(format!("{} · {}%", plan.places, plan.online_percent)),
                Cell::text(range),
                Cell::act(end, vec![("plan", plan.id.to_string())], tr(lang, "结束", "End")),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "业务", "Business")),
        Column::text(tr(lang, "星期", "Weekdays")),
        Column::text(tr(lang, "时间", "Hours")),
        Column::number(tr(lang, "分钟", "Minutes")),
        Column::number(tr(lang, "号数", "Places")),
        Column::text(tr(lang, "日期", "Days")),
        Column::text(tr(lang, "操作", "Act")),
    ];
    view! { <DataTable caption=tr(lang, "在用方案", "Plans in use") columns rows empty=Empty::new(tr(lang, "没有方案，网上不放号。", "No plan: nothing can be booked."))/> }
}

fn preview(lang: Lang, day: Day, seeds: Vec<Seed>) -> impl IntoView {
    let online: i64 = seeds.iter().map(|seed| seed.quota_online).sum();
    let onsite: i64 = seeds.iter().map(|seed| seed.quota_onsite).sum();
    let times: Vec<String> = seeds.iter().map(|seed| format!("{}–{}", seed.start.hm(), seed.end.hm())).collect();
    let text = match lang {
        Lang::Zh => format!("首日 {}：{} 段，网上 {online} 个，现场 {onsite} 个。", ui::date(lang, day), seeds.len()),
        Lang::En => format!("First day {}: {} slots, {online} places online, {onsite} on site.", ui::date(lang, day), seeds.len()),
    };
    view! { <Notice tone=Tone::Plain title=tr(lang, "预览", "Preview")><p>{text}</p><p>{times.join("、")}</p></Notice> }
}

/// What a closure touches, before it is done.
pub fn close(shell: &Shell, office: OfficeCard, touched: i64, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "关闭这一天？", "Close this day?");
    ui::render(shell, Page::staff(heading).back(url::admin_office(&office.code)).values(&values), move || {
        let day = values.get("day").to_owned();
        let text = match lang {
            Lang::Zh => format!("{}，{day}：{touched} 个预约会收到短信，并为其保留新的时间，不计爽约。", office.name.zh),
            Lang::En => format!("{}, {day}: {touched} bookings get a message and another time is kept for each, without penalty.", office.name.en),
        };
        let hidden = ["day", "reason_zh", "reason_en"].map(|name| view! { <Hidden name value=values.get(name).to_owned()/> }).collect_view();
        view! {
            <h1>{heading}</h1>
            <p>{text}</p>
            <Form action=url::admin_office_close(&office.code)>
                {hidden}
                <Hidden name="step" value="act"/>
                <Button kind=ButtonKind::Danger>{tr(lang, "关闭这一天", "Close this day")}</Button>
            </Form>
        }
    })
}
