//! The hall at the counter: one's window, who waits, and giving out a ticket.

use booking::OfficeCard;
use hall::ops::call::OutOfOrder;
use hall::{Board, Class, State, Ticket, WindowCard};
use kernel::Lang;
use leptos::prelude::*;
use platform::StaffId;
use ui::{
    Button, ButtonKind, Cell, Choice, Column, DataTable, Empty, Fact, Facts, Field, Form, Hidden, Kind, LinkButton, Method, Notice, Page, Radios, Select, Shell, Tone,
    Values, Width, tr, url,
};

use super::hall::{ahead, window_name};
use super::hall_device::ground_choices;

/// No office of the reader has a hall.
pub fn none(shell: &Shell) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "叫号", "Queue");
    ui::render(shell, Page::staff(heading), move || {
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "您的办事处还没有开通大厅叫号，请联系系统管理员。", "Your office has no hall yet. Ask an administrator to open it.")}</p>
        }
    })
}

/// The desk of a hall.
pub struct Desk {
    /// The office that is shown.
    pub office: OfficeCard,
    /// All of the reader's offices with a hall.
    pub offices: Vec<OfficeCard>,
    /// The hall.
    pub board: Board,
    /// Who reads.
    pub me: StaffId,
}

/// The desk: one's window on top, then who waits, then the other windows.
pub fn desk(shell: &Shell, data: Desk, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "叫号", "Queue");
    let page = Page::staff(heading).values(&values).live(data.board.hall.rules.numbers.refresh_secs.value);
    ui::render(shell, page, move || {
        let Desk { office, offices, board, me } = data;
        let mine = board.windows.iter().find(|window| window.staff == Some(me) && window.is_open(board.now)).cloned();
        let at = |to: String| url::with(to, &[("office", &office.code)]);
        let others: Vec<_> = offices
            .iter()
            .filter(|other| other.code != office.code)
            .map(|other| view! { <li><a href=url::with(url::hall_desk(), &[("office", &other.code)])>{other.name.get(lang).to_owned()}</a></li> })
            .collect();
        let many = !others.is_empty();
        let groups: Vec<_> = match &mine {
            Some(window) => window.groups.clone(),
            None => board.groups.iter().map(|group| group.id).collect(),
        };
        view! {
            <h1>{format!("{heading} · {}", office.name.get(lang))}</h1>
            {many.then(|| view! { <nav class="desk-offices" aria-label=tr(lang, "其他办事处", "Other offices")><ul>{others}</ul></nav> })}
            <p class="actions">
                <LinkButton href=at(url::hall_take()) kind=ButtonKind::Secondary>{tr(lang, "代取号", "Give out a ticket")}</LinkButton>" "
                <LinkButton href=at(url::hall_figures()) kind=ButtonKind::Secondary>{tr(lang, "大厅数据", "Figures")}</LinkButton>
            </p>
            {mine.map(|window| my_window(lang, &board, &window))}
            <Form action=url::hall_desk() method=Method::Get values id="find">
                <Hidden name="office" value=office.code.clone()/>
                <Field name="number" label=tr(lang, "按号码找号票", "Find a ticket by its number") hint="A023" width=Width::Short/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查找", "Find")}</Button>
            </Form>
            {waiting(lang, &board, &groups)}
            {passed(lang, &board)}
            {windows(lang, &board, me)}
        }
    })
}

fn my_window(lang: Lang, board: &Board, window: &WindowCard) -> AnyView {
    let at_window = board.live.iter().find(|ticket| ticket.window == Some(window.id) && matches!(ticket.state, State::Called | State::Serving));
    let acts = match at_window {
        None => view! {
            <div class="hall-acts">
                <Form action=url::hall_window_act(window.id, "next") class="inline"><Button key="n">{tr(lang, "叫下一位", "Call the next")}</Button></Form>
                <Form action=url::hall_window_act(window.id, "close") class="inline">
                    <Button kind=ButtonKind::Secondary>{tr(lang, "关闭窗口", "Close the window")}</Button>
                </Form>
            </div>
        }
        .into_any(),
        Some(ticket) => ticket_acts(lang, board, window, ticket),
    };
    view! { <section class="hall-mine"><h2>{window_name(lang, window.no)}</h2>{acts}</section> }.into_any()
}

/// What can be done with the ticket at one's window, by its state.
fn ticket_acts(lang: Lang, board: &Board, window: &WindowCard, ticket: &Ticket) -> AnyView {
    let id = ticket.id;
    let act = move |verb: &str| url::hall_ticket_act(id, verb);
    let buttons = if ticket.state == State::Called {
        view! {
            <Form action=act("start") class="inline"><Button key="s">{tr(lang, "开始办理", "Begin")}</Button></Form>
            <Form action=act("again") class="inline"><Button kind=ButtonKind::Secondary key="a">{tr(lang, "重呼", "Call again")}</Button></Form>
            <Form action=act("pass") class="inline"><Button kind=ButtonKind::Secondary key="p">{tr(lang, "过号", "Pass")}</Button></Form>
        }
        .into_any()
    } else {
        view! { <Form action=act("done") class="inline"><Button key="d">{tr(lang, "办结", "Done")}</Button></Form> }.into_any()
    };
    let others: Vec<Choice> = board
        .windows
        .iter()
        .filter(|other| other.id != window.id && other.is_open(board.now))
        .map(|other| Choice::new(other.id.to_string(), format!("{} {}", window_name(lang, other.no), other.staff_name)))
        .collect();
    let hand_over = (!others.is_empty()).then(|| {
        view! {
            <Form action=act("hand-over") class="inline" values=Values::new()>
                <Select name="window" label=tr(lang, "转到", "Hand over to") options=others/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "转窗口", "Hand over")}</Button>
            </Form>
        }
    });
    let called = match lang {
        Lang::Zh => format!("已呼叫 {} 次", ticket.calls),
        Lang::En => format!("called {} ×", ticket.calls),
    };
    view! {
        <p class="hall-now"><strong>{ticket.label()}</strong>" "{ticket.masked_name()}" "<span>{ticket.state.name().get(lang).to_owned()}</span>" "{called}</p>
        <div class="hall-acts">{buttons}</div>
        {hand_over}
    }
    .into_any()
}

fn class_words(lang: Lang, board: &Board, ticket: &Ticket) -> String {
    let ground = board.hall.rules.ground(&ticket.ground).map(|ground| format!(" · {}", ground.name().get(lang))).unwrap_or_default();
    format!("{}{ground}", ticket.class.name().get(lang))
}

fn waiting(lang: Lang, board: &Board, groups: &[hall::GroupId]) -> AnyView {
    let handed = board.in_state(State::Waiting).filter(|ticket| ticket.target.is_some());
    let rows: Vec<_> = handed
        .chain(board.ordered(groups))
        .map(|ticket| {
            let waited = ticket.taken_at.minutes_until(board.now);
            let handed = ticket.target.and_then(|id| board.window(id)).map(|window| format!(" → {}", window_name(lang, window.no))).unwrap_or_default();
            vec![
                Cell::link(url::hall_ticket(ticket.id), ticket.label()),
                Cell::text(format!("{}{handed}", class_words(lang, board, ticket))),
                Cell::text(ticket.masked_name()),
                Cell::text(ticket.taken_at.hm()),
                Cell::text(waited),
            ]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "号码", "Number")),
        Column::text(tr(lang, "类别", "Class")),
        Column::text(tr(lang, "姓名", "Name")),
        Column::text(tr(lang, "取号", "Taken")),
        Column::number(tr(lang, "已等（分钟）", "Waited (min)")),
    ];
    view! {
        <DataTable caption=tr(lang, "等候（按叫号顺序）", "Waiting, in the order of calling") columns rows
            empty=Empty::new(tr(lang, "现在没有人等候。", "Nobody is waiting."))/>
    }
    .into_any()
}

fn passed(lang: Lang, board: &Board) -> Option<AnyView> {
    let rows: Vec<_> = board
        .in_state(State::Passed)
        .map(|ticket| {
            let again = url::hall_ticket_act(ticket.id, "requeue");
            vec![
                Cell::link(url::hall_ticket(ticket.id), ticket.label()),
                Cell::text(class_words(lang, board, ticket)),
                Cell::view(view! { <Form action=again class="inline"><Button kind=ButtonKind::Secondary>{tr(lang, "重新排队", "Queue again")}</Button></Form> }),
            ]
        })
        .collect();
    let columns = vec![Column::text(tr(lang, "号码", "Number")), Column::text(tr(lang, "类别", "Class")), Column::text(tr(lang, "操作", "Act"))];
    (!rows.is_empty()).then(|| view! { <DataTable caption=tr(lang, "已过号", "Passed") columns rows empty=Empty::new("")/> }.into_any())
}

fn windows(lang: Lang, board: &Board, me: StaffId) -> AnyView {
    let rows: Vec<_> = board
        .windows
        .iter()
        .map(|window| {
            let groups: Vec<_> = window.groups.iter().filter_map(|id| board.group(*id)).map(|group| group.name.get(lang).to_owned()).collect();
            let open = window.is_open(board.now);
            let act = if open {
                Cell::text(if window.staff == Some(me) { tr(lang, "我的窗口", "mine") } else { "" })
            } else {
                let action = url::hall_window_act(window.id, "open");
                let name = window_name(lang, window.no);
                Cell::view(view! {
                    <Form action class="inline"><Button kind=ButtonKind::Secondary>{tr(lang, "打开", "Open")}<span class="visually-hidden">{name}</span></Button></Form>
                })
            };
            let (tone, word) = if open { (Tone::Good, tr(lang, "开放", "open")) } else { (Tone::Plain, tr(lang, "关闭", "closed")) };
            let staff = if open { window.staff_name.clone() } else { String::new() };
            vec![Cell::text(window_name(lang, window.no)), Cell::tag(tone, word), Cell::text(staff), Cell::text(groups.join("、")), act]
        })
        .collect();
    let columns = vec![
        Column::text(tr(lang, "窗口", "Window")),
        Column::text(tr(lang, "状态", "State")),
        Column::text(tr(lang, "工作人员", "Staff")),
        Column::text(tr(lang, "事项", "Business")),
        Column::text(tr(lang, "操作", "Act")),
    ];
    view! { <DataTable caption=tr(lang, "窗口", "Windows") columns rows empty=Empty::new(tr(lang, "还没有设置窗口。", "There are no windows yet."))/> }.into_any()
}

/// One ticket: what it is, and what is done with it out of the ordinary. `mine` is the reader's open window.
pub fn ticket(shell: &Shell, office: OfficeCard, board: Board, ticket: Ticket, mine: Option<WindowCard>, values: Values) -> String {
    let lang = shell.lang;
    let heading = ticket.label();
    let back = url::with(url::hall_desk(), &[("office", &office.code)]);
    ui::render(shell, Page::staff(heading.clone()).back(back).values(&values), move || {
        let state = ticket.state_at(board.now);
        let id = ticket.id;
        let mut items = vec![
            Fact::new(tr(lang, "状态", "State"), state.name().get(lang)),
            Fact::new(tr(lang, "类别", "Class"), class_words(lang, &board, &ticket)),
            Fact::new(tr(lang, "姓名", "Name"), ticket.masked_name()),
            Fact::new(tr(lang, "取号时间", "Taken"), ui::moment(lang, ticket.taken_at)),
        ];
        if state == State::Waiting {
            items.push(Fact::new(tr(lang, "前面还有", "Before it"), ahead(lang, board.wait_of(&ticket))));
        }
        let out_of_order = mine.filter(|_| state == State::Waiting).map(|window| {
            let options = OutOfOrder::ALL.map(|ground| Choice::new(ground.code(), ground.name().get(lang).to_owned())).to_vec();
            let (values, window) = (values.clone(), window.id.to_string());
            view! {
                <h2>{tr(lang, "先叫此号", "Call this number first")}</h2>
                <p>{tr(lang, "只限优先或系统故障，原因记入审计。", "Only for priority or a fault of the system. The reason is kept in the audit trail.")}</p>
                <Form action=url::hall_ticket_act(id, "call") values id="call">
                    <Hidden name="at" value=window/>
                    <Radios name="ground" legend=tr(lang, "依据", "Ground") options inline=true/>
                    <Field name="reason" label=tr(lang, "跳号原因", "Reason for skipping")/>
                    <Button>{tr(lang, "叫此号", "Call it")}</Button>
                </Form>
            }
        });
        let classify = (state == State::Waiting).then(|| {
            let options = ground_choices(lang, &board.hall.rules.grounds);
            let values = values.clone().or("class", &ticket.ground);
            view! {
                <h2>{tr(lang, "更正优先", "Correct the priority")}</h2>
                <Form action=url::hall_ticket_act(id, "class") values id="class">
                    <Select name="class" label=tr(lang, "优先的情形", "Reason to go first") options/>
                    <Field name="seen" label=tr(lang, "看到的证件或更正原因", "Paper that was shown, or why") />
                    <Button kind=ButtonKind::Secondary>{tr(lang, "更正", "Correct")}</Button>
                </Form>
            }
        });
        let again = (state == State::Passed).then(|| view! {
            <Form action=url::hall_ticket_act(id, "requeue")><Button>{tr(lang, "重新排队", "Queue again")}</Button></Form>
        });
        view! {
            <h1>{heading}</h1>
            <Facts items/>
            {again}
            <p><a href=url::hall_ticket_act(id, "paper")>{tr(lang, "打印号票", "Print the ticket")}</a></p>
            {out_of_order}
            {classify}
        }
    })
}

/// Giving out a ticket: by booking, by identity card, or without booking.
pub fn take(shell: &Shell, office: OfficeCard, board: Board, request_key: String, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "代取号", "Give out a ticket");
    let back = url::with(url::hall_desk(), &[("office", &office.code)]);
    ui::render(shell, Page::staff(heading).back(back).values(&values), move || {
        let (code, key) = (office.code.clone(), request_key.clone());
        let grounds = ground_choices(lang, &board.hall.rules.grounds);
        let groups = board.groups.iter().filter(|group| group.active);
        let groups: Vec<_> = groups
            .map(|group| {
                let wait = ahead(lang, board.wait_of_newcomer(group.id, Class::WalkIn));
                Choice::new(group.id.to_string(), format!("{} {}", group.letter, group.name.get(lang))).hint(wait)
            })
            .collect();
        let nothing = groups.is_empty();
        let by_booking = values.clone();
        view! {
            <h1>{heading}</h1>
            {nothing.then(|| view! { <Notice tone=Tone::Mind><p>{tr(lang, "还没有设置发号的事项。", "There is no business for which tickets are given out.")}</p></Notice> })}
            <h2>{tr(lang, "有预约", "With a booking")}</h2>
            <Form action=url::hall_take() values=by_booking id="booked">
                <Hidden name="office" value=code/>
                <Hidden name="request_key" value=key/>
                <Hidden name="how" value="booked"/>
                <Field name="number" label=tr(lang, "预约二维码、预约号或身份证号码", "QR code, number of the booking, or identity number")
                    hint=tr(lang, "用身份证请先核对本人；用预约号请再填证件后四位。", "With a card, compare the person first. With a number, give the last four of the document too.")/>
                <Field name="last4" label=tr(lang, "证件号码后四位", "Last four of the document") kind=Kind::Code optional=true/>
                <Button>{tr(lang, "取号", "Take the ticket")}</Button>
            </Form>
            <h2>{tr(lang, "没有预约", "Without booking")}</h2>
            <Form action=url::hall_take() values=values.or("ground", "") id="walk-in">
                <Hidden name="office" value=office.code.clone()/>
                <Hidden name="request_key" value=request_key/>
                <Hidden name="how" value="walk-in"/>
                <Radios name="group" legend=tr(lang, "办理的事项", "Business") options=groups/>
                <Select name="ground" label=tr(lang, "优先的情形", "Reason to go first") options=grounds/>
                <Field name="name" label=tr(lang, "姓名（叫号用，可不填）", "Name for calling") optional=true/>
                <Button>{tr(lang, "取号", "Take the ticket")}</Button>
            </Form>
        }
    })
}
