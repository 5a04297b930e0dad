//! A couple at a counter: the office with its two registrars, and the steps that they take with every couple.

use booking::OfficeCard;
use booking::ops::offices;
use identity::facts::{FactKind, set_source};
use identity::session::{self, Subject};
use marriage::KIND_DOMESTIC;
use marriage::ops::{RegistrarInput, set_registrar};
use platform::{Role, StaffActor};

use crate::kit::{Site, Visitor};

/// One of the couple as the clerk types him: name, identity number, phone, marital state.
pub(crate) type Party<'a> = [(&'a str, &'a str); 4];

/// The smallest picture that is a joint photo, as a PNG of 600 × 420 pixels of one colour.
pub(crate) fn picture() -> Vec<u8> {
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

/// An office with two registrars, every outside source and ten booklets.
pub(crate) struct Counter {
    pub(crate) registrar: Visitor,
    pub(crate) colleague: Visitor,
    pub(crate) office: OfficeCard,
}

impl Counter {
    /// Opens the office `-01` of a county, with booklets 10000001 to 10000010.
    pub(crate) async fn opens(site: &Site, region: &str) -> Self {
        Self::opens_for(site, region, KIND_DOMESTIC).await
    }

    /// The same for other kinds of business, one a line.
    pub(crate) async fn opens_for(site: &Site, region: &str, kinds: &str) -> Self {
        let system = site.platform.system();
        let (first, mut registrar) = enters(site, region).await;
        let input = offices::OfficeInput {
            name_zh: "城中区民政局婚姻登记处".into(),
            name_en: "Chengzhong Marriage Registry".into(),
            address_zh: "人民路1号".into(),
            address_en: "1 Renmin Road".into(),
            phones: "0990-1234567".into(),
            counters: "2".into(),
            kinds: kinds.into(),
            week: std::array::from_fn(|n| if n < 5 { "09:00-12:00 13:30-17:00".to_owned() } else { String::new() }),
            active: true,
            ..offices::OfficeInput::default()
        };
        let id = offices::create(&system, first.org, first.region, &format!("{region}-01"), &input).await.expect("an office");
        let office = booking::ops::read::office_by_id(&system, id).await.expect("the office");
        for kind in FactKind::ALL {
            set_source(&system, kind, true, "测试").await.expect("a source");
        }
        qualifies(site, &first, &office).await;
        let (second, colleague) = enters(site, region).await;
        qualifies(site, &second, &office).await;
        registrar.opens("/desk/stock").await.is(200).sees("库存不足");
        let delivery = [("first_serial", "10000001"), ("last_serial", "10000010"), ("act", "receive")];
        registrar.submits("/desk/stock", &delivery).await.is(303);
        Self { registrar, colleague, office }
    }

    /// On another day two others sit here, freshly signed in.
    pub(crate) async fn changes_shift(&mut self, site: &Site) {
        for seat in [&mut self.registrar, &mut self.colleague] {
            let (staff, visitor) = enters(site, self.office.region.as_str()).await;
            qualifies(site, &staff, &self.office).await;
            *seat = visitor;
        }
    }

    /// Both are entered by one and confirmed by the other, identified, and have signed.
    pub(crate) async fn enters(&mut self, case: &str, a: &Party<'_>, b: &Party<'_>) {
        acts(&mut self.registrar, case, "enter-a", a).await;
        acts(&mut self.registrar, case, "enter-b", b).await;
        self.signs(case).await;
    }

    /// Both, as they were entered, are confirmed by the colleague, identified, and have signed.
    pub(crate) async fn signs(&mut self, case: &str) {
        acts(&mut self.colleague, case, "confirm-a", &[]).await;
        acts(&mut self.colleague, case, "confirm-b", &[]).await;
        acts(&mut self.registrar, case, "identify", &[]).await;
        for (act, fields, file) in [("sign-a", ["a_no_spouse", "a_no_kin"], "a_statement"), ("sign-b", ["b_no_spouse", "b_no_kin"], "b_statement")] {
            let form = format!("{case}/{act}");
            let typed = fields.map(|field| (field, "yes"));
            self.registrar.opens(case).await.uploads(&form, &typed, &[(file, "scan.png", "image/png", &picture())]).await.is(303);
        }
    }

    /// All but the registration, and nothing is left to be said.
    pub(crate) async fn examines(&mut self, case: &str) {
        self.goes_on(case).await;
        self.registrar.sees("核对：全部通过");
    }

    /// Accepted, checked over the network, interviewed, examined, with a joint photo.
    pub(crate) async fn goes_on(&mut self, case: &str) {
        let registrar = &mut self.registrar;
        acts(registrar, case, "accept", &[]).await;
        acts(registrar, case, "check", &[]).await;
        let answers = [("a_q_willing", "yes"), ("b_q_willing", "yes"), ("a_q_informed", "yes"), ("b_q_informed", "yes"), ("medical_told", "yes")];
        acts(registrar, case, "interview", &answers).await;
        acts(registrar, case, "examine", &[]).await;
        let photo = format!("{case}/photo");
        registrar.opens(case).await.uploads(&photo, &[], &[("photo", "us.png", "image/png", &picture())]).await.is(303);
        acts(registrar, case, "confirm-photo", &[]).await;
    }
}

/// A registrar of a county's bureau, signed in.
async fn enters(site: &Site, region: &str) -> (StaffActor, Visitor) {
    let staff = identity::testing::staff(&site.platform, region, &[Role::Clerk, Role::Registrar, Role::Reviewer]).await;
    let started = session::start(&site.platform.system(), Subject::Staff(staff.id)).await.expect("a session");
    let mut visitor = site.visitor();
    visitor.has_cookie("tb_session", &started.token);
    (staff, visitor)
}

pub(crate) async fn qualifies(site: &Site, staff: &StaffActor, office: &OfficeCard) {
    let input = RegistrarInput {
        staff: staff.id,
        registrar_no: staff.id.to_string(),
        office: office.id,
        exam_on: "2026-01-05".to_owned(),
        on_duty: true,
    };
    set_registrar(&site.platform.system(), input).await.expect("a registrar");
}

/// Sends the form of the case whose address ends in `act`, and follows.
pub(crate) async fn acts(visitor: &mut Visitor, case: &str, act: &str, typed: &[(&str, &str)]) {
    visitor.opens(case).await.is(200).submits(&format!("{case}/{act}"), typed).await.is(303).follows().await.is(200);
}
