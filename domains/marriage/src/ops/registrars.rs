//! Registrars and their examinations (R-MR-19), entered by an administrator.

use booking::OfficeId;
use kernel::{Day, Issue, Issues};
use platform::{Ctx, Result, Role, Scope, StaffId, audit};

use crate::office;
use crate::store::registrars::{self as table, Registrar};

/// A registrar as typed.
#[derive(Debug, Clone)]
pub struct RegistrarInput {
    /// The member of staff.
    pub staff: StaffId,
    /// The number on his badge.
    pub registrar_no: String,
    /// His office.
    pub office: OfficeId,
    /// The day of his last examination, ISO.
    pub exam_on: String,
    /// Not suspended.
    pub on_duty: bool,
}

/// Enters a registrar, or his new examination, office or standing.
pub async fn set_registrar(ctx: &Ctx, input: RegistrarInput) -> Result<()> {
    let card = office::card(ctx, input.office).await?;
    ctx.require(&[Role::SystemAdmin, Role::SecurityAdmin], &Scope::region(card.region).org(card.org)).await?;
    let mut found = Issues::default();
    let registrar_no = kernel::text::code(&input.registrar_no);
    found.ensure((1..=30).contains(&registrar_no.chars().count()), || {
        Issue::error("MR-E51", "请填写登记员编号，最多30字", "give the registrar's number, at most 30 characters").field("registrar_no")
    });
    let exam_on = input.exam_on.trim().parse::<Day>().ok().filter(|day| *day <= ctx.today());
    found.ensure(exam_on.is_some(), || {
        Issue::error("C-E11", "请填写不晚于今天的日期", "give a date that is not after today").field("exam_on")
    });
    found.finish()?;
    let registrar = Registrar {
        staff: input.staff,
        registrar_no,
        office: input.office,
        exam_on: exam_on.expect("ensured above"),
        on_duty: input.on_duty,
    };
    let event = audit::Event::new("marriage.registrar", "staff", input.staff).region(&card.region);
    ctx.db()
        .write(|tx| {
            let (ctx, registrar, event) = (ctx.clone(), registrar.clone(), event.clone());
            async move {
                if !table::put(&tx, &ctx, &registrar).await? {
                    return Err(Issue::error("MR-E52", "该登记员编号已被使用", "this number is taken").field("registrar_no").into());
                }
                audit::record(&tx, &ctx, event).await
            }
        })
        .await
}

/// The registrars of an office.
pub async fn registrars(ctx: &Ctx, office: OfficeId) -> Result<Vec<Registrar>> {
    let card = office::card(ctx, office).await?;
    let roles = [Role::SystemAdmin, Role::SecurityAdmin, Role::Registrar, Role::Supervisor];
    ctx.require(&roles, &Scope::region(card.region).org(card.org)).await?;
    table::of_office(ctx.db(), office).await
}
