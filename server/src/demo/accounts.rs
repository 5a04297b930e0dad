//! The demo's staff and the two citizens who can sign in.

use booking::OfficeCard;
use identity::NewGrant;
use identity::session;
use identity::ops::{AddStaff, ConfirmSignUp, RealName, SignUp, Vouch, add_staff, confirm_sign_up, request_sign_up, vouch};
use kernel::{Day, RegionCode};
use platform::{Actor, Ctx, Error, Result, Role, StaffActor, regions};

use super::post::Captured;
use super::{HOME, PASSWORD, people};

/// The demo's members of staff, as they act while the demo is loaded.
pub(crate) struct Team {
    /// Registers marriages.
    pub(crate) registrar: StaffActor,
    /// Registers too, and confirms what the other has typed.
    pub(crate) second: StaffActor,
}

/// Number of the couple with accounts, beyond all that are registered or have booked.
const CITIZENS: usize = 450;

/// Adds administrator, auditor, those who publish items, and the two registrars of the first office.
pub(crate) async fn staff(ctx: &Ctx, province: RegionCode) -> Result<Team> {
    let provincial = regions::organisations(ctx.db(), &province).await?.into_iter().find(|org| org.region == province);
    let department = provincial.ok_or_else(|| Error::internal("the demo's department is missing"))?.uscc;
    let add = async |username: &str, name: &str, org: &str, roles: &[Role], region: RegionCode, admin: bool| {
        let grants = roles.iter().map(|role| NewGrant::new(*role, region)).collect();
        let input = AddStaff { username: username.into(), name: name.into(), org: org.into(), password: PASSWORD.into(), grants, admin };
        add_staff(ctx, input).await.map(|added| added.id)
    };
    add("admin", "周管理", &department, &[], province, true).await?;
    add("auditor", "郑审计", &department, &[Role::AuditAdmin], province, false).await?;
    add("editor", "吴编制", &department, &[Role::ItemEditor], province, false).await?;
    add("publisher", "冯发布", &department, &[Role::ItemReviewer, Role::ItemPublisher], province, false).await?;
    let home = booking::ops::read::office(ctx, HOME.office).await?;
    team(ctx, &home, ["registrar1", "registrar2"], ["陈登记", "林登记"]).await
}

/// Two registrars of an office. Returns them as they act.
pub(crate) async fn team(ctx: &Ctx, office: &OfficeCard, usernames: [&str; 2], names: [&str; 2]) -> Result<Team> {
    let body = regions::organisation(ctx.db(), office.org).await?.ok_or_else(|| Error::internal("an office of no body"))?.uscc;
    let add = async |n: usize| {
        let roles = [Role::Clerk, Role::Registrar];
        let grants = roles.iter().map(|role| NewGrant::new(*role, office.region)).collect();
        let (username, name) = (usernames[n].to_owned(), names[n].to_owned());
        let input = AddStaff { username, name: name.clone(), org: body.clone(), password: PASSWORD.into(), grants, admin: false };
        let id = add_staff(ctx, input).await?.id;
        let grants = roles.iter().map(|role| platform::Grant { role: *role, org: None, region: office.region, item: None, until: None }).collect();
        Ok::<_, Error>(StaffActor { id, name, org: office.org, region: office.region, grants, token: None })
    };
    Ok(Team { registrar: add(0).await?, second: add(1).await? })
}

/// A member of staff of the home bureau with these roles there.
pub(crate) async fn colleague(ctx: &Ctx, username: &str, name: &str, roles: &[Role]) -> Result<StaffActor> {
    let region = RegionCode::parse(HOME.region).map_err(Error::internal)?;
    let org = regions::organisation_by_uscc(ctx.db(), HOME.org).await?.ok_or_else(|| Error::internal("the demo's body is missing"))?;
    let grants = roles.iter().map(|role| NewGrant::new(*role, region)).collect();
    let input = AddStaff { username: username.into(), name: name.into(), org: HOME.org.into(), password: PASSWORD.into(), grants, admin: false };
    let id = add_staff(ctx, input).await?.id;
    let grants = roles.iter().map(|role| platform::Grant { role: *role, org: None, region, item: None, until: None }).collect();
    Ok(StaffActor { id, name: name.to_owned(), org: org.id, region, grants, token: None })
}

/// The two citizens who can sign in, as people.
pub(crate) fn couple(today: Day) -> (people::Invented, people::Invented) {
    people::couple(CITIZENS, today)
}

/// The two citizens who can sign in. Returns them as they act.
pub(crate) async fn citizens(ctx: &Ctx, post: &Captured, team: &Team) -> Result<[Actor; 2]> {
    let (he, she) = couple(ctx.today());
    // Her number is the first: 19900000900.
    Ok([open_account(ctx, post, team, &she).await?, open_account(ctx, post, team, &he).await?])
}

/// Opens an account for somebody whose document a clerk has seen (level 3). Returns him as he acts.
pub(crate) async fn open_account(ctx: &Ctx, post: &Captured, team: &Team, one: &people::Invented) -> Result<Actor> {
    let clerk = ctx.with_actor(Actor::Staff(team.registrar.clone()));
    let visitor = ctx.with_actor(Actor::Anonymous);
    request_sign_up(&visitor, SignUp { contact: one.phone.clone(), password: PASSWORD.to_owned() }).await?;
    let code = post.code(ctx).await?;
    let started = confirm_sign_up(&visitor, ConfirmSignUp { contact: one.phone.clone(), code }).await?;
    let shown = RealName { name: one.name.clone(), id_type: "111".to_owned(), number: one.id_no.clone() };
    vouch(&clerk, Vouch { contact: one.phone.clone(), shown }).await?;
    let found = session::find(&visitor, &started.token).await?.ok_or_else(|| Error::internal("a session of the demo"))?;
    session::end(&visitor, &started.token).await?;
    Ok(found.actor)
}
