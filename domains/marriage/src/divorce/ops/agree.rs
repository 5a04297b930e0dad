//! The agreement: written down version by version, signed by both before the registrar (R-MR-23).

use casework::CaseId;
use kernel::money::Fen;
use kernel::{Issue, Issues};
use platform::{Ctx, Result};

use super::super::issues;
use super::super::model::{Agreement, Child, Custody};
use super::super::rules::incomplete;
use super::super::states::{Action, StateKind};
use super::{advance, begin};
use crate::model::Side;
use crate::store;

/// What is agreed about a child, as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ChildInput {
    /// Name.
    pub name: String,
    /// Number; may be empty.
    pub id_no: String,
    /// `father`, `mother` or `both`.
    pub custody: String,
    /// What the other pays each time, in yuan.
    pub support: String,
    /// How often.
    pub frequency: String,
    /// Until when.
    pub until: String,
    /// How the other sees the child.
    pub visits: String,
}

impl ChildInput {
    /// Whether nothing was typed into this row.
    pub fn is_blank(&self) -> bool {
        [&self.name, &self.id_no, &self.custody, &self.support, &self.frequency, &self.until, &self.visits].iter().all(|text| text.trim().is_empty())
    }
}

/// The agreement as typed. Rows without anything in them do not count.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AgreementInput {
    /// The children under age.
    pub children: Vec<ChildInput>,
    /// There are none.
    pub no_children: bool,
    /// Property; "none" is written.
    pub property: String,
    /// Debts; "none" is written.
    pub debts: String,
    /// Anything else.
    pub other: String,
}

/// Writes down a version. What was signed before stays as it was, and the new one has to be signed.
///
/// # Errors
/// `MR-E23` for what it leaves open, `C-E01` … for a child's number; everything at once.
pub async fn agree(ctx: &Ctx, case: CaseId, seen: i64, input: &AgreementInput) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Agree).await?;
    let mut found = Issues::default();
    let mut children = Vec::new();
    for (n, child) in input.children.iter().enumerate().filter(|(_, child)| !child.is_blank()) {
        children.extend(read(n, child, ctx.today(), &mut found));
    }
    let rows = input.children.iter().any(|child| !child.is_blank());
    found.ensure(rows != input.no_children, || issues::agreement_incomplete("no_children"));
    let agreement = Agreement {
        no_children: input.no_children,
        children,
        property: kernel::text::lines(&input.property),
        debts: kernel::text::lines(&input.debts),
        other: kernel::text::lines(&input.other),
    };
    for issue in incomplete(&agreement).into_iter().filter(|issue| matches!(issue.field.as_deref(), Some("property" | "debts"))) {
        found.add(issue);
    }
    found.finish()?;
    let sealed = store::divorce::seal_agreement(ctx, &agreement);
    let number = file.agreement().map_or(1, |version| version.number + 1);
    ctx.db()
        .write(|tx| {
            let (ctx, file, sealed) = (ctx.clone(), file.clone(), sealed.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Agree, file.written, &number.to_string()).await?;
                store::divorce::insert_agreement(&tx, &ctx, case, &sealed, number).await
            }
        })
        .await
}

fn read(n: usize, child: &ChildInput, today: kernel::Day, found: &mut Issues) -> Option<Child> {
    let field = |name: &str| format!("child_{n}_{name}");
    let text = |typed: &str| kernel::text::line(typed);
    let id_no = match child.id_no.trim() {
        "" => Some(String::new()),
        typed => found.keep_at(&field("id_no"), kernel::IdNumber::parse(typed, today)).map(|number| number.as_str().to_owned()),
    };
    let custody = Custody::from_code(child.custody.trim());
    found.ensure(custody.is_some(), || issues::agreement_incomplete(field("custody")));
    let support = match child.support.trim() {
        "" => Some(0),
        typed => typed.parse::<Fen>().ok().map(|fen| fen.0).filter(|fen| *fen >= 0),
    };
    found.ensure(support.is_some(), || Issue::error("C-E12", "请填写金额，单位元", "write an amount in yuan").field(field("support")));
    for (name, typed) in [("name", &child.name), ("frequency", &child.frequency), ("until", &child.until), ("visits", &child.visits)] {
        found.ensure(!text(typed).is_empty(), || issues::agreement_incomplete(field(name)));
    }
    Some(Child {
        name: kernel::text::name(&child.name),
        id_no: id_no?,
        custody: custody?,
        support_fen: support?,
        frequency: text(&child.frequency),
        until: text(&child.until),
        visits: text(&child.visits),
    })
}

/// Both sign the newest version before the registrar, at the application together with the application form; `scan` is the key of the
/// signed paper.
///
/// # Errors
/// `MR-E23` without agreement or scan.
pub async fn sign(ctx: &Ctx, case: CaseId, seen: i64, scan: &str) -> Result<()> {
    let (file, seen) = begin(ctx, case, seen, Action::Sign).await?;
    let version = file.agreement().ok_or_else(|| issues::agreement_incomplete("agreement"))?;
    if scan.is_empty() {
        return Err(issues::agreement_unsigned().field("scan").into());
    }
    let (id, number, scan) = (version.id, version.number, scan.to_owned());
    let rows: Vec<_> = Side::BOTH.into_iter().filter_map(|side| file.party(side)).map(|party| party.id).collect();
    let applies = file.written == StateKind::Precheck;
    ctx.db()
        .write(|tx| {
            let (ctx, file, scan, rows) = (ctx.clone(), file.clone(), scan.clone(), rows.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::Sign, file.written, &number.to_string()).await?;
                if applies {
                    for row in rows {
                        store::parties::sign(&tx, row, &scan, ctx.now()).await?;
                    }
                }
                store::divorce::sign_agreement(&tx, id, &scan, ctx.now()).await
            }
        })
        .await
}
