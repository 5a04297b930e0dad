//! Ratings for citizens: rating a matter by its token, one's own matters, and what is published.

use interaction::ratings::{Level, Month, MyMatter, Published, SubjectId, Tag, Told};
use kernel::Lang;
use leptos::prelude::*;
use ui::{
    Button, Cell, Checkbox, Checkboxes, Choice, Column, DataTable, Empty, Fact, Facts, Form, Method, Notice, Page, Pager, Radios, Select, Shell, StatusTag,
    TextArea, Tone, Values, tr, url,
};

/// How a level is coloured.
pub(crate) fn tone(level: Level) -> Tone {
    match level {
        Level::VerySatisfied | Level::Satisfied => Tone::Good,
        Level::Fair => Tone::Plain,
        Level::Dissatisfied | Level::VeryDissatisfied => Tone::Bad,
    }
}

/// The page of a token: what it is about, and the form, or the rating that was given.
pub fn rate(shell: &Shell, token: &str, told: Told, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "为这次服务打分", "Rate this service");
    let facts = vec![
        Fact::new(tr(lang, "事项", "Matter"), told.item.get(lang)),
        Fact::new(tr(lang, "办理地点", "Office"), told.office.get(lang)),
        Fact::new(tr(lang, "编号", "Number"), told.number.clone()),
        Fact::new(tr(lang, "办结日期", "Finished"), ui::date(lang, told.finished_on)),
    ];
    let token = token.to_owned();
    ui::render(shell, Page::public(heading).values(&values), move || {
        let given = told.rated.map(|level| given(lang, level, &told));
        let form = match (told.rated, told.change_until) {
            (None, _) => Some((url::rate(&token), tr(lang, "提交评价", "Send my rating"))),
            (Some(_), Some(_)) => Some((url::rate_change(&token), tr(lang, "修改评价", "Change my rating"))),
            (Some(_), None) => None,
        };
        let first = told.rated.is_none();
        view! {
            <h1>{heading}</h1>
            <Facts items=facts/>
            {given}
            {form.map(|(action, word)| view! {
                <Form action values>
                    {fields(lang)}
                    {first.then(|| view! { <Checkbox name="anonymous" label=tr(lang, "匿名评价（不会有人回访）", "I stay anonymous (nobody will call me back)")/> })}
                    <p class="hint">{tr(lang, "评价自愿。工作人员看不到是谁评的；不满意的，会有专人联系您核实。", "Rating is voluntary. Those who served you do not see who rated; when you are not satisfied, somebody else contacts you.")}</p>
                    <Button>{word}</Button>
                </Form>
            })}
        }
    })
}

fn given(lang: Lang, level: Level, told: &Told) -> AnyView {
    let until = told.change_until.map(|day| match lang {
        Lang::Zh => format!("{}前可以修改一次。", ui::date(lang, day)),
        Lang::En => format!("You may change it once until {}.", ui::date(lang, day)),
    });
    let at = told.rated_at.map(|at| ui::moment(lang, at)).unwrap_or_default();
    view! {
        <Notice tone=Tone::Good title=tr(lang, "您已评价", "You have rated")>
            <p><StatusTag tone=tone(level) word=level.name().get(lang)/>" "{at}</p>
            {until.map(|until| view! { <p>{until}</p> })}
        </Notice>
    }
    .into_any()
}

fn fields(lang: Lang) -> impl IntoView {
    let levels = Level::ALL.iter().map(|level| Choice::new(level.code(), level.name().get(lang))).collect();
    let tags = Tag::ALL.iter().map(|tag| Choice::new(tag.code(), tag.name().get(lang))).collect();
    view! {
        <Radios name="level" legend=tr(lang, "您满意吗？", "How satisfied are you?") options=levels/>
        <Checkboxes name="tags" legend=tr(lang, "主要因为", "Mostly because of") options=tags
            hint=tr(lang, "不满意时请至少选一项。", "Choose at least one when you are not satisfied.")/>
        <TextArea name="words" label=tr(lang, "想说的话", "Anything else") optional=true hint=tr(lang, "不超过500字。", "At most 500 characters.")/>
    }
}

/// My finished matters.
pub fn mine(shell: &Shell, matters: Vec<MyMatter>, next: Option<SubjectId>) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "我的评价", "My ratings");
    ui::render(shell, Page::public(heading).back(url::me()), move || {
        let rows = matters
            .into_iter()
            .map(|matter| {
                let state = match matter.level {
                    Some(level) => Cell::tag(tone(level), level.name().get(lang).to_owned()),
                    None => Cell::text(tr(lang, "未评价", "not rated")),
                };
                vec![
                    Cell::link(url::rate(&matter.token), matter.item.get(lang)),
                    Cell::text(matter.office.get(lang)),
                    Cell::text(ui::date(lang, matter.finished_on)),
                    state,
                ]
            })
            .collect();
        let columns = vec![
            Column::text(tr(lang, "事项", "Matter")),
            Column::text(tr(lang, "办理地点", "Office")),
            Column::text(tr(lang, "办结日期", "Finished")),
            Column::text(tr(lang, "评价", "Rating")),
        ];
        let next = next.map(|id| url::with(url::my_ratings(), &[("before", &id.to_string())])).unwrap_or_default();
        view! {
            <h1>{heading}</h1>
            <DataTable caption=tr(lang, "办结的事项，新的在前", "Finished matters, the newest first") columns rows
                empty=Empty::new(tr(lang, "还没有办结的事项。办结后可以在这里评价。", "Nothing is finished yet. You can rate here once it is.")).act(url::items(), tr(lang, "看看能办什么", "See what there is"))/>
            <Pager next/>
        }
    })
}

/// What is published: figures of a month by office, and words of one office.
pub fn published(shell: &Shell, data: Published) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "好差评公开", "Published ratings");
    ui::render(shell, Page::public(heading).wide().indexed(), move || {
        let months: Vec<_> = data.months.iter().map(|month| Choice::new(month, month.clone())).collect();
        let values = Values::new().with("month", &data.month);
        let next = data.next.map(|after| url::with(url::ratings(), &[("month", &data.month), ("after", &after)])).unwrap_or_default();
        let month = data.month.clone();
        let rows = data.offices.into_iter().map(|office| row(lang, &month, office)).collect();
        let columns = vec![
            Column::text(tr(lang, "办事处", "Office")),
            Column::number(tr(lang, "办结", "Finished")),
            Column::number(tr(lang, "评价", "Rated")),
            Column::number(tr(lang, "主动评价率", "Share rated")),
            Column::number(tr(lang, "满意度", "Satisfied")),
            Column::number(tr(lang, "差评", "Bad")),
        ];
        let words: Vec<_> = data
            .words
            .into_iter()
            .map(|(level, words)| view! { <li><StatusTag tone=tone(level) word=level.name().get(lang)/><p>{words}</p></li> })
            .collect();
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "每月15日后公布上月的评价，按办事处统计。个人信息已隐去；少于5的数不显示。", "The ratings of a month are published after the 15th of the next, by office. Personal data are taken out; figures below 5 are not shown.")}</p>
            {(!months.is_empty()).then(|| view! {
                <Form action=url::ratings() method=Method::Get values class="inline">
                    <Select name="month" label=tr(lang, "月份", "Month") options=months/>
                    <Button kind=ui::ButtonKind::Secondary>{tr(lang, "查看", "Show")}</Button>
                </Form>
            })}
            <DataTable caption=tr(lang, "各办事处", "By office") columns rows empty=Empty::new(tr(lang, "还没有公布的月份。", "No month is published yet."))/>
            <Pager next/>
            {(!words.is_empty()).then(|| view! { <h2>{tr(lang, "评价内容", "What people wrote")}</h2><ul class="plain-list">{words}</ul> })}
        }
    })
}

fn row(lang: Lang, month: &str, office: Month) -> Vec<Cell> {
    let few = tr(lang, "少于5", "below 5");
    let shown = |count: Option<i64>| count.map_or_else(|| few.to_owned(), |count| count.to_string());
    let share = |share: Option<interaction::ratings::Share>| share.map_or_else(|| "—".to_owned(), interaction::ratings::Share::text);
    let bad = match (office.levels[3], office.levels[4]) {
        (Some(four), Some(five)) => (four + five).to_string(),
        _ => few.to_owned(),
    };
    vec![
        Cell::link(url::with(url::ratings(), &[("month", month), ("office", &office.office)]), office.name.get(lang)),
        Cell::text(shown(office.finished)),
        Cell::text(shown(office.rated)),
        Cell::text(share(office.active)),
        Cell::text(share(office.satisfaction)),
        Cell::text(bad),
    ]
}
