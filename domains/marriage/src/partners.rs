//! What another instance of this program is answered in the networked check: whether a marriage of one person stands in our registers, and
//! by which number, which its clerk is told (R-MR-05). Nothing else of the person or the marriage leaves.
//!
//! Who asked about whom, for what and for which matter is kept here as well, and is in the person's trail. Our own registers alone answer:
//! two instances that ask each other would never come to an end, and what a third one says is for that one to say.

use std::sync::Arc;

use identity::facts::Answer;
use kernel::{Id, Issue};
use platform::{Actor, Ctx, Error, ProgramActor, Result, Role, Scope, audit};
use serde::{Deserialize, Serialize};

use crate::ITEM;
use crate::parameters::parameters;
use crate::ports::Ports;
use crate::questions::{self, Asking, Verdict};
use crate::registers::{Inquiry, OldFiles, OwnRegister, Register, Standing};
use crate::store::partner_questions as rows;

/// Where an instance is asked.
pub const PATH: &str = "/api/v1/marriage/partner-questions";
/// Who may ask: programs with this role for the whole of the instance.
pub const ASKERS: [Role; 1] = [Role::Partner];
/// Characters of a number at most.
const LONGEST: usize = 60;
/// Seconds over which questions are counted.
const MINUTE: u32 = 60;

/// Marker of a question of another instance.
#[derive(Debug)]
pub(crate) struct Asked;
/// Its id.
pub(crate) type AskedId = Id<Asked>;

/// What one instance asks another.
#[derive(Clone, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PartnerQuestion {
    /// Kind of the person's document (GA/T 517); an identity card if it is empty.
    #[schema(example = "111")]
    pub id_type: String,
    /// Its number.
    pub id_no: String,
    /// Who issued the document (GB/T 2659); China if it is empty.
    #[schema(example = "CHN")]
    pub country: String,
    /// For what.
    pub purpose: String,
    /// Number of the matter there.
    pub case_no: String,
}

impl From<&Inquiry> for PartnerQuestion {
    fn from(about: &Inquiry) -> Self {
        Self {
            id_type: about.id_type.clone(),
            id_no: about.number.clone(),
            country: about.country.clone(),
            purpose: about.purpose.clone(),
            case_no: about.case_no.clone(),
        }
    }
}

/// What one instance answers another. `not_answered` is never `none`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerAnswer {
    /// What the registers here come to.
    pub answer: Verdict,
    /// Numbers by which the marriages that stand are found: one where the answer is `valid`, two or more where it is `several`, else none.
    /// A text is empty where the register has no number.
    pub numbers: Vec<String>,
}

impl PartnerAnswer {
    /// The answer as a register gives it; none where word and numbers contradict each other.
    pub(crate) fn standing(self) -> Option<Answer<Vec<Standing>>> {
        let plain = |number: &String| number.chars().count() <= LONGEST && kernel::text::line(number) == *number;
        match (self.answer, self.numbers.len()) {
            (Verdict::None, 0) => Some(Answer::None),
            (Verdict::NotAnswered, 0) => Some(Answer::NotAnswered),
            (Verdict::Valid, 1) | (Verdict::Several, 2..) if self.numbers.iter().all(plain) => Some(Answer::Yes(self.numbers)),
            _ => None,
        }
    }
}

/// Answers another instance from our own registers, and keeps that it asked.
///
/// # Errors
/// `E-P805` for anybody but a program with the role for the whole instance; `MR-E41` without a purpose, `MR-E51` without a matter, `C-E01` …
/// at the number; `TooMany`.
pub async fn answer(ctx: &Ctx, ports: &Ports, question: &PartnerQuestion) -> Result<PartnerAnswer> {
    let program = program(ctx)?;
    let region = ctx.settings().region;
    ctx.require(&ASKERS, &Scope::region(region).item(ITEM)).await?;
    let asking = Asking { id_no: question.id_no.clone(), purpose: question.purpose.clone(), case_no: question.case_no.clone() };
    let country = if question.country.is_empty() { "CHN" } else { &question.country };
    let (inquiry, document) = questions::read(ctx, &question.id_type, &asking, country)?;
    let most = parameters().network_check.partner_a_minute.value;
    if rows::since(ctx.db(), &ctx.actor().key(), ctx.now().plus_secs(-i64::from(MINUTE))).await? >= most {
        let issue = Issue::error("E-RATE", "查询次数过多，请1分钟后再试", "Too many questions; try again in 1 min");
        return Err(Error::TooMany { wait_secs: MINUTE, issue: issue.param("m", 1) });
    }
    let person = identity::persons::find(ctx.db(), ctx.keys(), &document, country).await?;
    let inquiry = Arc::new(inquiry);
    let ours: [Arc<dyn Register>; 2] = [Arc::new(OwnRegister(ports.facts.clone())), Arc::new(OldFiles(ports.facts.clone()))];
    let (verdict, said) = questions::answers(ctx, &ours, &inquiry).await;
    let mut numbers: Vec<String> = said.into_iter().flat_map(|said| said.numbers).collect();
    numbers.sort_unstable();
    numbers.dedup_by(|one, other| one == other && !one.is_empty());
    let row = rows::New::seal(ctx, &program.name, &inquiry, verdict);
    let detail = serde_json::json!({ "case_no": inquiry.case_no, "answer": verdict.code(), "partner": program.name });
    let event = audit::Event::new("marriage.partner_question", "marriage_partner_question", row.id).person(person).region(&region);
    let event = event.reason(&inquiry.purpose).detail(detail);
    ctx.db()
        .write(|tx| {
            let (ctx, row, event) = (ctx.clone(), row.clone(), event.clone());
            async move {
                rows::insert(&tx, &ctx, &row).await?;
                audit::record(&tx, &ctx, event).await
            }
        })
        .await?;
    Ok(PartnerAnswer { answer: verdict, numbers })
}

/// The program that asks: neither a person nor somebody's own token.
fn program(ctx: &Ctx) -> Result<&ProgramActor> {
    match ctx.actor() {
        Actor::Program(program) if program.citizen.is_none() => Ok(program),
        Actor::Anonymous => Err(Error::SignIn),
        _ => Err(Error::Denied(Issue::error("E-P805", "此接口只供已登记的系统调用", "For registered programs only"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{World, f1, m1, world};

    const HIM: &str = "990101200405200017";

    /// The other instance with this role for this region.
    fn partner(world: &World, role: Role, region: &str) -> Ctx {
        let region = region.parse().expect("a region");
        let grant = platform::Grant { role, org: None, region, item: Some(ITEM.to_owned()), until: None };
        let token = world.platform.system().id();
        world.platform.as_actor(Actor::Program(ProgramActor { token, name: "乙省".into(), grants: vec![grant], citizen: None }))
    }

    fn question() -> PartnerQuestion {
        PartnerQuestion { id_no: HIM.into(), purpose: "结婚登记联网核对".into(), case_no: "乙省业务1".into(), ..PartnerQuestion::default() }
    }

    ::store::db_test!(r_mr_18_another_instance_is_told_what_stands_here_and_its_question_is_kept, |db| async move {
        let world = world(db, 2).await;
        let asks = partner(&world, Role::Partner, "990000");
        let none = answer(&asks, &world.ports, &question()).await.expect("answered");
        assert_eq!(none, PartnerAnswer { answer: Verdict::None, numbers: Vec::new() });
        let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        let valid = answer(&asks, &world.ports, &question()).await.expect("answered");
        assert_eq!(valid, PartnerAnswer { answer: Verdict::Valid, numbers: vec![done.cert_no] });
        let db = world.platform.db();
        let kept: Vec<(String, String, String, Vec<u8>)> =
            ::store::q("SELECT asker, purpose, case_no, number FROM marriage_partner_question ORDER BY id").all(db).await.expect("rows");
        assert_eq!(kept.len(), 2);
        assert!(kept.iter().all(|(asker, purpose, case_no, _)| (asker.as_str(), purpose.as_str(), case_no.as_str()) == ("乙省", "结婚登记联网核对", "乙省业务1")));
        assert!(kept.iter().all(|(.., number)| !String::from_utf8_lossy(number).contains(HIM)), "sealed");
        let looks: Vec<(String, String)> =
            ::store::q("SELECT reason, detail FROM audit_event WHERE action = 'marriage.partner_question' AND person_id IS NOT NULL").all(db).await.expect("rows");
        assert_eq!(looks.len(), 1, "in his trail once he is known here");
        assert!(looks[0].0 == "结婚登记联网核对" && looks[0].1.contains("乙省业务1") && !looks[0].1.contains(HIM), "{looks:?}");
    });

    ::store::db_test!(r_mr_18_another_instance_has_to_say_for_what_and_to_hold_the_right_for_all_of_this_one, |db| async move {
        let world = world(db, 0).await;
        let asks = partner(&world, Role::Partner, "990000");
        for (wrong, code) in [
            (PartnerQuestion { purpose: " ".into(), ..question() }, "MR-E41"),
            (PartnerQuestion { case_no: String::new(), ..question() }, "MR-E51"),
            (PartnerQuestion { id_no: "990101200405200018".into(), ..question() }, "C-E01"),
        ] {
            assert!(answer(&asks, &world.ports, &wrong).await.expect_err(code).has_code(code), "{code}");
        }
        for other in [partner(&world, Role::Clerk, "990000"), partner(&world, Role::Partner, "990101"), world.registrar()] {
            assert!(matches!(answer(&other, &world.ports, &question()).await, Err(Error::Denied(_))));
        }
    });

    ::store::db_test!(r_mr_18_another_instance_is_answered_so_many_times_a_minute, |db| async move {
        let world = world(db, 0).await;
        let (asks, key) = (partner(&world, Role::Partner, "990000"), "partner");
        let inquiry = questions::read(&asks, "", &Asking { id_no: HIM.into(), purpose: "x".into(), case_no: "1".into() }, "CHN").expect("in due form").0;
        let most = parameters().network_check.partner_a_minute.value;
        asks.db()
            .write(|tx| {
                let (asks, inquiry) = (asks.clone(), inquiry.clone());
                async move {
                    for _ in 0..most {
                        rows::insert(&tx, &asks, &rows::New::seal(&asks, key, &inquiry, Verdict::None)).await?;
                    }
                    Ok::<_, Error>(())
                }
            })
            .await
            .expect("as many as may be");
        assert!(matches!(answer(&asks, &world.ports, &question()).await, Err(Error::TooMany { wait_secs: 60, .. })));
        let other = partner(&world, Role::Partner, "990000");
        assert_eq!(answer(&other, &world.ports, &question()).await.expect("another one is not concerned").answer, Verdict::None);
        world.platform.set_now(world.platform.now().plus_secs(61));
        let Actor::Program(program) = asks.actor().clone() else { panic!("a program") };
        let later = world.platform.as_actor(Actor::Program(program));
        assert_eq!(answer(&later, &world.ports, &question()).await.expect("a minute later").answer, Verdict::None);
    });
}
