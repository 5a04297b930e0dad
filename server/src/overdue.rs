//! What is late elsewhere becomes a card of supervision: ratings and complaints know their own periods and nothing of cards that are
//! answered and cancelled; supervision knows those and nothing of ratings.

use std::time::Duration;

use interaction::cards::{self, Object, Overdue};
use casework::supervision::{self, Colour, NewCard, Rule};
use platform::{Ctx, Job, Result, Service};

/// The job that hands them over; the same again changes nothing.
pub(crate) fn service() -> Service {
    let adopt = Job { name: "supervision.adopt", every: Duration::from_secs(3600), run: |ctx| Box::pin(async move { adopt(&ctx).await }) };
    Service { name: "overdue", jobs: vec![adopt], handlers: Vec::new() }
}

async fn adopt(ctx: &Ctx) -> Result<()> {
    let late = cards::overdue(ctx, ctx.settings().region, None).await?;
    supervision::adopt(ctx, late.into_iter().filter_map(|late| card(ctx, late)).collect()).await.map(drop)
}

fn card(ctx: &Ctx, late: Overdue) -> Option<NewCard> {
    let colour = match late.colour? {
        cards::Colour::Yellow => Colour::Yellow,
        cards::Colour::Red => Colour::Red,
        cards::Colour::Alarm => return None,
    };
    let rule = match late.object {
        Object::Rating(_) => Rule::RatingLate,
        Object::Complaint(_) => Rule::ComplaintLate,
    };
    Some(NewCard {
        rule,
        colour,
        cause: format!("{}:{}:{}", late.number, late.period, late.due),
        case: None,
        subject: late.number,
        region: late.region,
        org: late.org,
        item_code: String::new(),
        clerk: late.staff,
        effective_on: ctx.today(),
        due: Some(late.due),
        over: late.days,
        words: format!("{}：期限{}，已超{}个工作日", rule.name().zh, late.due, late.days),
    })
}
