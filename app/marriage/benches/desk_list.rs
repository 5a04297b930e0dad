//! What rendering the day's list of a desk costs beside the same bytes written by maud: 100 appointments, data in memory.
//!
//! maud gets the frame of the page for nothing, as a string, and writes the 100 rows; the two pages are compared byte by byte before
//! anything is measured. Prints the ratio of the pages a second, the median of several rounds in which both take turns.
#![expect(clippy::print_stdout, reason = "a measurement that prints its figure")]

use std::hint::black_box;
use std::time::{Duration, Instant as Clock};

use booking::rules::{Load, Window};
use booking::hours::Week;
use booking::{BookingCard, Channel, OfficeCard, PartyCard, PartyDetails, SlotCard, State};
use kernel::{Day, Id, Instant, Lang, Text, mask};
use marriage::ops::Desk;
use maud::{Markup, PreEscaped, html};
use ui::{Shell, Values};

const ROWS: u8 = 100;
const ROUNDS: usize = 9;
const PAGES: usize = 200;
const ACT: &str = "双方已到，建档";

fn main() {
    let shell = Shell::sample(Lang::Zh);
    let desk = desk();
    let now = Instant::at(Day::ymd(2026, 5, 20), 9 * 60);
    let ours = page(&shell, desk.clone(), now);
    let (head, tail) = frame(&ours);
    assert!(ours == by_maud(&shell, &desk, now, head, tail).into_string(), "both write the same page");

    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let data: Vec<Desk> = (0..PAGES).map(|_| desk.clone()).collect();
        let start = Clock::now();
        for desk in data {
            black_box(page(&shell, desk, now));
        }
        let leptos = start.elapsed();
        let start = Clock::now();
        for _ in 0..PAGES {
            black_box(by_maud(&shell, &desk, now, head, tail).into_string());
        }
        ratios.push((start.elapsed().as_secs_f64() / leptos.as_secs_f64(), leptos, start.elapsed()));
    }
    ratios.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (ratio, leptos, maud) = ratios[ROUNDS / 2];
    let micros = |took: Duration| took.as_secs_f64() * 1e6 / PAGES as f64;
    println!(
        "desk list, {ROWS} rows, {} bytes: Leptos {:.0} µs a page, maud {:.0} µs; pages a second, Leptos ÷ maud = {ratio:.2}",
        ours.len(),
        micros(leptos),
        micros(maud)
    );
}

fn page(shell: &Shell, desk: Desk, now: Instant) -> String {
    marriage_pages::desk::page(shell, desk, &[], now, Values::new())
}

/// What stands before and after the rows.
fn frame(page: &str) -> (&str, &str) {
    let (head, rest) = page.split_once("<tbody>").expect("the page has a table");
    let (_, tail) = rest.split_once("</tbody>").expect("the table ends");
    (head, tail)
}

fn by_maud(shell: &Shell, desk: &Desk, now: Instant, head: &str, tail: &str) -> Markup {
    html! {
        (PreEscaped(head))
        tbody {
            @for card in &desk.bookings {
                @let state = card.state_at(now);
                @let people: Vec<String> = card.parties.iter().map(|party| mask::name(&party.details.name)).collect();
                tr {
                    th scope="row" data-label="时间" { (card.slot.start.hm()) "–" (card.slot.end.hm()) }
                    td data-label="预约人" { (people.join(" · ")) }
                    td data-label="状态" {
                        span class="tag plain" {
                            svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" class="icon" { path d="M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M12 11v6M12 7v.4" {} }
                            (state.name().get(shell.lang))
                        }
                    }
                    td data-label="办理" {
                        form method="post" action="/desk/walk-in" class="form inline" novalidate="" {
                            input type="hidden" name="csrf" value=(shell.csrf);
                            input type="hidden" name="office" value=(desk.office.code);
                            input type="hidden" name="booking" value=(card.id);
                            button type="submit" class="button secondary" { (ACT) }
                        }
                    }
                }
            }
        }
        (PreEscaped(tail))
    }
}

fn desk() -> Desk {
    let office = OfficeCard {
        id: Id::new(1, [1; 10]),
        code: "990101-01".to_owned(),
        org: Id::new(1, [2; 10]),
        region: "990101".parse().expect("a region"),
        name: Text::new("城中区民政局婚姻登记处", "Chengzhong Marriage Registry"),
        address: Text::new("人民路1号", "1 Renmin Road"),
        phones: vec!["0999-12345678".to_owned()],
        position: None,
        counters: 4,
        kinds: vec!["marriage".to_owned()],
        week: Week::default(),
        active: true,
        version: 1,
    };
    let bookings = (0..ROWS).map(|n| appointment(&office, n)).collect();
    Desk { office, bookings, today: Vec::new(), left_over: Vec::new() }
}

fn appointment(office: &OfficeCard, n: u8) -> BookingCard {
    let start = Instant::at(Day::ymd(2026, 5, 20), 9 * 60 + 30 * (u16::from(n) / 10));
    let party = |ordinal: i64, name: &str| PartyCard {
        id: Id::new(3, [n; 10]),
        ordinal,
        person: None,
        details: PartyDetails { name: name.to_owned(), id_type: "111".to_owned(), id_no: String::new(), phone: String::new() },
        bound_at: None,
    };
    BookingCard {
        id: Id::new(2, [n; 10]),
        number: Some("9901012026052010000017".to_owned()),
        office: office.id,
        slot: SlotCard {
            id: Id::new(4, [n; 10]),
            office: office.id,
            item_kind: "marriage".to_owned(),
            day: Day::ymd(2026, 5, 20),
            start,
            end: start.plus_minutes(30),
            load: Load { quota_online: 10, quota_onsite: 3, taken_online: 10, taken_onsite: 0 },
            window: Window { release_at: start.plus_days(-30), close_at: start.plus_days(-1) },
            closed_at: None,
        },
        item_kind: "marriage".to_owned(),
        impl_code: "11990101YY99901012990107001001".to_owned(),
        channel: Channel::Web,
        state: State::Booked,
        account: None,
        hold_until: None,
        moves: 0,
        created_at: start.plus_days(-3),
        changed_at: start.plus_days(-3),
        needs: String::new(),
        partner_code: None,
        lang: Lang::Zh,
        parties: vec![party(1, "张测试"), party(2, "李测试")],
    }
}
