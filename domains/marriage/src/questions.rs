//! 联网核对 as a question of its own: one person, every register, one answer.
//!
//! Who asked about whom, for what and for which matter is kept with the answer, and is in the person's trail. "Not answered" is never "none":
//! the answer is "none" only where every register was asked and has nothing ([`Verdict::of`]).

use std::collections::BTreeSet;
use std::sync::Arc;

use identity::facts::{Answer, NumberHash};
use kernel::{DocumentNumber, Id, Instant, Issues, Text};
use platform::{Ctx, Error, PersonId, Result, Role, Scope, audit};
use serde::{Deserialize, Serialize};
use ::store::Tx;

use crate::ports::Ports;
use crate::registers::{Inquiry, Register, Standing};
use crate::store::questions as rows;
use crate::{ITEM, issues};

/// Marker of a question.
#[derive(Debug)]
pub struct Question;
/// Id of a question.
pub type QuestionId = Id<Question>;

/// Who may ask.
pub const ASKERS: [Role; 3] = [Role::Clerk, Role::Registrar, Role::Reviewer];
/// Lines on one page of the list.
const LINES: i64 = 50;
/// Characters of the purpose and of the number of a matter at most.
const LONGEST: usize = 200;

/// What the registers come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = RegisterVerdict)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// One marriage stands.
    Valid,
    /// Every register answered, and none has one.
    None,
    /// More than one stands, which has to be looked into.
    Several,
    /// Nothing was found, and some register did not answer.
    NotAnswered,
}

impl Verdict {
    /// All, in the order of the codes.
    pub const ALL: [Self; 4] = [Self::Valid, Self::None, Self::Several, Self::NotAnswered];

    /// The verdict over what the registers said. The same number in two registers is one marriage.
    pub fn of<'a>(answers: impl IntoIterator<Item = &'a Answer<Vec<Standing>>>) -> Self {
        let (mut numbered, mut unnumbered, mut open, mut asked) = (BTreeSet::new(), 0, false, false);
        for answer in answers {
            asked = true;
            open |= answer.is_open();
            for number in answer.found().into_iter().flatten() {
                if number.is_empty() {
                    unnumbered += 1;
                } else {
                    numbered.insert(number.as_str());
                }
            }
        }
        match numbered.len() + unnumbered {
            0 if open || !asked => Self::NotAnswered,
            0 => Self::None,
            1 => Self::Valid,
            _ => Self::Several,
        }
    }

    /// The code as stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::None => "none",
            Self::Several => "several",
            Self::NotAnswered => "not_answered",
        }
    }

    /// The verdict with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// In words.
    pub fn name(self) -> Text {
        match self {
            Self::Valid => Text::new("有一条有效婚姻记录", "one marriage stands"),
            Self::None => Text::new("各登记库均无有效婚姻记录", "no register has a marriage that stands"),
            Self::Several => Text::new("有多条有效婚姻记录，须核实", "several marriages stand; look into it"),
            Self::NotAnswered => Text::new("有登记库未答复，不能视为没有", "a register did not answer; this is not “none”"),
        }
    }
}

/// A question, as typed.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = NetworkQuestion)]
#[serde(default)]
pub struct Asking {
    /// Number of the person's identity card.
    pub id_no: String,
    /// For what.
    pub purpose: String,
    /// Number of the matter for which it is asked.
    pub case_no: String,
}

/// What one register said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The register.
    pub register: Text,
    /// What it came to.
    pub verdict: Verdict,
    /// Numbers of the marriages that stand.
    pub numbers: Vec<String>,
}

/// A question with its answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Its id.
    pub id: QuestionId,
    /// The number that was asked about, masked.
    pub number: String,
    /// For what.
    pub purpose: String,
    /// Number of the matter.
    pub case_no: String,
    /// The answer.
    pub verdict: Verdict,
    /// What each register said.
    pub said: Vec<Said>,
    /// When.
    pub at: Instant,
}

/// Asks every register about one person and keeps what they said.
///
/// # Errors
/// `MR-E41` without a purpose, `MR-E51` without a matter, `C-E01` … at the number.
pub async fn ask(ctx: &Ctx, ports: &Ports, asking: &Asking) -> Result<QuestionId> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    ctx.require(&ASKERS, &Scope::region(staff.region).org(staff.org).item(ITEM)).await?;
    let (inquiry, document) = read(ctx, "", asking, "CHN")?;
    let person = identity::persons::find(ctx.db(), ctx.keys(), &document, &inquiry.country).await?;
    let asked = put(ctx, ports, inquiry, person).await?;
    ctx.db()
        .write(|tx| {
            let (ctx, asked) = (ctx.clone(), asked.clone());
            async move { keep(&tx, &ctx, &asked).await }
        })
        .await
}

/// A question as typed, with the document that it names. The kind is that of an identity card where it is left empty.
pub(crate) fn read(ctx: &Ctx, id_type: &str, asking: &Asking, country: &str) -> Result<(Inquiry, DocumentNumber)> {
    let mut found = Issues::default();
    let document = found.keep_at("id_no", crate::persons::document(id_type, &asking.id_no, ctx.today()));
    let [purpose, case_no] = [&asking.purpose, &asking.case_no].map(|typed| kernel::text::line(typed));
    let told = |text: &str| (1..=LONGEST).contains(&text.chars().count());
    found.ensure(told(&purpose), || issues::not_entitled("purpose"));
    found.ensure(told(&case_no), || issues::missing("case_no".to_owned()));
    found.finish()?;
    let document = document.expect("kept above");
    let number = document.gb11643().map_or_else(|| document.as_str(), |number| number.search_key()).to_owned();
    let (id_type, hash) = (document.kind().to_string(), NumberHash::of(ctx.keys(), &number));
    Ok((Inquiry { id_type, number, hash, country: country.to_owned(), purpose, case_no }, document))
}

/// A question that was asked and is about to be kept.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    row: rows::New,
    person: Option<PersonId>,
    verdict: Verdict,
    /// What other instances said.
    pub(crate) elsewhere: Vec<Said>,
}

/// Asks every register about one person, who is known here as `person` if at all. The caller has authorised it, and keeps the answer
/// ([`keep`]).
pub(crate) async fn put(ctx: &Ctx, ports: &Ports, inquiry: Inquiry, person: Option<PersonId>) -> Result<Asked> {
    let staff = ctx.actor().staff().ok_or(Error::SignIn)?;
    let ours = ports.registers.len();
    let all: Vec<_> = ports.registers.iter().chain(&ports.partners).cloned().collect();
    let inquiry = Arc::new(inquiry);
    let (verdict, said) = answers(ctx, &all, &inquiry).await;
    let row = rows::New::seal(ctx, staff, &inquiry, verdict, &said);
    Ok(Asked { row, person, verdict, elsewhere: said[ours..].to_vec() })
}

/// Keeps a question with what was answered, and the look in the person's trail.
pub(crate) async fn keep(tx: &Tx, ctx: &Ctx, asked: &Asked) -> Result<QuestionId> {
    let Asked { row, person, verdict, .. } = asked;
    rows::insert(tx, ctx, row).await?;
    let detail = serde_json::json!({ "case_no": row.case_no, "answer": verdict.code() });
    let event = audit::Event::new("marriage.network_question", "marriage_question", row.id).person(*person);
    audit::record(tx, ctx, event.region(&row.region).reason(&row.purpose).detail(detail)).await?;
    Ok(row.id)
}

/// What these registers say, asked at the same time, and what that comes to. One that fails has not answered.
pub(crate) async fn answers(ctx: &Ctx, registers: &[Arc<dyn Register>], inquiry: &Arc<Inquiry>) -> (Verdict, Vec<Said>) {
    let ask = |register: &Arc<dyn Register>| {
        let (register, ctx, inquiry) = (register.clone(), ctx.clone(), inquiry.clone());
        tokio::spawn(async move { register.standing(&ctx, &inquiry).await })
    };
    let asked: Vec<_> = registers.iter().map(ask).collect();
    let (mut answers, mut said) = (Vec::with_capacity(asked.len()), Vec::with_capacity(asked.len()));
    for (register, asked) in registers.iter().zip(asked) {
        let answer = match asked.await.map_err(Error::internal).flatten() {
            Ok(answer) => answer,
            Err(error) => {
                tracing::warn!(%error, register = %register.name().en, "a register did not answer");
                Answer::NotAnswered
            }
        };
        let numbers = answer.found().cloned().unwrap_or_default();
        said.push(Said { register: register.name(), verdict: Verdict::of([&answer]), numbers });
        answers.push(answer);
    }
    (Verdict::of(&answers), said)
}

/// One of one's own questions; for anybody else it does not exist.
pub async fn question(ctx: &Ctx, id: QuestionId) -> Result<Answered> {
    ctx.require_role(&ASKERS)?;
    rows::load(ctx.db(), ctx.keys(), id, &ctx.actor().key()).await
}

/// One's own questions, the newest first, fifty a page; those before `before`.
pub async fn mine(ctx: &Ctx, before: Option<QuestionId>) -> Result<(Vec<Answered>, bool)> {
    ctx.require_role(&ASKERS)?;
    let mut all = rows::of_asker(ctx.db(), ctx.keys(), &ctx.actor().key(), before, LINES + 1).await?;
    let most = usize::try_from(LINES).unwrap_or(usize::MAX);
    let more = all.len() > most;
    all.truncate(most);
    Ok((all, more))
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::facts::{FactKind, set_source};
    use platform::ports::BoxFuture;
    use proptest::prelude::*;

    use crate::model::CheckResult;
    use crate::ops::{accept, network_check, refuse, view};
    use crate::testing::{f1, m1, world};

    fn answer() -> impl Strategy<Value = Answer<Vec<Standing>>> {
        prop_oneof![
            Just(Answer::None),
            Just(Answer::NotAnswered),
            proptest::collection::vec("[A-C]?", 1..3).prop_map(Answer::Yes),
            proptest::collection::vec("[A-C]?", 1..3).prop_map(Answer::OnPaper),
        ]
    }

    proptest! {
        /// R-MR-18: whoever did not answer never makes "none", and what somebody found is never lost.
        #[test]
        fn r_mr_18_not_answered_is_never_none(answers in proptest::collection::vec(answer(), 0..5)) {
            let verdict = Verdict::of(&answers);
            let open = answers.iter().any(Answer::is_open);
            let found = answers.iter().any(|answer| answer.found().is_some());
            prop_assert_eq!(verdict == Verdict::None, !answers.is_empty() && !open && !found);
            prop_assert_eq!(matches!(verdict, Verdict::Valid | Verdict::Several), found);
            if verdict == Verdict::NotAnswered {
                prop_assert!(open || answers.is_empty());
            }
        }
    }

    #[test]
    fn the_same_number_in_two_registers_is_one_marriage() {
        let yes = |numbers: &[&str]| Answer::Yes(numbers.iter().map(|&number| number.to_owned()).collect());
        assert_eq!(Verdict::of(&[yes(&["J1"]), yes(&["J1"]), Answer::NotAnswered]), Verdict::Valid);
        assert_eq!(Verdict::of(&[yes(&["J1"]), yes(&["J2"])]), Verdict::Several);
        assert_eq!(Verdict::of(&[yes(&[""]), yes(&[""])]), Verdict::Several, "without numbers nobody knows that they are one");
    }

    /// Another instance whose line is cut.
    struct Cut;

    impl Register for Cut {
        fn name(&self) -> Text {
            Text::fixed("外省", "another province")
        }

        fn standing<'a>(&'a self, _: &'a Ctx, _: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>> {
            Box::pin(async { Err(Error::internal("no line")) })
        }
    }

    ::store::db_test!(r_mr_18_a_question_is_kept_with_purpose_matter_and_what_each_register_said, |db| async move {
        let world = world(db, 2).await;
        let (ctx, colleague) = (world.registrar(), world.colleague());
        let asking = Asking { id_no: "990101200405200017".into(), purpose: "结婚登记".into(), case_no: "业务1".into() };
        for (missing, code) in [
            (Asking { purpose: " ".into(), ..asking.clone() }, "MR-E41"),
            (Asking { case_no: String::new(), ..asking.clone() }, "MR-E51"),
            (Asking { id_no: "990101200405200018".into(), ..asking.clone() }, "C-E01"),
        ] {
            assert!(ask(&ctx, &world.ports, &missing).await.expect_err(code).has_code(code));
        }
        let none = ask(&ctx, &world.ports, &asking).await.expect("asked");
        assert_eq!(question(&ctx, none).await.expect("told").verdict, Verdict::None);
        let mut cut = world.ports.clone();
        cut.partners.push(Arc::new(Cut));
        let open = ask(&ctx, &cut, &asking).await.expect("asked");
        assert_eq!(question(&ctx, open).await.expect("told").verdict, Verdict::NotAnswered);
        set_source(&world.platform.system(), FactKind::Marriage, false, "停").await.expect("a source");
        let open = ask(&ctx, &world.ports, &asking).await.expect("asked");
        assert_eq!(question(&ctx, open).await.expect("told").verdict, Verdict::NotAnswered);
        set_source(&world.platform.system(), FactKind::Marriage, true, "通").await.expect("a source");
        let done = world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        let valid = ask(&ctx, &cut, &asking).await.expect("asked");
        let told = question(&ctx, valid).await.expect("told");
        assert_eq!((told.verdict, told.number.as_str(), told.case_no.as_str()), (Verdict::Valid, "990***********0017", "业务1"));
        assert_eq!(told.said[0].numbers, [done.cert_no]);
        assert_eq!(told.said.iter().map(|said| said.verdict).collect::<Vec<_>>(), [Verdict::Valid, Verdict::None, Verdict::None, Verdict::NotAnswered]);
        assert!(matches!(question(&colleague, valid).await, Err(Error::NotFound)), "one's own only");
        assert_eq!((mine(&ctx, None).await.expect("listed").0.len(), mine(&colleague, None).await.expect("listed").0.len()), (6, 0), "and the two of the case");
    });

    ::store::db_test!(r_mr_18_the_network_check_of_a_case_is_a_question_about_each_with_its_purpose_and_case, |db| async move {
        let world = world(db, 2).await;
        world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
        let asked = mine(&world.registrar(), None).await.expect("listed").0;
        let (number,): (String,) = ::store::q("SELECT case_no FROM case_head").one(world.platform.db()).await.expect("one case");
        let mut numbers: Vec<_> = asked.iter().map(|one| one.number.as_str()).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, ["990***********0017", "990***********0020"]);
        assert!(asked.iter().all(|one| one.case_no == number && !one.purpose.is_empty() && one.verdict == Verdict::None), "{asked:?}");
        let (looks,): (i64,) = ::store::q("SELECT COUNT(*) FROM audit_event WHERE action = 'marriage.network_question' AND person_id IS NOT NULL")
            .one(world.platform.db())
            .await
            .expect("a count");
        assert_eq!(looks, 2);
    });

    /// Another instance that says this of everybody.
    struct Says(Answer<Vec<Standing>>);

    impl Register for Says {
        fn name(&self) -> Text {
            Text::fixed("乙省", "Province B")
        }

        fn standing<'a>(&'a self, _: &'a Ctx, _: &'a Inquiry) -> BoxFuture<'a, Result<Answer<Vec<Standing>>>> {
            Box::pin(async { Ok(self.0.clone()) })
        }
    }

    ::store::db_test!(r_mr_05_and_r_mr_18_what_another_instance_says_counts_in_the_network_check_of_a_case, |db| async move {
        let mut world = world(db, 2).await;
        let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
        let ctx = world.registrar();
        accept(&ctx, &world.ports, case, seen).await.expect("accepted");
        let partners: [(Arc<dyn Register>, CheckResult); 5] = [
            (Arc::new(Says(Answer::Yes(vec!["J乙1".into()]))), CheckResult::Conflict),
            (Arc::new(Says(Answer::NotAnswered)), CheckResult::NoAnswer),
            (Arc::new(Cut), CheckResult::NoAnswer),
            (Arc::new(Says(Answer::None)), CheckResult::Clear),
            (Arc::new(Says(Answer::Yes(vec!["J乙2".into()]))), CheckResult::Conflict),
        ];
        for ((partner, result), seen) in partners.into_iter().zip(seen + 1..) {
            world.ports.partners = vec![partner];
            world.platform.set_now(world.platform.now().plus_secs(1));
            assert_eq!(network_check(&world.registrar(), &world.ports, case, seen).await.expect("asked"), result);
        }
        let shown = view(&ctx, &world.ports, case).await.expect("shown").findings;
        let told = shown.iter().filter(|finding| finding.elsewhere).filter_map(|finding| finding.issue.as_ref());
        assert_eq!(told.map(|issue| (&*issue.code, issue.params["no"].as_str())).collect::<Vec<_>>(), [("MR-E05", "J乙2"); 2]);
        refuse(&ctx, &world.ports, case, seen + 6, "").await.expect("that is a reason");
    });
}
