//! Taking figures and lists along: the same answers as on the page, through the same authorisation, with a line in the trail.

use platform::{Ctx, Result, audit};

use crate::forms::{Form, form};
use crate::issues;
use crate::list::{List, part};
use crate::model::{Asked, Measure};
use crate::read::table;
use crate::rules::rules;
use crate::sheet::Sheet;

/// Lines read at once.
const AT_ONCE: usize = 1000;

/// What is taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Export {
    /// The table of figures.
    Table,
    /// A form.
    Form(Form),
    /// The list behind a figure.
    List(Measure),
}

impl Export {
    fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Form(form) => form.code(),
            Self::List(measure) => measure.code(),
        }
    }
}

/// The sheet of an export; who took what along is in the trail.
///
/// # Errors
/// Those of the page that shows the same; `E-STA03` for a list that is too long for one file.
pub async fn export(ctx: &Ctx, asked: &Asked, what: Export) -> Result<Sheet> {
    let sheet = match what {
        Export::Table => table(ctx, asked).await?.sheet(),
        Export::Form(which) => form(ctx, asked, which).await?,
        Export::List(measure) => whole_list(ctx, asked, measure).await?,
    };
    taken(ctx, asked, what.name(), sheet.rows.len()).await?;
    Ok(sheet)
}

/// Writes into the trail who took what along.
pub(crate) async fn taken(ctx: &Ctx, asked: &Asked, name: &str, lines: usize) -> Result<()> {
    let detail = serde_json::json!({ "asked": asked.query().into_iter().filter(|(_, value)| !value.is_empty()).collect::<std::collections::BTreeMap<_, _>>(), "lines": lines });
    let event = audit::Event::new("statistics.export", "statistics", name).detail(detail);
    let event = match &asked.region {
        Some(region) => event.region(region),
        None => event,
    };
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await
}

async fn whole_list(ctx: &Ctx, asked: &Asked, measure: Measure) -> Result<Sheet> {
    let bound = rules().export_lines;
    let mut list: List = part(ctx, asked, measure, "", AT_ONCE).await?;
    while let Some(next) = list.next.take() {
        if list.lines.len() >= bound {
            return Err(issues::too_long(bound).into());
        }
        let more = part(ctx, asked, measure, &next, AT_ONCE).await?;
        list.lines.extend(more.lines);
        list.next = more.next;
    }
    let region = list.asked.region.map(|code| code.to_string()).unwrap_or_default();
    Ok(list.sheet(&region))
}
