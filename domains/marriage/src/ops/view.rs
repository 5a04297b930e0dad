//! A case as the desk shows it: everything in clear, so every look is an audited read with its purpose (C-15).

use casework::{Action as LogLine, CaseId};
use kernel::{Instant, Text};
use platform::{Ctx, Result, Role, audit};

use super::{gather::gather, load};
use crate::file::CaseFile;
use crate::ports::Ports;
use crate::rules::{Finding, evaluate};
use crate::states::{Action, actions_for};
use crate::store::register::{self, Entry};
use crate::store::{booklets, checks};
use crate::office;

/// A run of the checks, as the log lists it.
#[derive(Debug, Clone)]
pub struct CheckLine {
    /// At which stage.
    pub stage: String,
    /// What it came to.
    pub result: Option<Text>,
    /// When.
    pub at: Instant,
}

/// What the desk's page shows.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// The case.
    pub file: CaseFile,
    /// What each rule finds now; empty once the case is closed.
    pub findings: Vec<Finding>,
    /// What the actor may do now.
    pub actions: Vec<Action>,
    /// What was done.
    pub log: Vec<LogLine>,
    /// The checks that were run.
    pub checks: Vec<CheckLine>,
    /// The entry in the register, once there is one.
    pub entry: Option<Entry>,
    /// Name of the office.
    pub office: Text,
    /// The next serials in the office's stock, for the registrar's form.
    pub serials: Vec<String>,
    /// The second person who has to confirm is somebody else than the actor.
    pub is_typist: [bool; 2],
}

/// Loads a case for the desk. The read is audited before anything is shown.
pub async fn view(ctx: &Ctx, ports: &Ports, case: CaseId) -> Result<CaseView> {
    let file = load(ctx, case).await?;
    let mut roles = Vec::new();
    for role in [Role::Clerk, Role::Registrar, Role::Reviewer] {
        if ctx.require(&[role], &file.scope()?).await.is_ok() {
            roles.push(role);
        }
    }
    audit_read(ctx, &file).await?;
    let kind = file.state.kind();
    let findings = if kind.phase().is_closed() { Vec::new() } else { evaluate(&gather(ctx, ports, &file).await?) };
    let entry = match file.state.marriage() {
        Some(marriage) => Some(register::entry(ctx.db().into(), ctx, marriage).await?),
        None => None,
    };
    let office_id = file.office()?;
    let me = ctx.actor().staff().map(|staff| staff.id);
    let typed_by_me = |party: Option<&crate::PartyFile>| {
        party.is_some_and(|party| matches!(party.entry, crate::model::Entry::Typed { by } if Some(by) == me))
    };
    Ok(CaseView {
        findings,
        actions: actions_for(kind, &roles),
        log: casework::actions_of(ctx.db(), case).await?,
        checks: checks::of_case(ctx.db(), case)
            .await?
            .into_iter()
            .map(|(stage, result, at)| CheckLine { stage, result: crate::model::CheckResult::from_code(&result).map(|r| r.name()), at })
            .collect(),
        entry,
        office: office::card(ctx, office_id).await?.name,
        serials: booklets::lowest(ctx.db(), office_id, 2).await?,
        is_typist: [typed_by_me(file.a.as_ref()), typed_by_me(file.b.as_ref())],
        file,
    })
}

/// Records who looked at the persons of a case, before they are shown.
pub(super) async fn audit_read(ctx: &Ctx, file: &CaseFile) -> Result<()> {
    let persons: Vec<Option<platform::PersonId>> = match (&file.a, &file.b) {
        (None, None) => return Ok(()),
        _ => file.parties().map(|party| party.person).collect(),
    };
    let (case, region) = (file.id(), file.region()?);
    ctx.db()
        .write(|tx| {
            let (ctx, persons) = (ctx.clone(), persons.clone());
            async move {
                for person in persons {
                    let event = audit::Event::new("marriage.case.read", "case", case).person(person).region(&region).reason("办理结婚登记");
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok(())
            }
        })
        .await
}

/// The case's photo or a party's scanned declaration, by which the file may be fetched; an audited read as well.
pub async fn case_file_key(ctx: &Ctx, case: CaseId, which: CaseFileKey) -> Result<String> {
    let file = load(ctx, case).await?;
    let key = match which {
        CaseFileKey::Photo => file.photo.as_ref().map(|photo| photo.file.clone()),
        CaseFileKey::Statement(side) => file.party(side).and_then(|party| party.statement.clone()),
    };
    let key = key.ok_or(platform::Error::NotFound)?;
    audit_read(ctx, &file).await?;
    Ok(key)
}

/// Which file of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseFileKey {
    /// The joint photo.
    Photo,
    /// The scan of a party's declaration.
    Statement(crate::model::Side),
}
