//! The hall for the public: how busy it is, and one's ticket on the phone or on paper.

use hall::ops::read::Status;
use hall::{Board, Class, GroupCard, State};
use booking::OfficeCard;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, Cell, Column, DataTable, Empty, Fact, Facts, Form, Notice, Page, PrintButton, Qr, Shell, Tone, tr, url};

/// `3 人 · 约 20 分钟`.
pub(super) fn ahead(lang: Lang, (people, minutes): (usize, i64)) -> String {
    match lang {
        Lang::Zh => format!("{people} 人 · 约 {minutes} 分钟"),
        Lang::En => format!("{people} {} · about {minutes} min", if people == 1 { "person" } else { "people" }),
    }
}

/// `3 号窗口`.
pub(super) fn window_name(lang: Lang, no: i64) -> String {
    match lang {
        Lang::Zh => format!("{no} 号窗口"),
        Lang::En => format!("window {no}"),
    }
}

/// How busy each group of a hall is: rows for people who think of coming.
pub(super) fn load_rows(lang: Lang, board: &Board) -> Vec<Vec<Cell>> {
    let row = |group: &GroupCard| {
        vec![
            Cell::text(format!("{} {}", group.letter, group.name.get(lang))),
            Cell::text(board.open_for(group.id).count()),
            Cell::text(ahead(lang, board.wait_of_newcomer(group.id, Class::WalkIn))),
        ]
    };
    board.groups.iter().filter(|group| group.active).map(row).collect()
}

/// The columns of [`load_rows`].
pub(super) fn load_columns(lang: Lang) -> Vec<Column> {
    vec![
        Column::text(tr(lang, "事项", "Business")),
        Column::number(tr(lang, "开放窗口", "Open windows")),
        Column::text(tr(lang, "等候人数和时间", "Waiting, and how long")),
    ]
}

/// How busy a hall is at this moment.
pub fn load(shell: &Shell, office: OfficeCard, board: Board) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "大厅现在的等候情况", "How long people wait now");
    let page = Page::public(heading).back(url::office(&office.code)).live(board.hall.rules.numbers.refresh_secs.value);
    ui::render(shell, page, move || {
        view! {
            <h1>{heading}</h1>
            <p>{office.name.get(lang).to_owned()}</p>
            <DataTable caption=ui::moment(lang, board.now) columns=load_columns(lang) rows=load_rows(lang, &board)
                empty=Empty::new(tr(lang, "大厅现在不发号。", "No tickets are given out now."))/>
            <p>{tr(lang, "没有智能手机也可以到大厅窗口取号办理。", "You can also come without a phone: the counter gives you a ticket.")}</p>
        }
    })
}

/// Where a ticket is looked at.
pub enum At {
    /// On the phone, by the address of its QR code.
    Phone,
    /// At the kiosk with this key, right after it was taken.
    Kiosk(String),
    /// On paper, given out by a clerk.
    Counter,
}

/// A ticket with its place in the queue. `address` is what its QR code holds.
pub fn ticket(shell: &Shell, status: Status, address: String, at: At) -> String {
    let lang = shell.lang;
    let label = status.ticket.label();
    let title = format!("{} {label}", tr(lang, "号票", "Ticket"));
    let refresh = status.refresh_secs;
    let page = match &at {
        At::Phone if matches!(status.state, State::Done | State::Void) => Page::public(title),
        At::Phone => Page::public(title).live(refresh),
        At::Kiosk(_) => Page::kiosk(title),
        At::Counter => Page::staff(title).back(url::with(url::hall_desk(), &[("office", &status.office.code)])),
    };
    ui::render(shell, page, move || {
        let facts = vec![
            Fact::new(tr(lang, "事项", "Business"), status.group.name.get(lang)),
            Fact::new(tr(lang, "类别", "Class"), status.ticket.class.name().get(lang)),
            Fact::new(tr(lang, "地点", "Where"), status.office.name.get(lang)),
            Fact::new(tr(lang, "取号时间", "Taken"), ui::moment(lang, status.ticket.taken_at)),
        ];
        let on_paper = !matches!(at, At::Phone);
        let again = match at {
            At::Kiosk(key) => Some(view! { <p class="no-print"><a class="button" href=url::kiosk(key)>{tr(lang, "完成", "Done")}</a></p> }),
            At::Phone | At::Counter => None,
        };
        view! {
            <div class="hall-ticket">
                <h1 class="hall-label">{label}</h1>
                {state(lang, &status)}
                <Facts items=facts/>
                {on_paper.then(|| view! {
                    <Qr address label=tr(lang, "扫码在手机上看排队进度", "Scan to follow the queue on your phone")/>
                    <p>{tr(lang, "没有手机也不要紧：听到或看到号码请到窗口。过号可重新排队一次，当日有效。", "No phone is needed: come when your number is called or shown. If you miss it you can queue again once, today.")}</p>
                    <PrintButton/>
                })}
                {again}
            </div>
        }
    })
}

/// What the holder of a ticket has to know now.
fn state(lang: Lang, status: &Status) -> AnyView {
    let window = status.window.as_ref().map(|window| window_name(lang, window.no)).unwrap_or_default();
    match status.state {
        State::Waiting if status.ticket.target.is_some() => {
            view! { <Notice tone=Tone::Mind title=tr(lang, "请等候", "Please wait for")><p class="hall-window">{window}</p></Notice> }.into_any()
        }
        State::Waiting => {
            let words = ahead(lang, status.wait.unwrap_or_default());
            view! { <p class="hall-wait">{tr(lang, "前面还有 ", "Before you: ")}<strong>{words}</strong></p> }.into_any()
        }
        State::Called => view! {
            <Notice tone=Tone::Good title=tr(lang, "正在叫您，请到", "You are called to")><p class="hall-window">{window}</p></Notice>
        }
        .into_any(),
        State::Serving => view! { <Notice tone=Tone::Good><p>{tr(lang, "正在办理：", "Being served at ")}{window}</p></Notice> }.into_any(),
        State::Done => view! { <Notice tone=Tone::Good><p>{tr(lang, "已办结。", "Done.")}</p></Notice> }.into_any(),
        State::Void => view! {
            <Notice tone=Tone::Bad><p>{tr(lang, "此号已作废。需要办理请重新取号。", "This ticket is void. Take a new one if you still need it.")}</p></Notice>
        }
        .into_any(),
        State::Passed => {
            let words = match (&status.behind, lang) {
                (Some(behind), Lang::Zh) => format!("号码已过号，可在{behind}号后重新排队。只能重排一次。"),
                (Some(behind), Lang::En) => format!("Number passed; re-queue after {behind}. This is possible once."),
                (None, Lang::Zh) => "号码已过号，可重新排队一次。".to_owned(),
                (None, Lang::En) => "Number passed; you can queue again once.".to_owned(),
            };
            let token = status.ticket.token.clone();
            view! {
                <Notice tone=Tone::Mind><p>{words}</p></Notice>
                <Form action=url::ticket_requeue(token)><Button>{tr(lang, "重新排队", "Queue again")}</Button></Form>
            }
            .into_any()
        }
    }
}
