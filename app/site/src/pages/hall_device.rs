//! The machines in the hall: the self-service kiosk and the screen at the wall.

use hall::{Board, Ground, State, Ticket};
use booking::OfficeCard;
use leptos::prelude::*;
use ui::{Button, Choice, Field, Fieldset, Form, Hidden, Kind, LinkButton, ButtonKind, Page, Select, Shell, Values, tr, url};

use super::hall::{ahead, window_name};

/// The start page of the kiosk: booked, or without booking.
pub fn kiosk(shell: &Shell, office: OfficeCard, key: String) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "自助取号", "Take a ticket");
    ui::render(shell, Page::kiosk(heading), move || {
        view! {
            <h1>{heading}</h1>
            <p>{office.name.get(lang).to_owned()}</p>
            <p class="hall-choices">
                <LinkButton href=url::kiosk_booked(&key)>{tr(lang, "我已预约", "I have a booking")}</LinkButton>
                <LinkButton href=url::kiosk_walk_in(&key) kind=ButtonKind::Secondary>{tr(lang, "我没有预约", "I have no booking")}</LinkButton>
            </p>
            <p>{tr(lang, "需要帮助请到窗口，工作人员为您取号。", "Ask at a window if you need help: the staff take a ticket for you.")}</p>
        }
    })
}

/// Taking a ticket for a booking: its QR code under the scanner, or its number and the end of the document's.
pub fn kiosk_booked(shell: &Shell, key: String, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "请出示预约", "Show your booking");
    ui::render(shell, Page::kiosk(heading).back(url::kiosk(&key)).values(&values), move || {
        view! {
            <h1>{heading}</h1>
            <Form action=url::kiosk_booked(&key) values>
                <Field name="number" label=tr(lang, "预约二维码或预约号", "QR code or number of the booking")
                    hint=tr(lang, "请在扫描口扫描预约凭证上的二维码，或输入22位预约号。", "Hold the QR code of your receipt under the scanner, or type the 22 digits.")/>
                <Field name="last4" label=tr(lang, "身份证号码后四位", "Last four of your identity number") kind=Kind::Code
                    hint=tr(lang, "扫描二维码时不用填写。", "Not needed with the QR code.") optional=true/>
                <Button>{tr(lang, "取号", "Take the ticket")}</Button>
            </Form>
        }
    })
}

/// The reasons for going first as choices, with "none" in front.
pub(super) fn ground_choices(lang: kernel::Lang, grounds: &[Ground]) -> Vec<Choice> {
    let none = Choice::new("", tr(lang, "没有", "None"));
    std::iter::once(none).chain(grounds.iter().map(|ground| Choice::new(&ground.code, ground.name().get(lang).to_owned()))).collect()
}

/// Taking a ticket without booking: one group of items each a button, with what lies before.
pub fn kiosk_walk_in(shell: &Shell, key: String, board: Board, request_key: String, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "您要办什么？", "What have you come for?");
    ui::render(shell, Page::kiosk(heading).back(url::kiosk(&key)).values(&values), move || {
        let grounds = ground_choices(lang, &board.hall.rules.grounds);
        let buttons: Vec<_> = board
            .groups
            .iter()
            .filter(|group| group.active)
            .map(|group| {
                let wait = ahead(lang, board.wait_of_newcomer(group.id, hall::Class::WalkIn));
                let name = group.name.get(lang).to_owned();
                view! { <li><Button name="group" value=group.id.to_string()>{name}</Button><p class="hint">{wait}</p></li> }
            })
            .collect();
        let nothing = buttons.is_empty();
        view! {
            <h1>{heading}</h1>
            {nothing.then(|| view! { <p>{tr(lang, "大厅现在不发号，请到窗口询问。", "No tickets are given out now. Please ask at a window.")}</p> })}
            <Form action=url::kiosk_walk_in(&key) values=values.or("ground", "")>
                <Hidden name="request_key" value=request_key/>
                <Select name="ground" label=tr(lang, "有优先的情形吗？请在窗口出示证件。", "A reason to go first? Show your paper at the window.") options=grounds/>
                <Fieldset legend=tr(lang, "请选择", "Choose") name="group"><ul class="hall-groups">{buttons}</ul></Fieldset>
            </Form>
        }
    })
}

/// The screen: who is called to which window, who is served, who is next. Both languages, names masked.
pub fn screen(shell: &Shell, office: OfficeCard, board: Board) -> String {
    let lang = shell.lang;
    let page = Page::screen(office.name.get(lang)).live(SCREEN_SECS.min(board.hall.rules.numbers.refresh_secs.value));
    ui::render(shell, page, move || {
        let mut called: Vec<&Ticket> = board.in_state(State::Called).collect();
        called.sort_by_key(|ticket| std::cmp::Reverse(ticket.last_call));
        let now: Vec<_> = called.into_iter().map(|ticket| call(lang, &board, ticket)).collect();
        let quiet = now.is_empty();
        let serving: Vec<_> = board
            .in_state(State::Serving)
            .map(|ticket| view! { <li>{format!("{} → {}", ticket.label(), window(&board, ticket))}</li> })
            .collect();
        let groups: Vec<_> = board.groups.iter().map(|group| group.id).collect();
        let next: Vec<_> = board.ordered(&groups).into_iter().take(NEXT).map(|ticket| view! { <li>{who(ticket)}</li> }).collect();
        let loads: Vec<_> = board
            .groups
            .iter()
            .filter(|group| group.active)
            .map(|group| {
                let wait = ahead(lang, board.wait_of_newcomer(group.id, hall::Class::WalkIn));
                view! { <li>{format!("{} {}：{wait}", group.letter, group.name.get(lang))}</li> }
            })
            .collect();
        let time = board.now.hm();
        view! {
            <div class="hall-screen" data-speak="">
                <h1>{office.name.zh.clone()}" "<small>{office.name.en.clone()}</small>" "<time>{time}</time></h1>
                <section aria-live="polite">
                    <h2>"正在叫号 Now calling"</h2>
                    <ul class="hall-calls">{now}</ul>
                    {quiet.then(|| view! { <p>"请等候叫号 Please wait"</p> })}
                </section>
                <section><h2>"办理中 Being served"</h2><ul class="hall-serving">{serving}</ul></section>
                <section><h2>"请准备 Next"</h2><ul class="hall-next">{next}</ul></section>
                <section><h2>"等候 Waiting"</h2><ul class="hall-loads">{loads}</ul></section>
            </div>
        }
    })
}

/// Seconds between two looks of the screen: a call is to be seen at once.
const SCREEN_SECS: u16 = 5;
/// Who is shown as next.
const NEXT: usize = 8;

fn window(board: &Board, ticket: &Ticket) -> i64 {
    ticket.window.and_then(|id| board.window(id)).map_or(0, |window| window.no)
}

/// `A023 张*试`.
fn who(ticket: &Ticket) -> String {
    format!("{} {}", ticket.label(), ticket.masked_name()).trim_end().to_owned()
}

/// One call. Each of its repetitions has an address of its own, so that it is spoken once more.
fn call(lang: kernel::Lang, board: &Board, ticket: &Ticket) -> impl IntoView + use<> {
    let no = window(board, ticket);
    let (zh, en) = (window_name(kernel::Lang::Zh, no), window_name(kernel::Lang::En, no));
    let say = match lang {
        kernel::Lang::Zh => format!("请 {} 号到 {zh}", ticket.label()),
        kernel::Lang::En => format!("Number {}, please come to {en}", ticket.label()),
    };
    let id = format!("{}-{}-{}", ticket.id, no, ticket.calls);
    view! { <li data-call=id data-say=say><strong>{who(ticket)}</strong>" → "{zh}" "<small>{en}</small></li> }
}
