//! The desk's list of divorces: what can be claimed today, whose thirty days run, what is being taken in; names masked.

use booking::{OfficeCard, OfficeId};
use casework::CaseId;
use kernel::{Instant, mask};
use platform::{Ctx, Error, Result, Scope};

use super::super::ITEM;
use super::super::parameters::parameters;
use super::super::periods::Dates;
use super::super::states::StateKind;
use crate::office;
use crate::store::divorce::{self, Behind, ListRow};
use crate::store::parties;

/// Lines of a list at most.
const MOST: i64 = 100;

/// A case as the list shows it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The case.
    pub id: CaseId,
    /// Its number.
    pub case_no: String,
    /// Where it stands today.
    pub state: StateKind,
    /// When it was opened.
    pub opened_at: Instant,
    /// The dates, once accepted.
    pub dates: Option<Dates>,
    /// Few days are left to claim.
    pub soon: bool,
    /// The man, masked; empty before he is entered.
    pub a: String,
    /// The woman, masked.
    pub b: String,
}

/// One of the lists of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Can be claimed today; the one that lapses first at the head.
    Claimable,
    /// The thirty days run; the one that ends first at the head.
    Cooling,
    /// Not accepted yet, the newest first.
    First,
}

impl Part {
    /// Every list, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Claimable, Self::Cooling, Self::First];

    /// Its name in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Claimable => "claimable",
            Self::Cooling => "cooling",
            Self::First => "first",
        }
    }
}

/// Where a list goes on, as addresses carry it: the list, the date and the id of the last line that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct After {
    /// The list.
    pub part: Part,
    day: String,
    id: CaseId,
}

impl After {
    fn line(part: Part, line: &Line) -> Self {
        let day = match (part, line.dates) {
            (Part::Claimable, Some(dates)) => dates.claim_end.to_string(),
            (Part::Cooling, Some(dates)) => dates.cool_end.to_string(),
            _ => String::new(),
        };
        Self { part, day, id: line.id }
    }

    fn behind(&self) -> Behind {
        Behind { day: self.day.clone(), id: self.id.to_vec() }
    }
}

impl std::fmt::Display for After {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.part.code(), self.day, self.id)
    }
}

impl std::str::FromStr for After {
    type Err = kernel::ParseError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let wrong = || kernel::ParseError { what: "place in a list" };
        let [part, day, id] = <[&str; 3]>::try_from(text.split('.').collect::<Vec<_>>()).map_err(|_| wrong())?;
        let part = Part::ALL.into_iter().find(|known| known.code() == part).ok_or_else(wrong)?;
        Ok(Self { part, day: day.to_owned(), id: id.parse().map_err(|_| wrong())? })
    }
}

/// A stretch of a list.
#[derive(Debug, Clone, Default)]
pub struct Lines {
    /// The lines, 100 at most.
    pub lines: Vec<Line>,
    /// Where it goes on; none at its end.
    pub next: Option<After>,
}

/// The divorces of an office.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The office.
    pub office: OfficeCard,
    /// The lists that were asked for: all three from their beginning, or one further on.
    pub parts: Vec<(Part, Lines)>,
}

impl Desk {
    /// One of the lists; empty where it was not asked for.
    pub fn part(&self, part: Part) -> Lines {
        self.parts.iter().find(|(known, _)| *known == part).map_or_else(Lines::default, |(_, lines)| lines.clone())
    }
}

/// The divorces of an office today, in a bounded number of queries: the beginning of every list, or one list behind a line.
///
/// # Errors
/// `Denied` for whoever may not see them.
pub async fn desk(ctx: &Ctx, office: OfficeId, after: Option<&After>) -> Result<Desk> {
    let card = office::card(ctx, office).await?;
    ctx.require(&crate::ops::READERS, &Scope::region(card.region).org(card.org).item(ITEM)).await?;
    let mut parts = Vec::new();
    for part in Part::ALL.into_iter().filter(|part| after.is_none_or(|after| after.part == *part)) {
        parts.push((part, lines(ctx, office, part, after).await?));
    }
    Ok(Desk { office: card, parts })
}

async fn lines(ctx: &Ctx, office: OfficeId, part: Part, after: Option<&After>) -> Result<Lines> {
    let (today, behind) = (ctx.today(), after.map(After::behind).unwrap_or_default());
    let rows = match part {
        Part::Claimable => divorce::claimable(ctx.db(), office, today, &behind, MOST + 1).await?,
        Part::Cooling => divorce::cooling(ctx.db(), office, today, &behind, MOST + 1).await?,
        Part::First => divorce::first(ctx.db(), office, after.map(|after| after.id), MOST + 1).await?,
    };
    let shown = usize::try_from(MOST).unwrap_or(usize::MAX);
    let more = rows.len() > shown;
    let lines = rows.into_iter().take(shown).map(|row| line(ctx, row)).collect::<Result<Vec<_>>>()?;
    let next = lines.last().filter(|_| more).map(|last| After::line(part, last));
    Ok(Lines { lines, next })
}

fn line(ctx: &Ctx, row: ListRow) -> Result<Line> {
    let masked = |id: &Option<Vec<u8>>, sealed: &Option<Vec<u8>>| match (id, sealed) {
        (Some(id), Some(sealed)) => parties::open(ctx.keys(), id, sealed).map(|snapshot| mask::name(&snapshot.name)),
        _ => Ok(String::new()),
    };
    let dates = row.dates()?;
    let written = StateKind::from_code(&row.state).ok_or_else(|| Error::internal("divorce_case: unknown state"))?;
    let state = dates.map_or(written, |dates| written.on(&dates, ctx.today()));
    let claimable = matches!(state, StateKind::Claimable | StateKind::Examined | StateKind::NotRegistered);
    Ok(Line {
        id: row.id,
        state,
        soon: claimable && dates.is_some_and(|dates| ctx.today().days_until(dates.claim_end) <= parameters().soon_days.value),
        opened_at: row.opened_at,
        dates,
        a: masked(&row.a_id, &row.a_snapshot)?,
        b: masked(&row.b_id, &row.b_snapshot)?,
        case_no: row.case_no,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::divorce::ops::{Open, open};
    use crate::testing::world;

    ::store::db_test!(a_list_goes_on_behind_the_line_that_was_shown_last, |db| async move {
        let world = world(db, 0).await;
        let mut cases = Vec::new();
        for minute in 600..603 {
            world.platform.set_now(Instant::at(kernel::Day::ymd(2026, 5, 20), minute));
            let ctx = world.registrar();
            cases.push(open(&ctx, Open { office: world.office(), booking: None, for_abroad: None }).await.expect("opened"));
        }
        let ctx = world.registrar();
        let all = desk(&ctx, world.office(), None).await.expect("every list");
        assert_eq!(all.parts.len(), 3);
        let newest = all.part(Part::First).lines;
        assert_eq!(newest.iter().map(|line| line.id).collect::<Vec<_>>(), [cases[2], cases[1], cases[0]]);
        let after: After = After::line(Part::First, &newest[0]).to_string().parse().expect("its own text");
        let further = desk(&ctx, world.office(), Some(&after)).await.expect("one list");
        assert_eq!(further.parts.len(), 1);
        assert_eq!(further.part(Part::First).lines.iter().map(|line| line.id).collect::<Vec<_>>(), [cases[1], cases[0]]);
        let cooling = After { part: Part::Cooling, day: "2026-09-09".to_owned(), id: cases[0] };
        assert!(desk(&ctx, world.office(), Some(&cooling)).await.expect("asked").part(Part::Cooling).lines.is_empty());
        assert!("first.x".parse::<After>().is_err());
    });
}
