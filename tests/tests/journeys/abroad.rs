//! A resident and a foreign national: her papers, the Apostille of her country, the certificates, and the divorce as a matter of its own.

use marriage::{KIND_DIVORCE, KIND_DOMESTIC, KIND_FOREIGN, KIND_FOREIGN_DIVORCE};
use platform::Role;

use crate::{
    couple::{Counter, Party, acts, picture},
    journey,
    kit::{Site, at},
};

const HE: Party = [("a_name", "张测试"), ("a_id_no", "990101200405200017"), ("a_phone", "138 0000 0001"), ("a_marital", "10")];
const SHE: [(&str, &str); 8] = [
    ("b_name", "Anna BEISPIEL"),
    ("b_name_zh", "安娜"),
    ("b_nationality", "DEU"),
    ("b_id_type", "414"),
    ("b_id_no", "C01X00T47"),
    ("b_birth", "1999-02-28"),
    ("b_sex", "2"),
    ("b_phone", "138 0000 0009"),
];
const HER_PROOF: [(&str, &str); 7] = [
    ("b_marital", "10"),
    ("b_no_spouse_number", "17/2026"),
    ("b_no_spouse_issuer", "Standesamt Musterstadt"),
    ("b_no_spouse_issued_on", "2026-03-02"),
    ("b_no_spouse_country", "DEU"),
    ("b_no_spouse_authentication", "apostille"),
    ("b_no_spouse_translation", "translated"),
];

/// Opens a case of its kind and enters both; hers are the fields of a foreign national.
async fn entered(counter: &mut Counter, (list, form): (&str, &str), he: &[(&str, &str)], she: &[(&str, &str)]) -> String {
    let registrar = &mut counter.registrar;
    registrar.opens(list).await.is(200).submits(form, &[("for_abroad", "yes")]).await.is(303).follows().await.is(200);
    let case = registrar.path().to_owned();
    acts(registrar, &case, "enter-a", he).await;
    registrar.opens(&format!("{case}?kind_b=6")).await.is(200).submits(&format!("{case}/enter-b"), she).await.is(303);
    case
}

async fn talks(counter: &mut Counter, case: &str) {
    let yes = [("a_willing", "yes"), ("b_willing", "yes"), ("a_capable", "yes"), ("b_capable", "yes")];
    acts(&mut counter.registrar, case, "talk", &yes).await;
}

async fn marries(site: &Site) -> Counter {
    let kinds = [KIND_DOMESTIC, KIND_DIVORCE, KIND_FOREIGN, KIND_FOREIGN_DIVORCE].join("\n");
    let mut counter = Counter::opens_for(site, "990101", &kinds).await;
    let she = [&SHE[..], &HER_PROOF].concat();
    let case = entered(&mut counter, ("/desk", "/desk/walk-in"), &HE, &she).await;
    counter.registrar.opens(&case).await.is(200).sees("Anna BEISPIEL").sees("德国");
    counter.signs(&case).await;
    // The Apostille of a country counts once it is on the list.
    let form = format!("{case}/accept");
    counter.registrar.opens(&case).await.submits(&form, &[]).await.is(422).sees("附加证明书");
    let mut admin = site.staff("990101", &[Role::SystemAdmin]).await;
    let listed = [("list", "apostille"), ("country", "DEU"), ("from", "2023-11-07"), ("source", "公约缔约国名单（测试）")];
    admin.opens("/admin/countries").await.is(200).submits("/admin/countries", &listed).await.is(303);
    counter.examines(&case).await;
    acts(&mut counter.registrar, &case, "register", &[("confirmation", "张测试 Anna BEISPIEL")]).await;
    counter.registrar.sees("J990101-2026-000001").opens(&format!("{case}/booklet-b.pdf")).await.is(200);
    counter
}

journey!(r_mr_13_and_r_mr_14_a_foreign_party_is_married_with_an_apostille_and_divorced_at_a_designated_office, |site| {
    let mut counter = marries(&site).await;
    site.works().await;
    let delivery = [("first_serial", "20000001"), ("last_serial", "20000010"), ("act", "receive"), ("kind", "L")];
    counter.registrar.opens("/desk/stock?kind=L").await.is(200).submits("/desk/stock", &delivery).await.is(303);
    site.set_now(at(2026, 8, 10, 10, 0));
    counter.changes_shift(&site).await;
    let case = entered(&mut counter, ("/desk/divorces", "/desk/divorces"), &HE[..3], &SHE).await;
    acts(&mut counter.colleague, &case, "confirm-a", &[]).await;
    acts(&mut counter.colleague, &case, "confirm-b", &[]).await;
    acts(&mut counter.registrar, &case, "identify", &[]).await;
    acts(&mut counter.registrar, &case, "show-marriage", &[("place", "mainland"), ("cert_no", "J990101-2026-000001")]).await;
    talks(&mut counter, &case).await;
    acts(&mut counter.registrar, &case, "agree", &[("no_children", "yes"), ("property", "各自名下归各自"), ("debts", "无")]).await;
    let sign = format!("{case}/sign");
    counter.registrar.opens(&case).await.uploads(&sign, &[], &[("scan", "scan.png", "image/png", &picture())]).await.is(303);
    acts(&mut counter.registrar, &case, "accept", &[]).await;
    site.set_now(at(2026, 9, 10, 10, 0));
    counter.changes_shift(&site).await;
    acts(&mut counter.registrar, &case, "claim", &[]).await;
    talks(&mut counter, &case).await;
    // A joint photo is none for a certificate that has its holder alone.
    let register = format!("{case}/register");
    let named = [("confirmation", "张测试 Anna BEISPIEL"), ("photos_ok", "yes")];
    let registrar = counter.registrar.opens(&case).await;
    registrar.uploads(&register, &named, &[("photo_b", "us.png", "image/png", &picture())]).await.is(422).sees("照片不符合要求");
    acts(&mut counter.registrar, &case, "register", &named[..1]).await;
    counter.registrar.sees("L990101-2026-000001").sees("已离婚登记");
    counter.registrar.opens(&format!("{case}/booklet-b.pdf")).await.is(200);
    let (item,): (String,) = store::q("SELECT h.item_code FROM case_head h JOIN divorce d ON d.case_id = h.id").one(site.platform.db()).await.expect("the case");
    assert_eq!(item, marriage::divorce::ITEM_FOREIGN);
});
