//! The demo's offices and slots.

use booking::ops::{offices, openings, plans};
use kernel::{Calendar, Day, RegionCode, Text};
use platform::regions;
use platform::{Ctx, Error, Result};

const REST_DAY_HOURS: &str = "08:30-12:00 13:30-17:00";

/// Every office of the demo with hours and slot plans; those that are there stay as they are.
pub(crate) async fn open_offices(ctx: &Ctx) -> Result<()> {
    for row in catalog::demo::offices()? {
        let region = RegionCode::parse(&row.region).map_err(Error::internal)?;
        let Some(org) = regions::organisation_by_uscc(ctx.db(), &row.org_uscc).await? else { continue };
        if booking::ops::read::office(ctx, &row.code).await.is_ok() {
            continue;
        }
        let kinds = if row.designated_foreign {
            [marriage::KIND_FOREIGN, marriage::KIND_FOREIGN_DIVORCE]
        } else {
            [marriage::KIND_DOMESTIC, marriage::KIND_DIVORCE]
        };
        let input = offices::OfficeInput {
            name_zh: row.name_zh,
            name_en: row.name_en,
            address_zh: row.address_zh,
            address_en: row.address_en,
            phones: row.phone,
            position: String::new(),
            counters: row.counters.to_string(),
            kinds: kinds.join("\n"),
            week: week(&row.hours),
            active: true,
        };
        offices::create(ctx, org.id, region, &row.code, &input).await?;
        for (kind, places) in kinds.into_iter().zip([row.counters * 2, row.counters]) {
            let plan = plans::PlanInput {
                item_kind: kind.to_owned(),
                weekdays: vec![1, 2, 3, 4, 5],
                on_special: true,
                hours: input.week[0].clone(),
                minutes: "30".to_owned(),
                places: places.to_string(),
                ..plans::PlanInput::default()
            };
            plans::add(ctx, &row.code, &plan).await?;
        }
    }
    Ok(())
}

/// Opens one office on the rest days from `first` on, so that whoever tries the demo at a weekend finds a counter that works.
pub(crate) async fn open_on_rest_days(ctx: &Ctx, code: &str, first: Day, days: i64) -> Result<()> {
    let calendar = Calendar::builtin();
    for day in (0..days).map(|n| first.plus_days(n)).filter(|day| !calendar.is_workday(*day)) {
        let note = Text::fixed("演示：休息日照常办理", "Demonstration: open on rest days as well");
        let special = openings::Special { day, hours: REST_DAY_HOURS.to_owned(), note };
        openings::publish(ctx, code, special).await?;
    }
    Ok(())
}

/// Hours as the table of offices writes them, `mon-fri 08:30-12:00 13:30-17:00; sat 09:00-12:00`, as seven days from Monday on.
pub fn week(text: &str) -> [String; 7] {
    let mut week: [String; 7] = std::array::from_fn(|_| String::new());
    for part in text.split(';').map(str::trim) {
        let (days, hours) = part.split_once(' ').unwrap_or((part, ""));
        let at = |name: &str| offices::WEEK_FIELDS.iter().position(|day| *day == name);
        let (first, last) = days.split_once('-').unwrap_or((days, days));
        if let (Some(first), Some(last)) = (at(first), at(last)) {
            week[first..=last].fill(hours.to_owned());
        }
    }
    week
}
