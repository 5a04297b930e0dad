//! Ratings from other systems (P3-10, scenario 9): their scale is turned round where they come in.

use kernel::{Instant, Issue, Issues};
use platform::{Ctx, Error, Result, Role, Scope};

use super::{Given, Level, rate};
use crate::issues;
use crate::store::subjects;

/// How another system counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// 1 is the best, as here.
    OneBest,
    /// 5 is the best.
    FiveBest,
}

impl Scale {
    /// The level of a value.
    pub fn level(self, value: i64) -> Option<Level> {
        match self {
            Self::OneBest => Level::from_number(value),
            Self::FiveBest => Level::from_number(6 - value),
        }
    }
}

/// One rating of another system.
#[derive(Debug, Clone)]
pub struct Imported {
    /// Number of the matter.
    pub number: String,
    /// The value on its scale.
    pub value: i64,
    /// When it was given.
    pub at: Instant,
    /// Codes of tags.
    pub tags: Vec<String>,
    /// Words.
    pub words: String,
    /// Whether it bears a name.
    pub anonymous: bool,
    /// Code of the way by which it came.
    pub channel: String,
}

/// Takes ratings of another system in, for matters of the actor's regions. One that is there already is left as it is. Returns how many
/// were new; each is a transaction of its own, so that a run that breaks off can be repeated.
///
/// # Errors
/// E-P309 names every line that is wrong; nothing of the file is taken then.
pub async fn import(ctx: &Ctx, scale: Scale, lines: &[Imported]) -> Result<u64> {
    ctx.require_role(&[Role::RatingHandler])?;
    let mut ready = Vec::new();
    let mut found = Issues::default();
    for (n, line) in (1..).zip(lines) {
        let wrong = |what: &str, english: &str| issues::import_line(n, what, english);
        let Some(level) = scale.level(line.value) else {
            found.add(wrong("评价值应为1至5", "the value must be 1 to 5"));
            continue;
        };
        let Some(subject) = subjects::by_number(ctx.db(), &line.number).await? else {
            found.add(wrong("没有这个已办结的业务编号", "no finished matter has this number"));
            continue;
        };
        ctx.require(&[Role::RatingHandler], &Scope::region(subject.region).org(subject.org)).await?;
        if line.at > ctx.now() || line.at.day() < subject.finished_on {
            found.add(wrong("评价时间应在办结之后、现在之前", "the time must lie between the end of the matter and now"));
            continue;
        }
        let given = Given {
            level: level.code().to_owned(),
            tags: if level.is_bad() && line.tags.is_empty() { vec![super::Tag::Attitude.code().to_owned()] } else { line.tags.clone() },
            words: line.words.clone(),
            anonymous: line.anonymous,
            channel: line.channel.clone(),
        };
        ready.push((subject, given, line.at));
    }
    found.finish()?;
    let mut new = 0;
    for (subject, given, at) in ready {
        match rate::store_new(ctx, &subject, None, &given, at).await {
            Ok(_) => new += 1,
            Err(error) if error.has_code("E-P301") => {}
            Err(error) => return Err(error),
        }
    }
    Ok(new)
}

/// Reads the name of a scale: `five_best` or `one_best`.
impl std::str::FromStr for Scale {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        match text {
            "five_best" => Ok(Self::FiveBest),
            "one_best" => Ok(Self::OneBest),
            _ => Err(Issue::error("E-P309", "scale 应为 five_best 或 one_best", "scale must be five_best or one_best").field("scale").into()),
        }
    }
}
