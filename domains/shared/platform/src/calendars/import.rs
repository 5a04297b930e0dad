//! An administrator imports the notice of a year.

use kernel::calendar::CalendarYear;
use kernel::{Issue, Refusal};
use store::q;

use super::{current, deadlines};
use crate::{Ctx, Error, Result, Role, audit};

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Days in the notice.
    pub days: usize,
    /// Running periods whose end has changed or become certain.
    pub recounted: u64,
}

/// Imports the notice of `year` from lines `date,kind,name`; an earlier import of the year is superseded, not lost. Running periods that
/// it concerns are counted again.
///
/// # Errors
/// `E-CAL01` a year out of range, `E-CAL02` no source, `E-CAL03` and others of [`CalendarYear::parse`] and [`kernel::Calendar::check`].
pub async fn import(ctx: &Ctx, year: i64, source: &str, table: &str) -> Result<Imported> {
    ctx.require_role(&[Role::SystemAdmin])?;
    let source = source.trim();
    let mut issues = Vec::new();
    let this_year = i64::from(ctx.today().year());
    if !(2004..=this_year + 2).contains(&year) {
        issues.push(
            Issue::error("E-CAL01", format!("年份应在2004至{}之间", this_year + 2), format!("The year must be 2004 to {}", this_year + 2))
                .field("year"),
        );
    }
    if source.is_empty() || source.chars().count() > 200 {
        issues.push(Issue::error("E-CAL02", "请填写通知的文号或来源（不超过200字）", "Give the number or source of the notice (at most 200 characters)").field("source"));
    }
    if !issues.is_empty() {
        return Err(Refusal(issues).into());
    }
    let number = i16::try_from(year).map_err(Error::internal)?;
    let notice = CalendarYear::parse(number, source, table)?;
    let calendar = current(ctx.db()).await?;
    calendar.check(&notice)?;
    let days = notice.special.len();
    let id: kernel::Id<CalendarYear> = ctx.id();
    let (source, table) = (source.to_owned(), table.to_owned());
    ctx.db()
        .write(|tx| {
            let (ctx, source, table) = (ctx.clone(), source.clone(), table.clone());
            async move {
                q("UPDATE calendar_notice SET superseded_at = $2 WHERE year = $1 AND superseded_at IS NULL")
                    .bind(year)
                    .bind(ctx.now())
                    .exec(&tx)
                    .await?;
                q("INSERT INTO calendar_notice (id, year, source, days, imported_by, imported_at) VALUES ($1, $2, $3, $4, $5, $6)")
                    .bind(id)
                    .bind(year)
                    .bind(source)
                    .bind(table)
                    .bind(ctx.actor().staff().map_or_else(|| ctx.actor().key(), |staff| staff.name.clone()))
                    .bind(ctx.now())
                    .exec(&tx)
                    .await?;
                let event = audit::Event::new("calendar.import", "calendar", year).detail(serde_json::json!({ "days": days }));
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    let recounted = deadlines::recount(ctx, &calendar.with(notice), number).await?;
    Ok(Imported { days, recounted })
}

#[cfg(test)]
mod tests {
    use crate::calendars::deadlines::{Running, due, start};
    use super::*;
    use crate::testing;
    use kernel::calendar::Roll;
    use kernel::{Day, Period};

    const NOTICE: &str = "date,kind,name\n2027-01-01,holiday,元旦\n2027-01-02,holiday,元旦\n2027-01-03,holiday,元旦\n2027-01-04,holiday,元旦\n\
        2027-02-05,holiday,春节\n2027-02-06,holiday,春节\n2027-02-07,holiday,春节\n2027-02-08,holiday,春节\n2027-04-05,holiday,清明\n2027-05-01,holiday,劳动节\n2027-05-02,holiday,劳动节\n\
        2027-06-09,holiday,端午\n2027-09-15,holiday,中秋\n2027-10-01,holiday,国庆\n2027-10-02,holiday,国庆\n2027-10-03,holiday,国庆\n";

    store::db_test!(c_12_a_provisional_end_is_counted_again_and_told_when_the_notice_comes, |db| async move {
        let p = testing::platform(db);
        let ctx = p.system();
        let calendar = current(ctx.db()).await.expect("a calendar");
        let running = Running {
            object_kind: "case",
            object_id: "1".to_owned(),
            kind: "claim",
            from: Day::ymd(2026, 12, 2),
            period: Period::Days(30, Roll::NextWorkday),
            suspensions: Vec::new(),
            extension: None,
        };
        let told = ctx
            .db()
            .write(|tx| {
                let (ctx, calendar, running) = (ctx.clone(), calendar.clone(), running.clone());
                async move { start(&tx, &ctx, &calendar, &running).await }
            })
            .await
            .expect("started");
        assert_eq!(told.day(), Day::ymd(2027, 1, 4));
        assert!(told.provisional());
        let imported = import(&ctx, 2027, "国办发明电〔2026〕测试", NOTICE).await.expect("imported");
        assert_eq!(imported.recounted, 1);
        assert_eq!(due(ctx.db(), "case", "1", "claim").await.expect("read"), Some((Day::ymd(2027, 1, 5), false)));
        let (told,): (i64,) = q("SELECT COUNT(*) FROM outbox WHERE kind = $1").bind("deadline.case").one(ctx.db()).await.expect("counted");
        assert_eq!(told, 1);
        let again = import(&ctx, 2027, "国办发明电〔2026〕测试", NOTICE).await.expect("imported twice");
        assert_eq!(again.recounted, 0);
    });

    store::db_test!(c_08_a_notice_with_slips_is_refused_with_every_line, |db| async move {
        let p = testing::platform(db);
        let ctx = p.system();
        let error = import(&ctx, 2027, " ", "nonsense").await.expect_err("refused");
        assert!(error.has_code("E-CAL02"));
        let error = import(&ctx, 1, "x", NOTICE).await.expect_err("refused");
        assert!(error.has_code("E-CAL01"));
        let error = import(&ctx, 2027, "x", "2027-01-01,holiday,元旦\n2026-13-40,holiday,x\n<script>").await.expect_err("refused");
        assert!(error.issues().len() >= 2, "{error}");
        assert!(crate::calendars::notices(ctx.db()).await.expect("read").is_empty());
    });
}
