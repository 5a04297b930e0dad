//! A divorce by registration for tests of this crate, from the wedding to the certificates.

use kernel::{Day, Instant};

use super::ops::*;
use crate::model::Side;
use crate::ops::{PartyInput, receive_booklets};
use crate::parties::PartyKind;
use crate::testing::World;
use crate::BookletKind;

/// Marries a couple now and divorces it on 10 September 2026, a month after it applied; the clock stands there afterwards.
pub(crate) async fn registered(world: &World, (he, she): (&PartyInput, &PartyInput), married: [&str; 2], divorced: [&str; 2]) -> String {
    let cert_no = world.marries(he, she, married).await.expect("married").cert_no;
    divorces(world, (he, she), cert_no, divorced).await
}

/// Divorces a couple with this marriage certificate on 10 September 2026, a month after it applied; the clock stands there afterwards.
pub(crate) async fn divorces(world: &World, (he, she): (&PartyInput, &PartyInput), cert_no: String, divorced: [&str; 2]) -> String {
    let (ctx, colleague) = (|| world.registrar(), world.colleague());
    receive_booklets(&ctx(), world.office(), BookletKind::Divorce, divorced[0], divorced[1]).await.expect("booklets");
    world.platform.set_now(Instant::at(Day::ymd(2026, 8, 10), 600));
    let from_abroad = |party: &PartyInput| PartyKind::from_code(&party.kind).is_some_and(PartyKind::from_abroad);
    let for_abroad = Some(from_abroad(he) || from_abroad(she));
    let case = open(&ctx(), Open { office: world.office(), booking: None, for_abroad }).await.expect("opened");
    for (seen, side, party) in [(1, Side::A, he), (2, Side::B, she)] {
        enter_party(&ctx(), &world.ports, case, seen, side, party).await.expect("entered");
    }
    confirm_party(&colleague, case, 3, Side::A).await.expect("compared");
    confirm_party(&colleague, case, 4, Side::B).await.expect("compared");
    identify(&ctx(), &world.ports, case, 5, true).await.expect("there");
    show_marriage(&ctx(), case, 6, &ShownInput { cert_no, place: "mainland".to_owned(), lost: false }).await.expect("shown");
    let willing = TalkInput { willing: [Some(true); 2], capable: [Some(true); 2], suspicion: "0".to_owned(), note: String::new() };
    talk(&ctx(), case, 7, &willing).await.expect("asked");
    let plain = AgreementInput { no_children: true, property: "各自名下归各自".to_owned(), debts: "无".to_owned(), ..AgreementInput::default() };
    agree(&ctx(), case, 8, &plain).await.expect("agreed");
    sign(&ctx(), case, 9, &"0".repeat(64)).await.expect("signed");
    accept(&ctx(), &world.ports, case, 10).await.expect("accepted");
    world.platform.set_now(Instant::at(Day::ymd(2026, 9, 10), 600));
    claim(&ctx(), &world.ports, case, 11, true).await.expect("both came");
    let seen = view(&ctx(), &world.ports, case).await.expect("a view").file.head.version;
    talk(&ctx(), case, seen, &willing).await.expect("asked again");
    let [serial_a, serial_b] = divorced.map(str::to_owned);
    let input = Registration { case, seen: seen + 1, serial_a, serial_b, confirmation: format!("{} {}", he.name, she.name), photos: [None, None] };
    register(&ctx(), &world.ports, input).await.expect("divorced").cert_no
}
