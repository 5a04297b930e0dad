//! How a document was served (D-R22, 行政处罚法 Article 61 with the ways of 民事诉讼法): what the record must say is data of the way.

use kernel::{Day, text};

use crate::supervision::papers::Service;
use crate::supervision::turn::Turn;
use crate::supervision::{issues, numbers};

/// Reads the record. Returns the day from which the document counts as served.
pub(in crate::supervision) fn served(turn: &mut Turn<'_>) -> Day {
    let (input, today) = (turn.input, turn.today());
    let way = input.one(&mut turn.issues, "way", numbers::service_way);
    let mut line = |name: &str, needed: bool| text::line(&if needed { input.words(&mut turn.issues, name) } else { input.text(name) });
    let received = way.is_some_and(|way| way.receiver);
    let (receiver, relation, place) = (line("receiver", received), line("relation", received), line("place", true));
    let (witness, tracking) = (line("witness", way.is_some_and(|way| way.witness)), line("tracking", way.is_some_and(|way| way.tracking)));
    let servers = servers(turn, input.get("servers"));
    let (done_on, time) = (turn.past("on"), input.maybe_time(&mut turn.issues, "time"));
    let issued = turn.document.as_ref().map(|document| document.issued_on);
    turn.issues.ensure(issued.is_some(), || kernel::Issue::error("E-D80", "请填写", "This is needed").field("paper"));
    let Some(way) = way else { return done_on };
    let served_on = done_on.plus_days(way.days);
    turn.issues.ensure(servers.len() >= way.officers, || issues::officers(way.officers as i64, way.law()).field("servers"));
    turn.issues.ensure(!way.consent || input.yes("consent"), || issues::no_consent(way.law()));
    if let Some(issued) = issued {
        turn.issues.ensure(issued <= done_on, || issues::not_before(issued, way.law()).field("on"));
    }
    turn.issues.ensure(served_on <= today, || issues::not_before(served_on, way.law()).field("on"));
    turn.service = Some(Service { way: way.code.clone(), receiver, relation, place, done_on, time, served_on, servers, witness, tracking });
    served_on
}

/// The names between commas; whoever records it where none is named.
fn servers(turn: &Turn<'_>, typed: &str) -> Vec<String> {
    let named: Vec<String> = typed.split(['、', '，', ',', '；', ';']).map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect();
    match turn.ctx.actor().staff() {
        Some(staff) if named.is_empty() => vec![staff.name.clone()],
        _ => named,
    }
}
