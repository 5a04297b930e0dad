//! `tongban import`: what a new instance needs before anybody can work with it.

use anyhow::{Context as _, Result, bail};
use catalog::BasicCode;
use catalog::model::Level;
use kernel::{Lang, RegionCode, Text, Uscc};
use licences::stock::Submit;
use platform::regions::{self, Organisation};
use platform::{Ctx, Error, OrgId};

/// What can be imported.
#[derive(clap::Subcommand)]
pub(super) enum Import {
    /// The divisions of the configured province, and the items that the program carries.
    Province,
    /// A body; the same credit code again changes its name and region.
    Organisation {
        /// Unified social credit code.
        uscc: String,
        /// Name in Chinese.
        #[arg(long)]
        name: String,
        /// Name in English.
        #[arg(long)]
        name_en: String,
        /// Code of its division.
        #[arg(long)]
        region: String,
    },
    /// Older licences from a table (CSV). A member of staff compares them with the papers before they are loaded.
    Licences {
        /// The table.
        table: std::path::PathBuf,
        /// Name of the batch.
        #[arg(long)]
        name: String,
        /// Where the data come from.
        #[arg(long)]
        origin: String,
    },
    /// A register of social organisations from a table (CSV or XLSX). Tried first; nothing is changed without `--load`.
    Organizations {
        /// The table.
        table: std::path::PathBuf,
        /// Credit code of the body whose register it is, where lines do not say.
        #[arg(long)]
        authority: String,
        /// Which column is what, in their order, separated by commas: codes of fields, nothing for a column that is left out. Guessed by the
        /// head without it.
        #[arg(long)]
        columns: Option<String>,
        /// Load what can be taken.
        #[arg(long)]
        load: bool,
    },
    /// Claims and publishes the carried items of its level for a body.
    Items {
        /// Credit code of the body.
        #[arg(long)]
        org: String,
        /// Code of an office where people come; may be given several times.
        #[arg(long, required = true)]
        office: Vec<String>,
    },
}

/// Runs it.
pub(super) async fn import(ctx: &Ctx, what: Import) -> Result<()> {
    match what {
        Import::Province => {
            let province = ctx.settings().region;
            crate::divisions::load(ctx, province).await?;
            catalog::seed::define_all(ctx, province).await.map_err(super::told)?;
            super::say(format_args!("Divisions of {province} and the carried items are in."));
        }
        Import::Organisation { uscc, name, name_en, region } => {
            let uscc = Uscc::parse(&uscc).map_err(|issues| super::told(issues.into()))?;
            let region = RegionCode::parse(&region).context("no code of a division")?;
            if regions::find(ctx.db(), &region).await?.is_none() {
                bail!("division {region} is not in this instance; run `tongban import province` first");
            }
            let org = Organisation { id: ctx.id(), uscc: uscc.as_str().to_owned(), name: Text::new(name, name_en), region };
            put(ctx, org).await?;
            super::say("The body is in.");
        }
        Import::Licences { table, name, origin } => licences(ctx, &table, name, origin).await?,
        Import::Organizations { table, authority, columns, load } => organizations(ctx, &table, &authority, columns.as_deref(), load).await?,
        Import::Items { org, office } => {
            let body = regions::organisation_by_uscc(ctx.db(), &org).await?.context("no body has this credit code")?;
            for code in &office {
                if booking::ops::read::office(ctx, code).await.is_err() {
                    bail!("there is no office {code}; open it under Administration › Offices first");
                }
            }
            let claimed = claim(ctx, &body, office).await?;
            super::say(format_args!("{claimed} items are published."));
        }
    }
    Ok(())
}

async fn licences(ctx: &Ctx, table: &std::path::Path, name: String, origin: String) -> Result<()> {
    let table = std::fs::read(table).with_context(|| format!("cannot read {}", table.display()))?;
    let id = ::licences::stock::submit(ctx, &Submit { name, origin, table }).await.map_err(super::told)?;
    let batch = ::licences::stock::batch(ctx, id).await.map_err(super::told)?;
    super::say(format_args!("{} lines are entered and wait for a second person; {} cannot be loaded:", batch.lines - batch.refused, batch.refused));
    let mut after = 0;
    loop {
        let refused = ::licences::stock::refused_lines(ctx, id, after).await.map_err(super::told)?;
        let Some(last) = refused.last() else { return Ok(()) };
        after = last.line;
        for line in refused {
            let field = line.issue.field.clone().unwrap_or_default();
            super::say(format_args!("line {}: {} {field}: {}", line.line, line.issue.code, line.issue.text(Lang::En)));
        }
    }
}

/// Takes a register in, tries it, and loads it where that is wanted. A server that runs on the same data goes on with it after a stop.
async fn organizations(ctx: &Ctx, table: &std::path::Path, authority: &str, columns: Option<&str>, load: bool) -> Result<()> {
    use ::organizations::import::{self, Sent};
    let source = std::io::BufReader::new(std::fs::File::open(table).with_context(|| format!("cannot read {}", table.display()))?);
    let body = regions::organisation_by_uscc(ctx.db(), authority).await?.context("no body has this credit code")?;
    let file_name = table.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let id = import::send(ctx, Sent { file_name, authority: body.id, source }).await.map_err(super::told)?;
    let seen = import::import(ctx, id).await.map_err(super::told)?;
    let chosen: Vec<String> = match columns {
        Some(columns) => columns.split(',').map(|code| code.trim().to_owned()).collect(),
        None => (0..seen.columns.len()).map(|place| seen.mapping.field(place).to_owned()).collect(),
    };
    for (header, field) in seen.columns.iter().zip(&chosen) {
        super::say(format_args!("{header} = {}", if field.is_empty() { "-" } else { field }));
    }
    import::map(ctx, id, &chosen).await.map_err(super::told)?;
    import::run_all(ctx).await.map_err(super::told)?;
    report(ctx, id).await?;
    if load {
        import::load(ctx, id).await.map_err(super::told)?;
        import::run_all(ctx).await.map_err(super::told)?;
        let done = import::import(ctx, id).await.map_err(super::told)?;
        super::say(format_args!("loaded: {} new, {} changed, {} as they were", done.fresh, done.changed, done.same));
    }
    Ok(())
}

/// What a dry run found.
async fn report(ctx: &Ctx, id: ::organizations::import::ImportId) -> Result<()> {
    use ::organizations::import;
    let found = import::import(ctx, id).await.map_err(super::told)?;
    super::say(format_args!("{} lines: {} new, {} changed, {} as they are, {} cannot be taken:", found.line.total, found.fresh, found.changed, found.same, found.refused));
    let (rejects, more) = import::rejects(ctx, id, 0).await.map_err(super::told)?;
    for reject in rejects {
        for issue in reject.issues {
            super::say(format_args!("line {}: {} {}", reject.line, issue.code, issue.text(Lang::En)));
        }
    }
    if more {
        super::say("… and more: see Administration, imports.");
    }
    Ok(())
}

async fn put(ctx: &Ctx, org: Organisation) -> Result<OrgId, Error> {
    let event = platform::audit::Event::new("organisation.put", "organisation", org.id).region(&org.region);
    ctx.db()
        .write(|tx| {
            let (ctx, org, event) = (ctx.clone(), org.clone(), event.clone());
            async move {
                let id = regions::put_organisation(&tx, &org).await?;
                platform::audit::record(&tx, &ctx, event).await?;
                Ok(id)
            }
        })
        .await
}

/// Claims what is carried for the body's level and not yet claimed by it.
async fn claim(ctx: &Ctx, body: &Organisation, offices: Vec<String>) -> Result<usize> {
    let level = match body.region.level() {
        kernel::Level::Province => Level::Province,
        kernel::Level::City => Level::City,
        _ => Level::County,
    };
    let mut claimed = 0;
    for file in catalog::seed::carried().map_err(|issue| super::told(issue.into()))? {
        if !file.elements.levels.contains(&level) {
            continue;
        }
        let code: BasicCode = file.code;
        match catalog::seed::implement(ctx, &code, body.id, level, offices.clone()).await {
            Ok(_) => claimed += 1,
            Err(error) if error.has_code("E-ST03") => {}
            Err(error) => return Err(super::told(error)),
        }
    }
    Ok(claimed)
}
