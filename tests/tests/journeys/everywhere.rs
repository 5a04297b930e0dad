//! Nobody learns by any address what is not his to know, and nobody changes it: every route is asked by every role of another
//! region, by another citizen and by a stranger, with the identifiers of things that are really there.
//!
//! A new route is crossed without another line; a new kind of thing gets its identifier in [`Known::ids`].

mod around;
mod bureau;

use booking::release::announce::{Announce, announce};
use casework::ApplicantKind;
use casework::ops::{self, GiveLetter};
use casework::testing::PDF;
use identity::{
    testing::{Citizen, couple},
    tokens,
};
use interaction::complaints;
use interaction::ratings::RatingId;
use interaction::testing::registration;
use notices::NoticeId;
use platform::{Role, StaffActor};
use server::http::{Access, RouteInfo, table};
use store::q;

use crate::{
    apply, journey,
    kit::{Site, Visitor, at, bare},
    ratings, whole, window,
};

/// A region that has nothing to do with the couple's.
const ELSEWHERE: &str = "990126";

/// What is there, and what of it no outsider may see.
struct Known {
    /// Beginnings of paths with the identifier that stands there for `{id}`.
    ids: Vec<(&'static str, String)>,
    /// Words of which a single one is too much.
    secrets: Vec<String>,
    /// Filters that would find it.
    query: String,
    /// Only the routes of these beginnings are crossed: another test crosses the rest.
    only_theirs: bool,
    /// Who knows it rightly.
    registrar: Visitor,
    holder: Visitor,
}

/// A couple has booked and married in 990102; another has a case open there.
async fn known(site: &Site) -> Known {
    let mut counter = whole::an_office_opens(site, 2).await;
    let (him, her) = couple(&site.platform, 3).await;
    let mut holder = site.signed_in(&her).await;
    whole::finds_the_times(&mut holder, &counter.office.name.zh.clone()).await;
    let booking = whole::she_books(site, &counter, &mut holder, (&him, &her)).await;
    site.works().await;
    let number = whole::between(&whole::messages(site, &her.phone), "预约号", "。").to_owned();
    whole::he_confirms(site, &him, &mut site.signed_in(&him).await).await;
    site.set_now(at(2026, 7, 3, 8, 55));
    counter.changes_shift(site).await;
    let case = whole::the_case_is_opened(&mut counter, &booking).await;
    whole::they_marry(&mut counter, &case, (&him, &her)).await;
    site.works().await;
    let mut holder = site.signed_in(&her).await;
    holder.opens("/me/certificates").await.is(200);
    let html = holder.html();
    let before = html.split_once("/file\"").expect("a certificate to take").0;
    let licence = before.rsplit('/').next().unwrap_or_default().to_owned();
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let (booking, case) = (last(&booking), last(&case));
    let masked = |number: &str| format!("{}{}{}", &number[..3], "*".repeat(11), &number[14..]);
    let case_no: (String,) = q("SELECT case_no FROM case_head").one(site.platform.db()).await.expect("one case");
    let mut secrets = vec![whole::CERTIFICATE.to_owned(), number, case_no.0];
    for one in [&him, &her] {
        secrets.extend([one.number.clone(), masked(&one.number), one.phone.clone()]);
    }
    let name: String = her.name.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let query = format!(
        "region={0}&office={0}-01&day=2026-07-03&from=2026-01-01&to=2026-12-31&number={1}&q={1}&name={name}&person={name}&holder_no={2}",
        whole::COUNTY,
        whole::CERTIFICATE,
        her.number
    );
    let register = register(&mut counter.registrar, &him, &her).await;
    let release = a_release(site).await;
    let others = others(site).await;
    secrets.extend(others.secrets);
    let mut ids = others.ids;
    ids.extend(register);
    ids.extend(a_divorce(&mut counter.registrar).await);
    ids.extend(an_old_file(site, &mut counter.registrar, &him).await);
    let around = around::around(site, case.parse().expect("an id")).await;
    secrets.extend(around.secrets);
    ids.extend(around.ids);
    ids.push(("/admin/organizations/imports/", an_import(site).await));
    ids.extend(a_proceeding(site).await);
    ids.push(("/admin/code-segments/", a_segment(site).await));
    secrets.push(REGISTER.to_owned());
    ids.extend([
        ("/bookings/", booking.clone()),
        ("/api/v1/bookings/", booking),
        ("/desk/cases/", case.clone()),
        ("/api/v1/marriage/cases/", case),
        ("/me/certificates/", licence.clone()),
        ("/api/v1/me/licences/", licence),
        ("/releases/", release.clone()),
        ("/admin/releases/", release.clone()),
        ("/api/v1/releases/", release),
    ]);
    Known {
        ids,
        secrets,
        query,
        only_theirs: false,
        registrar: counter.registrar,
        holder,
    }
}

/// The name of a table that nobody elsewhere sees.
const REGISTER: &str = "城东区登记表乙";

/// The administrator of the authority there imports a register.
async fn an_import(site: &Site) -> String {
    let admin = identity::testing::staff(&site.platform, whole::COUNTY, &organizations::import::IMPORTS).await;
    let authority = admin.org;
    let ctx = site.platform.as_actor(platform::Actor::Staff(admin));
    let table = std::io::Cursor::new("统一社会信用代码,名称\r\n51990102YY9990000X,错码协会\r\n".as_bytes());
    let sent = organizations::import::Sent { file_name: format!("{REGISTER}.csv"), authority, source: table };
    organizations::import::send(&ctx, sent).await.expect("sent").to_string()
}

/// A clue against an organisation of the authority there, and the notice of a listing that it received.
async fn a_proceeding(site: &Site) -> [(&'static str, String); 9] {
    use organizations::supervision::{Attach, Door, Input, Kind, act, attach, open, view};
    let clerk = identity::testing::staff(&site.platform, whole::COUNTY, &[Role::Clerk, Role::Examiner]).await;
    let code = crate::organization_supervision::entered(site, clerk.org, "甲市城东区摄影协会").await;
    let ctx = site.platform.as_actor(platform::Actor::Staff(clerk));
    let about = organizations::register::by_uscc(ctx.db(), &code).await.expect("read").expect("there").head.id;
    let opened = open(&ctx, Kind::Penalty, Some(about), &Input::default().with("clue", "违规收费")).await.expect("opened").id.to_string();
    let reason = Input::default().with("reason", "unreachable").with("facts", "两次专用信函无人签收");
    let listing = open(&ctx, Kind::Listing, Some(about), &reason).await.expect("proposed").id;
    act(&ctx, listing, 1, "notice", &Input::default()).await.expect("notified");
    let paper = view(&ctx, listing).await.expect("read").papers.first().expect("a notice").id.to_string();
    let file = Attach { title: "现场照片".to_owned(), file_name: "1.pdf".to_owned(), bytes: PDF.to_vec() };
    let file = attach(&ctx, Door::Desk, listing, file).await.expect("attached").to_string();
    [
        ("/desk/organizations/attachments/", file.clone()),
        ("/api/v1/organization-attachments/", file.clone()),
        ("/me/organizations/{uscc}/attachments/", file),
        ("/desk/organizations/supervision/", opened.clone()),
        ("/api/v1/organization-proceedings/", opened),
        ("/desk/organizations/documents/", paper.clone()),
        ("/api/v1/organization-documents/", paper.clone()),
        ("/me/organizations/{uscc}/documents/", paper),
        ("/desk/organizations/", about.to_string()),
    ]
}

/// The administrator of the authority there takes a segment of credit codes in.
async fn a_segment(site: &Site) -> String {
    let admin = identity::testing::staff(&site.platform, whole::COUNTY, &[Role::SystemAdmin]).await;
    let authority = admin.org;
    let ctx = site.platform.as_actor(platform::Actor::Staff(admin));
    organizations::segments::receive(&ctx, authority, "YY940001", "YY940009", "赋码测试").await.expect("taken in").to_string()
}

/// What is done with a registration afterwards: looked up and certified, a certificate asked for again, a court's document entered.
async fn register(registrar: &mut Visitor, him: &Citizen, her: &Citizen) -> Vec<(&'static str, String)> {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let lost = [("name", him.name.as_str()), ("id_no", &him.number), ("phone", &him.phone), ("cause", "lost"), ("compared", "yes")];
    registrar.opens("/desk/reissues").await.is(200).submits("/desk/reissues", &lost).await.is(303);
    let reissue = last(registrar.header("location"));
    let paper = [("doc_no", "（2026）测1号"), ("court", "法院"), ("kind", "2"), ("effective_on", "2026-07-01"), ("one", &him.number), ("other", &her.number)];
    registrar.opens("/desk/court").await.is(200).submits("/desk/court", &paper).await.is(303);
    let notice = last(registrar.header("location"));
    let asks = [("id_no", him.number.as_str()), ("asker", "party"), ("purpose", "本人留存")];
    registrar.opens("/desk/registry").await.submits("/desk/registry", &asks).await.is(200).clicks(whole::CERTIFICATE).await.is(200);
    let entry = registrar.path().to_owned();
    registrar.submits(&entry, &asks).await.is(303);
    let record = registrar.header("location").trim_start_matches("/desk/records/").trim_end_matches("/certificate.pdf").to_owned();
    vec![
        ("/desk/reissues/", reissue.clone()),
        ("/api/v1/marriage/reissues/", reissue),
        ("/desk/court/", notice.clone()),
        ("/api/v1/marriage/court-notices/", notice),
        ("/desk/registry/", last(&entry)),
        ("/desk/records/", record),
    ]
}

/// An old file has been keyed there, and the registers were asked about the man.
async fn an_old_file(site: &Site, registrar: &mut Visitor, him: &Citizen) -> Vec<(&'static str, String)> {
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let new = [("name", "1987"), ("source", "paper")];
    registrar.opens("/desk/backentry").await.is(200).submits("/desk/backentry", &new).await.is(303).follows().await.is(200);
    let batch = registrar.path().to_owned();
    let head = "档号,图像,登记日期,男方姓名,男方证件号码,女方姓名,女方证件号码";
    let table = format!("{head}\r\nG001-2020-1-00001,1.pdf,2020,{},{},,\r\n", him.name, him.number);
    registrar.uploads(&format!("{batch}/table"), &[], &[("table", "1.csv", "text/csv", table.as_bytes())]).await.is(303);
    site.runs("marriage.backentry").await;
    registrar.opens(&batch).await.uploads(&format!("{batch}/images"), &[], &[("images", "1.pdf", "application/pdf", PDF)]).await.is(303);
    registrar.opens(&batch).await.clicks("G001-2020-1-00001").await.is(200);
    let row = last(registrar.path());
    registrar.clicks("1.pdf").await.is(200);
    let image = last(registrar.path());
    let asks = [("id_no", him.number.as_str()), ("case_no", "1"), ("purpose", "核对")];
    registrar.opens("/desk/network-check").await.submits("/desk/network-check", &asks).await.is(303);
    let question = last(registrar.header("location"));
    let batch = last(&batch);
    vec![
        ("/desk/backentry/rows/", row.clone()),
        ("/desk/backentry/images/", image),
        ("/desk/backentry/", batch.clone()),
        ("/api/v1/marriage/backentry-rows/", row),
        ("/api/v1/marriage/backentry/", batch),
        ("/desk/network-check/", question.clone()),
        ("/api/v1/marriage/network-questions/", question),
    ]
}

/// The places of a sought-after day are to be drawn for there.
async fn a_release(site: &Site) -> String {
    let system = site.platform.system();
    let county = whole::COUNTY.parse().expect("a region");
    let items = catalog::ops::of_service(&system, "marriage.registration", &county).await.expect("read");
    let release = Announce {
        impl_code: items.first().expect("the item").code.clone(),
        offices: format!("{}-01", whole::COUNTY),
        day: "2026-07-20".into(),
        mode: "DRAW".into(),
        join_at: "2026-07-06 10:00".into(),
        join_until: "2026-07-06 10:30".into(),
        turns_at: "2026-07-06 10:30".into(),
        ends_at: "2026-07-07 10:30".into(),
        turn_minutes: "30".into(),
        at_once: "20".into(),
        network_minute: "0".into(),
        joins_each: "3".into(),
        source_zh: "福彩3D第2026175期".into(),
        source_en: "Lottery 3D, issue 2026175".into(),
    };
    announce(&system, &release).await.expect("announced").to_string()
}

/// Somebody else's divorce is being taken in there.
async fn a_divorce(registrar: &mut Visitor) -> [(&'static str, String); 3] {
    registrar.opens("/desk/divorces").await.is(200).submits("/desk/divorces", &[]).await.is(303).follows().await.is(200);
    let divorce = registrar.path().rsplit('/').next().unwrap_or_default().to_owned();
    [("/desk/divorces/", divorce.clone()), ("/me/divorce/", divorce.clone()), ("/api/v1/marriage/divorces/", divorce)]
}

/// What other people have there, beside the couple.
struct Others {
    ids: Vec<(&'static str, String)>,
    secrets: Vec<String>,
}

/// Somebody has applied and given a letter of authority, a case comes from far away, a matter was rated badly, somebody complains.
async fn others(site: &Site) -> Others {
    let db = site.platform.db();
    let code = apply::the_item(site).await;
    let (citizen, _) = site.citizen(2).await;
    let ctx = site.platform.as_actor(citizen.actor());
    let case = apply::submits(site, &code, &citizen).await;
    let letter = GiveLetter {
        principal_kind: ApplicantKind::Person,
        principal_name: "王老人".into(),
        principal_number: "990126195211120039".into(),
        items: Vec::new(),
        from: site.platform.now().day(),
        until: site.platform.now().day().plus_days(30),
        file: PDF.to_vec(),
    };
    let letter = ops::give_letter(&ctx, letter).await.expect("given").to_string();
    let (far, packet) = window::is_taken_in_far_away(site, &code).await;
    let (mut rater, rate) = ratings::a_matter_is_finished(site).await;
    rater.opens(&rate).await.submits(&rate, &[("level", "5"), ("tags", "attitude"), ("words", "态度差")]).await.is(303);
    let (rating,): (Vec<u8>,) = q("SELECT id FROM rating_follow_up").one(db).await.expect("one rating");
    let clerk = identity::testing::staff(&site.platform, whole::COUNTY, &[Role::Clerk]).await;
    let complaint = complaints::register(&ctx, registration("complain", &clerk, "1")).await.expect("registered");
    site.works().await;
    let (notice,): (Vec<u8>,) = q("SELECT id FROM notice WHERE holder = $1 OR holder = $2 ORDER BY id LIMIT 1").bind(citizen.account).bind(citizen.person).one(db).await.expect("a message");
    let (rating, notice) = (RatingId::try_from(rating).expect("an id").to_string(), NoticeId::try_from(notice).expect("an id").to_string());
    let numbers: Vec<(String,)> = q("SELECT case_no FROM case_head WHERE id = $1 OR id = $2").bind(case).bind(far).all(db).await.expect("two cases");
    let mut secrets = vec![citizen.number.clone(), citizen.phone.clone(), window::NUMBER.to_owned(), complaint.number];
    secrets.extend(numbers.into_iter().map(|(number,)| number));
    let (case, complaint) = (case.to_string(), complaint.id.to_string());
    let ids = vec![
        ("/me/matters/", case.clone()),
        ("/api/v1/me/matters/", case.clone()),
        ("/desk/work/", case.clone()),
        ("/api/v1/work/cases/", case),
        ("/me/letters/", letter.clone()),
        ("/api/v1/me/letters/", letter),
        ("/desk/packets/cases/", far.to_string()),
        ("/api/v1/cross-cases/", far.to_string()),
        ("/desk/packets/", packet.clone()),
        ("/api/v1/packets/", packet),
        ("/desk/ratings/", rating),
        ("/me/complaints/", complaint.clone()),
        ("/desk/complaints/", complaint),
        ("/notices/", notice.clone()),
        ("/desk/notices/", notice.clone()),
        ("/api/v1/notices/", notice),
    ];
    Others { ids, secrets }
}

impl Known {
    /// The route's address with what is really there in place of its parameters.
    fn path(&self, route: &RouteInfo) -> String {
        let id = self.ids.iter().find(|(start, _)| route.path.starts_with(start)).map(|(_, id)| id.as_str());
        let part = |part: &str| match part {
            "{id}" => id.unwrap_or("00000000000000000000000000").to_owned(),
            "{part}" => "photo.jpg".to_owned(),
            "{side}" => "a".to_owned(),
            "{verb}" => "open".to_owned(),
            part if part.starts_with('{') => format!("{}-01", whole::COUNTY),
            part => part.to_owned(),
        };
        route.path.split('/').map(part).collect::<Vec<_>>().join("/")
    }

    /// The routes that are crossed here.
    fn routes(&self) -> Vec<RouteInfo> {
        let theirs = |route: &RouteInfo| self.ids.iter().any(|(start, _)| route.path.starts_with(start.trim_end_matches('/')));
        table().iter().filter(|route| !self.only_theirs || theirs(route)).copied().collect()
    }

    /// Opens every page and list as this visitor, bare and with filters; gives what of the secrets was seen where.
    async fn seen_by(&self, visitor: &mut Visitor, who: &str, bearer: Option<&str>) -> Vec<String> {
        let mut seen = Vec::new();
        for route in self.routes().iter().filter(|route| route.method == "GET" && route.path.starts_with("/api/") == bearer.is_some()) {
            let path = self.path(route);
            for path in [path.clone(), format!("{path}?{}", self.query)] {
                match bearer {
                    None => visitor.opens(&path).await,
                    Some(secret) => {
                        let token = format!("Bearer {secret}");
                        visitor.sends(bare(axum::http::Method::GET, &path, &[("authorization", &token)], ""), &path).await
                    }
                };
                assert!(visitor.status() < 500, "{who} at {path}: {}", visitor.status());
                // What was asked is shown again in the box; what was found is not the question.
                let answer = visitor.html().replace(&self.query, "");
                if let Some(secret) = self.secrets.iter().find(|secret| answer.contains(*secret) && !path.contains(*secret)) {
                    seen.push(format!("{who} at {path}: {secret}"));
                }
            }
        }
        seen
    }
}

async fn with_role(site: &Site, role: Role) -> (StaffActor, Visitor) {
    let staff = identity::testing::staff(&site.platform, ELSEWHERE, &[role]).await;
    let started = identity::session::start(&site.platform.system(), identity::session::Subject::Staff(staff.id)).await.expect("a session");
    let mut visitor = site.visitor();
    visitor.has_cookie("tb_session", &started.token);
    (staff, visitor)
}

/// A personal token; none for the roles that no token carries.
async fn token(site: &Site, staff: &StaffActor) -> Option<String> {
    let ctx = site.platform.as_actor(platform::Actor::Staff(staff.clone()));
    tokens::issue_personal(&ctx, tokens::NewPersonal::new("比对", 30)).await.ok().map(|issued| issued.secret)
}

/// Whoever may see it does; nobody else sees any of it anywhere.
async fn shows_nothing(site: &Site, mut known: Known) {
    let mut registrar = std::mem::replace(&mut known.registrar, site.visitor());
    let mut holder = std::mem::replace(&mut known.holder, site.visitor());
    let rightly = [known.seen_by(&mut registrar, "the registrar", None).await, known.seen_by(&mut holder, "the holder", None).await];
    assert!(rightly.iter().all(|seen| seen.len() >= 2), "those who may see it do: {rightly:#?}");

    let mut leaks = known.seen_by(&mut site.visitor(), "a stranger", None).await;
    let (_, mut other) = site.citizen(3).await;
    leaks.extend(known.seen_by(&mut other, "another citizen", None).await);
    for role in Role::ALL {
        let (staff, mut visitor) = with_role(site, role).await;
        let who = format!("{role:?} of {ELSEWHERE}");
        leaks.extend(known.seen_by(&mut visitor, &who, None).await);
        if let Some(secret) = token(site, &staff).await {
            leaks.extend(known.seen_by(&mut site.visitor(), &who, Some(&secret)).await);
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
}

journey!(p8_no_page_list_search_or_interface_shows_what_belongs_to_another_region_or_person, |site| {
    let known = known(&site).await;
    shows_nothing(&site, known).await;
});

/// Everything of the couple's region that somebody else might have changed, in one text.
async fn state(site: &Site) -> String {
    let mut all = String::new();
    for sql in [
        q("SELECT id, version FROM case_head ORDER BY id"),
        q("SELECT id, version FROM office ORDER BY id"),
        q("SELECT id, changed_at FROM booking ORDER BY id"),
        q("SELECT id, version FROM complaint ORDER BY id"),
        q("SELECT id, version FROM rating_follow_up ORDER BY id"),
        q("SELECT id, COALESCE(sent_at, signed_at, 0) FROM cross_packet ORDER BY id"),
        q("SELECT id, COALESCE(revoked_at, 0) FROM case_letter ORDER BY id"),
        q("SELECT id, COALESCE(read_at, 0) FROM notice ORDER BY id"),
        q("SELECT id, COALESCE(checked_at, 0) FROM back_row ORDER BY id"),
        q("SELECT id, COALESCE(cancelled_at, value_at, 0) FROM slot_release ORDER BY id"),
        q("SELECT id, version FROM counter_sheet ORDER BY id"),
        q("SELECT id, COALESCE(withdrawn_at, 0) FROM case_credit ORDER BY id"),
        q("SELECT case_id, verified_at FROM archive_package ORDER BY case_id"),
        q("SELECT id, COALESCE(ended_at, sent_at) FROM paper_service ORDER BY id"),
        q("SELECT id, COALESCE(voided_at, 0) FROM paper ORDER BY id"),
        q("SELECT id, at FROM supervision_note ORDER BY id"),
        q("SELECT id, COALESCE(ended_at, 0) FROM case_absence ORDER BY id"),
        q("SELECT id, COALESCE(reviewed_at, 0) FROM lic_stock ORDER BY id"),
        q("SELECT id, queued_at FROM waiting WHERE state = 'WAITING' ORDER BY id"),
        q("SELECT id, calls FROM hall_ticket WHERE state = 'WAITING' ORDER BY id"),
        q("SELECT id, COALESCE(opened_at, 0) FROM hall_window ORDER BY id"),
        q("SELECT id, COALESCE(revoked_at, 0) FROM api_token WHERE name = '记账软件乙'"),
        // Those who try are made meanwhile; they are of another region.
        q("SELECT s.id, COALESCE(s.suspended_at, 0) + (SELECT COUNT(*) FROM staff_grant g WHERE g.staff_id = s.id AND g.revoked_at IS NULL) FROM staff s \
           JOIN organisation o ON o.id = s.org_id WHERE o.region = '990102' ORDER BY s.id"),
    ] {
        let rows: Vec<(Vec<u8>, i64)> = sql.all(site.platform.db()).await.expect("read");
        all.push_str(&format!("{rows:?}\n"));
    }
    all
}

/// Everybody else sends every form and call that names what is there; nothing comes of it.
async fn changes_nothing(site: &Site, known: &Known) {
    let before = state(site).await;
    let (citizen, mut other) = site.citizen(3).await;
    let mine = tokens::issue_personal(&site.platform.as_actor(citizen.actor()), tokens::NewPersonal::new("比对", 30)).await.expect("a token").secret;
    let mut visitors = vec![(Some(mine), &mut other)];
    let mut all = Vec::new();
    for role in Role::ALL {
        let (staff, visitor) = with_role(site, role).await;
        all.push((token(site, &staff).await, visitor));
    }
    visitors.extend(all.iter_mut().map(|(secret, visitor)| (secret.clone(), visitor)));
    for (secret, visitor) in visitors {
        visitor.opens("/").await.is(200);
        let csrf = visitor.value("/settings/view", "csrf");
        let form = format!("csrf={csrf}&reason=x&seen=1&version=1&sure=yes&confirmation=x&day=2026-07-06&hours=09:00-12:00&step=save&act=receive");
        for route in known.routes().iter().filter(|route| route.method != "GET" && route.path.contains('{')) {
            let path = known.path(route);
            if route.path.starts_with("/api/") {
                let token = format!("Bearer {}", secret.as_deref().unwrap_or("nothing"));
                let key = format!("k{}", path.len());
                let headers = [("authorization", token.as_str()), ("idempotency-key", &key), ("content-type", "application/json"), ("if-match", "\"1\"")];
                let method = route.method.parse().expect("a method");
                let body = r#"{"reason":"x","seen":1,"version":1,"day":"2026-07-06","hours":"09:00-12:00"}"#;
                visitor.sends(bare(method, &path, &headers, body), &path).await;
            } else {
                visitor.posts(&path, "application/x-www-form-urlencoded", form.clone().into_bytes()).await;
            }
            assert!(visitor.status() < 500, "{} {path}: {}", route.method, visitor.status());
            let own = matches!(route.access, Access::Anyone);
            assert!(own || !(200..300).contains(&visitor.status()), "{} {path}: {} {}", route.method, visitor.status(), visitor.text());
        }
    }
    assert_eq!(state(site).await, before);
}

journey!(p8_no_route_changes_what_belongs_to_another_region_or_person, |site| {
    let known = known(&site).await;
    changes_nothing(&site, &known).await;
});
