//! Two instances of the program: a registrar of one asks the registers, and the other answers over the network.

use identity::facts::{FactKind, set_source};
use identity::tokens::{self, NewToken};
use kernel::Text;
use marriage::registers::partner::{Address, Partner};
use platform::{Actor, Role, StaffActor};
use store::q;

use crate::api_program::Program;
use crate::{
    journey,
    kit::{Site, Visitor},
};

/// A man of whom the other instance knows a marriage that lasts.
const HIM: &str = "990101200405200017";
/// His wife.
const HER: &str = "990101200603110020";
/// Somebody of whom no register knows anything.
const NOBODY: &str = "990101199001010019";

/// The other instance, in which a marriage of his stands.
async fn the_other() -> (Site, String, tempfile::TempDir) {
    let (db, folder) = store::testing::sqlite().await.expect("a database of its own");
    let world = marriage::testing::world(db, 2).await;
    let done = world.marries(&marriage::testing::m1(), &marriage::testing::f1(), ["10000001", "10000002"]).await.expect("married there");
    (Site::on(world.platform).await, done.cert_no, folder)
}

/// What the administrator of an instance gives to another one.
async fn token(site: &Site) -> tokens::Issued {
    let new = NewToken {
        name: "甲省".into(),
        roles: vec![Role::Partner],
        region: "990000".parse().expect("the province"),
        org: None,
        items: Vec::new(),
        days: 30,
    };
    tokens::issue(&site.platform.system(), new).await.expect("a token")
}

fn partner(origin: &str, token: &str) -> Partner {
    let name = Text::fixed("乙省婚姻登记库", "Register of Province B");
    Partner::new(Address { name, origin: origin.to_owned(), token: token.to_owned(), authority: None }).expect("an address")
}

async fn registrar(site: &Site) -> (StaffActor, Visitor) {
    let staff = identity::testing::staff(&site.platform, "990102", &[Role::Clerk, Role::Registrar]).await;
    let visitor = site.at_desk(staff.id).await;
    (staff, visitor)
}

/// Asks about somebody, and reads what the registers say.
async fn asks<'a>(registrar: &'a mut Visitor, number: &str) -> &'a mut Visitor {
    let typed = [("id_no", number), ("case_no", "甲省业务1"), ("purpose", "结婚登记")];
    registrar.opens("/desk/network-check").await.submits("/desk/network-check", &typed).await.is(303).follows().await.is(200).sees("乙省婚姻登记库")
}

journey!(r_mr_18_two_instances_ask_each_other_and_whoever_does_not_answer_is_not_none, |site| {
    let mut site = site;
    for kind in FactKind::ALL {
        set_source(&site.platform.system(), kind, true, "测试").await.expect("a source");
    }
    let (other, cert_no, _folder) = the_other().await;
    let (secret, (origin, serving)) = (token(&other).await, other.serves().await);
    site.asks(partner(&origin, &secret.secret));
    let (staff, mut desk) = registrar(&site).await;

    asks(&mut desk, HIM).await.sees("有一条有效婚姻记录").sees(&cert_no);
    asks(&mut desk, NOBODY).await.sees("各登记库均无有效婚姻记录");
    let notice = [("kind", "marriage"), ("number", HIM), ("doc_no", "J丙-2019-1"), ("valid_on", "2019-05-20"), ("source", "丙县"), ("basis", "record")];
    desk.opens("/desk/facts").await.submits("/desk/facts", &notice).await.is(303);
    asks(&mut desk, HIM).await.sees("有多条有效婚姻记录").sees(&cert_no).sees("J丙-2019-1");
    let answer = desk.path().to_owned();
    desk.has_cookie("tb_lang", "en").opens(&answer).await.sees("several marriages stand").sees("Register of Province B");

    let asked: Vec<(String, String, String)> =
        q("SELECT asker, purpose, case_no FROM marriage_partner_question ORDER BY id").all(other.platform.db()).await.expect("kept there too");
    assert_eq!(asked, vec![("甲省".to_owned(), "结婚登记".to_owned(), "甲省业务1".to_owned()); 3]);
    let looks: Vec<(String,)> = q("SELECT actor_kind FROM audit_event WHERE action = 'marriage.partner_question'").all(other.platform.db()).await.expect("a trail");
    assert_eq!(looks.len(), 3);

    let mut program = Program::of(&site, Actor::Staff(staff)).await;
    let body = serde_json::json!({ "id_no": HER, "case_no": "1", "purpose": "核对" });
    program.calls("POST", "/api/v1/marriage/network-questions", body.clone()).await.is(200);
    assert_eq!(program.text("/answer"), "valid", "she is his wife there");
    program.calls("POST", "/api/v1/marriage/partner-questions", body).await.is(403);

    tokens::revoke(&other.platform.system(), secret.id).await.expect("taken back");
    desk.has_cookie("tb_lang", "zh");
    asks(&mut desk, NOBODY).await.sees("不能视为没有").sees("未答复");
    site.asks(partner(&origin, &token(&other).await.secret));
    let (_, mut desk) = registrar(&site).await;
    asks(&mut desk, NOBODY).await.sees("各登记库均无有效婚姻记录");
    serving.abort();
    asks(&mut desk, NOBODY).await.sees("不能视为没有").sees("未答复");
});
