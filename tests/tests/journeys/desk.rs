//! The counter: a couple walks in and leaves married; what goes wrong on the way loses nothing.

use booking::OfficeCard;
use booking::ops::offices;
use identity::facts::{FactKind, set_source};
use identity::session::{self, Subject};
use marriage::KIND_DOMESTIC;
use marriage::ops::{RegistrarInput, set_registrar};
use platform::{Role, StaffActor};

use crate::{
    journey,
    kit::{Site, Visitor, at},
};

const EVIL: &str = "</textarea><script>alert(1)</script>";

/// The smallest picture that is a joint photo, as a PNG of 600 × 420 pixels of one colour.
fn picture() -> Vec<u8> {
    let row = [&[0_u8][..], &[200; 600 * 3]].concat();
    let raw = row.repeat(420);
    let mut zlib = vec![0x78, 0x01];
    let mut chunks = raw.chunks(65_535).peekable();
    while let Some(chunk) = chunks.next() {
        let length = u16::try_from(chunk.len()).expect("within a block");
        zlib.push(u8::from(chunks.peek().is_none()));
        zlib.extend(length.to_le_bytes());
        zlib.extend((!length).to_le_bytes());
        zlib.extend(chunk);
    }
    let (a, b) = raw.iter().fold((1_u32, 0_u32), |(a, b), byte| ((a + u32::from(*byte)) % 65_521, (b + a + u32::from(*byte)) % 65_521));
    zlib.extend(((b << 16) | a).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let header = [&600_u32.to_be_bytes()[..], &420_u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    for (kind, body) in [(b"IHDR", header), (b"IDAT", zlib), (b"IEND", Vec::new())] {
        let content = [&kind[..], &body].concat();
        png.extend(u32::try_from(body.len()).expect("small").to_be_bytes());
        png.extend(&content);
        png.extend(crc(&content).to_be_bytes());
    }
    png
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

struct Counter {
    registrar: Visitor,
    colleague: Visitor,
    office: OfficeCard,
}

async fn enters(site: &Site, office: Option<&OfficeCard>) -> (StaffActor, Visitor) {
    let staff = identity::testing::staff(&site.platform, "990101", &[Role::Clerk, Role::Registrar, Role::Reviewer]).await;
    let started = session::start(&site.platform.system(), Subject::Staff(staff.id)).await.expect("a session");
    let mut visitor = site.visitor();
    visitor.has_cookie("tb_session", &started.token);
    if let Some(office) = office {
        qualifies(site, &staff, office).await;
    }
    (staff, visitor)
}

async fn qualifies(site: &Site, staff: &StaffActor, office: &OfficeCard) {
    let input = RegistrarInput {
        staff: staff.id,
        registrar_no: staff.id.to_string(),
        office: office.id,
        exam_on: "2026-01-05".to_owned(),
        on_duty: true,
    };
    set_registrar(&site.platform.system(), input).await.expect("a registrar");
}

async fn counter(site: &Site) -> Counter {
    let system = site.platform.system();
    let (staff, mut registrar) = enters(site, None).await;
    let input = offices::OfficeInput {
        name_zh: "城中区民政局婚姻登记处".into(),
        name_en: "Chengzhong Marriage Registry".into(),
        address_zh: "人民路1号".into(),
        address_en: "1 Renmin Road".into(),
        phones: "0990-1234567".into(),
        counters: "2".into(),
        kinds: KIND_DOMESTIC.into(),
        week: std::array::from_fn(|n| if n < 5 { "09:00-12:00 13:30-17:00".to_owned() } else { String::new() }),
        active: true,
        ..offices::OfficeInput::default()
    };
    let id = offices::create(&system, staff.org, staff.region, "990101-01", &input).await.expect("an office");
    let office = booking::ops::read::office_by_id(&system, id).await.expect("the office");
    for kind in FactKind::ALL {
        set_source(&system, kind, true, "测试").await.expect("a source");
    }
    qualifies(site, &staff, &office).await;
    let (_, colleague) = enters(site, Some(&office)).await;
    registrar.opens("/desk/stock").await.is(200).sees("库存不足");
    let delivery = [("first_serial", "10000001"), ("last_serial", "10000010"), ("act", "receive")];
    registrar.submits("/desk/stock", &delivery).await.is(303);
    Counter { registrar, colleague, office }
}

const M1: [(&str, &str); 4] = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "138 0000 0001"), ("a_marital", "10")];
const F1: [(&str, &str); 4] = [("b_name", "李样例"), ("b_id_no", "990101200603110020"), ("b_phone", "138 0000 0002"), ("b_marital", "10")];

/// Sends the form of the case whose address ends in `act`, and follows.
async fn acts(visitor: &mut Visitor, case: &str, act: &str, typed: &[(&str, &str)]) {
    visitor.opens(case).await.is(200).submits(&format!("{case}/{act}"), typed).await.is(303).follows().await.is(200);
}

async fn opens_case(counter: &mut Counter) -> String {
    counter.registrar.opens("/desk").await.is(200).submits("/desk/walk-in", &[]).await.is(303).follows().await.is(200);
    counter.registrar.path().to_owned()
}

async fn is_entered(counter: &mut Counter, case: &str) {
    acts(&mut counter.registrar, case, "enter-a", &M1).await;
    acts(&mut counter.registrar, case, "enter-b", &F1).await;
    acts(&mut counter.colleague, case, "confirm-a", &[]).await;
    acts(&mut counter.colleague, case, "confirm-b", &[]).await;
    acts(&mut counter.registrar, case, "identify", &[]).await;
    for (act, fields, file) in [("sign-a", ["a_no_spouse", "a_no_kin"], "a_statement"), ("sign-b", ["b_no_spouse", "b_no_kin"], "b_statement")] {
        let form = format!("{case}/{act}");
        let typed = fields.map(|field| (field, "yes"));
        counter.registrar.opens(case).await.uploads(&form, &typed, &[(file, "scan.png", "image/png", &picture())]).await.is(303);
    }
}

journey!(r_mr_a_couple_walks_in_and_leaves_married, |site| {
    let mut counter = counter(&site).await;
    let case = opens_case(&mut counter).await;
    counter.registrar.sees("城中区民政局婚姻登记处").sees("初审");
    is_entered(&mut counter, &case).await;
    let registrar = &mut counter.registrar;
    acts(registrar, &case, "accept", &[]).await;
    acts(registrar, &case, "check", &[]).await;
    let answers = [("a_q_willing", "yes"), ("b_q_willing", "yes"), ("a_q_informed", "yes"), ("b_q_informed", "yes"), ("medical_told", "yes")];
    acts(registrar, &case, "interview", &answers).await;
    acts(registrar, &case, "examine", &[]).await;
    let photo = format!("{case}/photo");
    registrar.opens(&case).await.uploads(&photo, &[], &[("photo", "us.png", "image/png", &picture())]).await.is(303);
    acts(registrar, &case, "confirm-photo", &[]).await;
    registrar.sees("核对：全部通过");
    acts(registrar, &case, "register", &[("confirmation", "张测试 李样例")]).await;
    registrar.sees("J990101-2026-000001").sees("已登记").sees("10000001").sees("10000002");
    registrar.opens("/desk").await.sees("已登记").sees("张*试").sees_no("张测试");
    registrar.opens(&format!("{case}/photo.jpg")).await.is(200);
});

journey!(r_mr_02_a_day_too_young_is_told_with_the_day_from_which_it_is_possible, |site| {
    let mut counter = counter(&site).await;
    site.set_now(at(2026, 5, 19, 10, 0));
    let (_, registrar) = enters(&site, Some(&counter.office)).await;
    let (_, colleague) = enters(&site, Some(&counter.office)).await;
    (counter.registrar, counter.colleague) = (registrar, colleague);
    let case = opens_case(&mut counter).await;
    is_entered(&mut counter, &case).await;
    let form = format!("{case}/accept");
    counter.registrar.opens(&case).await.submits(&form, &[]).await.is(422).sees("最早可于2026年5月20日（周三）办理").sees("民法典第一千零四十七条");
});

journey!(r_mr_20_bad_input_comes_back_filled_and_stays_text, |site| {
    let mut counter = counter(&site).await;
    let case = opens_case(&mut counter).await;
    let form = format!("{case}/enter-a");
    let registrar = &mut counter.registrar;
    let typed = [("a_name", EVIL), ("a_id_no", "990101200011300075"), ("a_phone", EVIL), ("a_marital", "10")];
    registrar.opens(&case).await.submits(&form, &typed).await.is(422).sees("身份证号码校验位不正确");
    assert!(!registrar.html().contains("<script>alert"));
    assert_eq!(registrar.value(&form, "a_name"), EVIL);
    assert_eq!(registrar.value(&form, "a_id_no"), "990101200011300075");
    registrar.submits(&form, &M1).await.is(303);
    registrar.opens("/desk/cases/00000000000000000000000000").await.is(404);
});

journey!(a_form_posted_twice_or_from_a_stale_page_says_what_changed, |site| {
    let mut counter = counter(&site).await;
    let case = opens_case(&mut counter).await;
    let (form_a, form_b) = (format!("{case}/enter-a"), format!("{case}/enter-b"));
    counter.colleague.opens(&case).await.is(200);
    counter.registrar.opens(&case).await.submits(&form_a, &M1).await.is(303);
    counter.colleague.submits(&form_b, &F1).await.is(422).sees("数据已被他人更新").sees("录入当事人").sees("您填写的内容仍在");
    assert_eq!(counter.colleague.value(&form_b, "b_name"), "李样例");
    counter.colleague.submits(&form_b, &F1).await.is(303);
});

journey!(r_mr_08_a_death_entered_at_the_counter_stops_the_case, |site| {
    let mut counter = counter(&site).await;
    let registrar = &mut counter.registrar;
    let death = [("kind", "death"), ("number", "990101200603110020"), ("valid_on", "2026-03-03"), ("source", "殡葬信息库")];
    registrar.opens("/desk/facts").await.is(200).submits("/desk/facts", &death[..3]).await.is(422).sees("请填写信息来源");
    registrar.submits("/desk/facts", &death).await.is(303);
    let case = opens_case(&mut counter).await;
    is_entered(&mut counter, &case).await;
    let form = format!("{case}/accept");
    counter.registrar.opens(&case).await.submits(&form, &[]).await.is(422).sees("李样例的身份信息在死亡登记中存在，请核实身份");
    counter.registrar.submits(&format!("{case}/refuse"), &[]).await.is(303).follows().await.sees("不予登记");
});

journey!(r_mr_19_a_security_administrator_enters_registrars_and_switches_sources, |site| {
    let counter = counter(&site).await;
    let mut admin = site.staff("990101", &[Role::SecurityAdmin]).await;
    admin.opens("/admin/registrars").await.is(200).sees("在岗").sees("已接通");
    let typed = [("act", "registrar"), ("office", counter.office.code.as_str()), ("registrar_no", ""), ("exam_on", "2027-01-01")];
    admin.submits("/admin/registrars", &typed).await.is(422).sees("请填写登记员编号");
});
