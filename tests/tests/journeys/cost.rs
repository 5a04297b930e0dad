//! What pages cost: the number of questions that a page asks of the database does not grow with what it shows.

use identity::testing::Citizen;
use interaction::testing::{finished, subject};
use kernel::Text;
use notices::{Notice, To, Topic};
use platform::{Role, StaffActor};
use server::http::table;

use crate::{
    couple::Counter,
    hall, journey,
    kit::{Site, Visitor, at},
};

/// The most that any page asks, whatever it shows.
const MOST: u64 = 60;

/// What there is more and more of.
struct Town {
    counter: Counter,
    hall: ::hall::testing::World,
    clerk: StaffActor,
    me: Citizen,
    grown: u16,
}

impl Town {
    async fn new(site: &Site) -> Self {
        let clerk = identity::testing::staff(&site.platform, "990102", &[Role::Clerk]).await;
        let (me, _) = site.citizen(2).await;
        Self { counter: Counter::opens(site, "990102").await, hall: hall::hall(site, 4).await, clerk, me, grown: 0 }
    }

    /// One more of everything: a booking, a case, a ticket, a rating, a complaint, a notice, a member of staff, an office.
    async fn grows(&mut self, site: &Site) {
        let n = self.grown;
        self.grown += 1;
        let (other, mut browser) = site.citizen(2).await;
        hall::books(site, &self.hall, &other, 9 * 60 + n % 6 * 30).await;
        hall::walks_in(site, &self.hall, "").await;
        self.counter.registrar.opens("/desk").await.is(200).submits("/desk/walk-in", &[]).await.is(303);
        let number = kernel::CaseNo::new(self.clerk.region, site.platform.now().day(), kernel::Channel::Counter, 500 + u32::from(n)).expect("in range");
        let token = finished(&site.platform, subject(&self.clerk, &self.me, number.as_str(), site.platform.now())).await;
        let page = format!("/rate/{token}");
        let bad = [("level", "5"), ("tags", "attitude")];
        site.signed_in(&self.me).await.opens(&page).await.submits(&page, &bad).await.is(303);
        let org = self.clerk.org.to_string();
        let words = format!("第{n}次到测试登记处，排队两小时没有人办理。");
        let title = format!("排队太久{n}");
        let typed = [("kind", "complain"), ("org", org.as_str()), ("title", &title), ("words", &words), ("name", "张测试"), ("phone", &other.phone)];
        browser.opens("/complaints/new").await.submits("/complaints/new", &typed).await.is(200).sees("已收到");
        self.is_told(site, n).await;
        let code: &'static str = String::leak(format!("990101-{:02}", 50 + n));
        booking::testing::office(&site.platform, booking::testing::single(), booking::testing::NewOffice { code, ..Default::default() }).await;
        site.works().await;
    }

    async fn is_told(&self, site: &Site, n: u16) {
        let ctx = site.platform.system();
        let to = To::Person(self.me.person());
        let notice = Notice::new(to, Topic::Progress, format!("town-{n}"), Text::same("办件有进展"), Text::same("请查看。"));
        let told = site.platform.db().write(|tx| {
            let (ctx, notice) = (ctx.clone(), notice.clone());
            async move { notices::tell(&tx, &ctx, notice).await }
        });
        told.await.expect("told");
    }
}

/// How many statements each page without parameters takes this visitor, of those that he may see.
async fn costs(site: &Site, visitor: &mut Visitor) -> Vec<(&'static str, u64)> {
    let mut costs = Vec::new();
    for route in table().iter().filter(|route| route.method == "GET" && !route.path.contains('{') && !route.path.starts_with("/api/")) {
        // What is kept for a while is there from the second time on.
        visitor.opens(route.path).await;
        let before = site.platform.db().statements();
        visitor.opens(route.path).await;
        if visitor.status() == 200 {
            costs.push((route.path, site.platform.db().statements() - before));
        }
    }
    costs
}

journey!(no_page_asks_more_when_it_shows_more, |site| {
    let mut town = Town::new(&site).await;
    let business: Vec<Role> =
        Role::ALL.into_iter().filter(|role| ![Role::SystemAdmin, Role::SecurityAdmin, Role::AuditAdmin].contains(role)).collect();
    site.set_now(at(2026, 7, 1, 10, 0));
    let mut visitors = vec![site.signed_in(&town.me).await, site.visitor()];
    for (region, roles) in [
        ("990102", business.as_slice()),
        ("990101", business.as_slice()),
        ("990000", &[Role::SystemAdmin]),
        ("990000", &[Role::SecurityAdmin]),
        ("990000", &[Role::AuditAdmin]),
    ] {
        visitors.push(site.staff(region, roles).await);
    }
    for _ in 0..2 {
        town.grows(&site).await;
    }
    let mut few = Vec::new();
    for visitor in &mut visitors {
        few.push(costs(&site, visitor).await);
    }
    for _ in 0..6 {
        town.grows(&site).await;
    }
    let mut grown = Vec::new();
    for (visitor, before) in visitors.iter_mut().zip(few) {
        let after = costs(&site, visitor).await;
        assert!(before.len() == after.len() && after.len() > 5, "the same pages: {before:?} {after:?}");
        let more = before.iter().zip(&after).filter(|((_, few), (_, many))| many > few || *many > MOST);
        grown.extend(more.map(|((path, few), (_, many))| format!("{path}: {few} statements, then {many}")));
    }
    assert!(grown.is_empty(), "{grown:#?}");
});
