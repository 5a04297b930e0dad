//! Lists of countries that treaties and circulars name and that change without a new program: whose Apostille counts (R-MR-14), for which a
//! certificate of record is made (R-MR-40). An administrator enters them with their source; a list is empty until he does.

use kernel::codes::{CodeList, ListName};
use kernel::{Day, Issue, Issues, RegionCode, Text};
use platform::{Ctx, Error, Result, Role, Scope, audit};

use crate::issues;
use crate::store::countries as rows;

/// A list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Countries whose Apostille takes the place of consular authentication.
    Apostille,
    /// Countries for whose notaries a certificate of (no) record is made.
    RecordUse,
}

impl List {
    /// Every list, in the order of the page.
    pub const ALL: [Self; 2] = [Self::Apostille, Self::RecordUse];

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Apostille => "apostille",
            Self::RecordUse => "record_use",
        }
    }

    /// The list with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }

    /// The name in both languages.
    pub fn name(self) -> Text {
        match self {
            Self::Apostille => Text::fixed("附加证明书（Apostille）国家", "Countries whose Apostille counts"),
            Self::RecordUse => Text::fixed("需要婚姻登记记录证明的国家", "Countries for which a certificate of record is made"),
        }
    }
}

/// A country on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// GB/T 2659.
    pub country: String,
    /// On the list from this day.
    pub from: Day,
    /// Up to and including this day; none while there is no end.
    pub to: Option<Day>,
    /// The paper that says so.
    pub source: String,
}

impl Entry {
    /// The name of the country.
    pub fn name(&self) -> Text {
        crate::parties::nationality(&self.country)
    }

    /// Whether it is on the list on a day.
    pub fn is_on(&self, day: Day) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// An entry as typed.
#[derive(Debug, Clone, Default)]
pub struct EntryInput {
    /// Code of the list.
    pub list: String,
    /// GB/T 2659.
    pub country: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO; empty for without end.
    pub to: String,
    /// The paper that says so.
    pub source: String,
}

/// Puts a country on a list, or changes how long it is on it.
///
/// # Errors
/// What is wrong, at the fields `list`, `country`, `from`, `to` and `source`.
pub async fn set(ctx: &Ctx, input: &EntryInput) -> Result<()> {
    let region = here(ctx).await?;
    let mut found = Issues::default();
    let list = List::from_code(input.list.trim());
    found.ensure(list.is_some(), || issues::missing("list".to_owned()));
    let country = input.country.trim();
    found.ensure(CodeList::builtin(ListName::Country).has(country), || issues::missing("country".to_owned()));
    let from = input.from.trim().parse::<Day>().ok();
    found.ensure(from.is_some(), || not_a_day("from"));
    let to = match input.to.trim() {
        "" => None,
        typed => {
            let day = typed.parse::<Day>().ok().filter(|day| from.is_none_or(|from| from <= *day));
            found.ensure(day.is_some(), || not_a_day("to"));
            day
        }
    };
    let source = kernel::text::line(&input.source);
    found.ensure(!source.is_empty(), || issues::missing("source".to_owned()));
    found.finish()?;
    let list = list.expect("ensured above");
    let entry = Entry { country: country.to_owned(), from: from.expect("ensured above"), to, source };
    ctx.db()
        .write(|tx| {
            let (ctx, entry) = (ctx.clone(), entry.clone());
            async move {
                rows::put(&tx, &ctx, list, &entry).await?;
                let event = audit::Event::new("marriage.country", list.code(), entry.country.clone()).region(&region).reason(&entry.source);
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// The entries of a list.
pub async fn entries(ctx: &Ctx, list: List) -> Result<Vec<Entry>> {
    here(ctx).await?;
    rows::all(ctx.db(), list).await
}

/// The region of the administrator, who keeps the lists of this instance.
async fn here(ctx: &Ctx) -> Result<RegionCode> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    ctx.require(&[Role::SystemAdmin, Role::SecurityAdmin], &Scope::region(staff.region).org(staff.org)).await?;
    Ok(staff.region)
}

fn not_a_day(field: &str) -> Issue {
    Issue::error("C-E11", "请按 2026-05-20 的格式填写日期，末日不早于首日", "write the date as 2026-05-20; the last day is not before the first").field(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(country: &str, from: &str, to: &str) -> EntryInput {
        let [country, from, to] = [country, from, to].map(str::to_owned);
        EntryInput { list: "apostille".to_owned(), country, from, to, source: "测试公告".to_owned() }
    }

    ::store::db_test!(a_country_is_on_a_list_from_its_first_day_to_its_last, |db| async move {
        let world = crate::testing::world(db, 0).await;
        let admin = world.administrator();
        assert!(set(&world.registrar(), &typed("DEU", "2023-11-07", "")).await.is_err(), "a registrar does not keep lists");
        let refused = set(&admin, &EntryInput { list: "apostille".to_owned(), ..EntryInput::default() }).await.expect_err("nothing typed");
        assert_eq!(refused.issues().len(), 3, "country, first day, source: {refused:?}");
        set(&admin, &typed("DEU", "2023-11-07", "")).await.expect("entered");
        set(&admin, &typed("DEU", "2023-11-07", "2026-05-19")).await.expect("ended");
        let entries = entries(&admin, List::Apostille).await.expect("listed");
        assert_eq!(entries.len(), 1, "one line a country");
        for (day, on) in [(Day::ymd(2023, 11, 6), false), (Day::ymd(2023, 11, 7), true), (Day::ymd(2026, 5, 19), true), (Day::ymd(2026, 5, 20), false)] {
            assert_eq!(entries[0].is_on(day), on, "{day}");
            assert_eq!(rows::on(admin.db(), List::Apostille, day).await.expect("asked").len(), usize::from(on), "{day}");
        }
    });
}
