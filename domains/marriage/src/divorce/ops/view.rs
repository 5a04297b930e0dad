//! A case as the desk shows it: everything in clear, so every look is an audited read with its purpose (C-15).

use casework::{Action as LogLine, CaseId};
use kernel::Text;
use platform::{Ctx, Result, Role, audit};

use super::super::file::File;
use super::super::rules::{Visit, evaluate};
use super::super::states::{Action, StateKind, actions_for};
use super::accept::dossier;
use super::load;
use crate::model::{Entry as Source, Side};
use crate::office;
use crate::ports::Ports;
use crate::rules::Finding;
use crate::store::booklets::{self, BookletKind};
use crate::store::divorces::{self, Entry};

/// What the desk's page shows.
#[derive(Debug, Clone)]
pub struct View {
    /// The case.
    pub file: File,
    /// Where it stands today, written down or not.
    pub state: StateKind,
    /// What each rule finds now; empty while no visit runs.
    pub findings: Vec<Finding>,
    /// What the actor may do now.
    pub actions: Vec<Action>,
    /// What was done.
    pub log: Vec<LogLine>,
    /// The entry in the register, once there is one.
    pub entry: Option<Entry>,
    /// Name of the office.
    pub office: Text,
    /// The next serials in the office's stock of divorce certificates.
    pub serials: Vec<String>,
    /// The man's, the woman's data were typed by the actor: somebody else has to confirm them.
    pub is_typist: [bool; 2],
}

/// Loads a case for the desk. The read is audited before anything is shown.
///
/// # Errors
/// `NotFound` for whoever may not see it.
pub async fn view(ctx: &Ctx, ports: &Ports, case: CaseId) -> Result<View> {
    let file = load(ctx, case).await?;
    let mut roles = Vec::new();
    for role in [Role::Clerk, Role::Registrar, Role::Reviewer] {
        if ctx.require(&[role], &file.scope()?).await.is_ok() {
            roles.push(role);
        }
    }
    audit_read(ctx, &file).await?;
    let state = file.state_on(ctx.today());
    let visit = match state {
        StateKind::Precheck => Some(Visit::Application),
        StateKind::Examined => Some(Visit::Claim),
        _ => None,
    };
    let findings = match visit {
        Some(visit) => evaluate(&dossier(ctx, ports, &file, visit).await?, visit),
        None => Vec::new(),
    };
    let me = ctx.actor().staff().map(|staff| staff.id);
    let typed_by_me = |side: Side| file.party(side).is_some_and(|party| matches!(party.entry, Source::Typed { by } if Some(by) == me));
    Ok(View {
        state,
        findings,
        actions: actions_for(state, &roles),
        log: casework::actions_of(ctx.db(), case).await?,
        entry: divorces::of_case(ctx.db().into(), ctx, case).await?,
        office: office::card(ctx, file.office).await?.name,
        serials: booklets::lowest_of(ctx.db(), BookletKind::Divorce, file.office, 2).await?,
        is_typist: Side::BOTH.map(typed_by_me),
        file,
    })
}

/// Records who looked at the persons of a case, before they are shown.
pub(super) async fn audit_read(ctx: &Ctx, file: &File) -> Result<()> {
    let persons: Vec<Option<platform::PersonId>> = file.parties().map(|party| party.person).collect();
    let (case, region) = (file.id(), file.region()?);
    ctx.db()
        .write(|tx| {
            let (ctx, persons) = (ctx.clone(), persons.clone());
            async move {
                for person in persons {
                    let event = audit::Event::new("marriage.divorce.read", "case", case).person(person).region(&region).reason("办理离婚登记");
                    audit::record(&tx, &ctx, event).await?;
                }
                Ok(())
            }
        })
        .await
}
