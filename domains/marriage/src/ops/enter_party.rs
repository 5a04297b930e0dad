//! Enters one of the two persons: read from the chip where a reader stands, else typed and left for a second person to confirm.

use casework::CaseId;
use kernel::codes::{CodeList, ListName};
use kernel::phone::Phone;
use kernel::{Day, DocumentNumber, IdType, Issue, Issues, Refusal};
use platform::{Ctx, Result};

use super::{advance, begin, staff};
use crate::issues;
use crate::model::{Marital, PriorBasis, PriorEnd, Sex, Side, Snapshot, ValidTo};
use crate::parties::{Ask, Named, Paper, PaperRules, PartyKind, authentications, foreign_countries, translations};
use crate::ports::{Chip, Ports};
use crate::rules::issues_of_entry;
use crate::states::Action;
use crate::store;

/// A person as typed: every field a text, so that nothing is lost when something is wrong.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PartyInput {
    /// Name as on the document.
    pub name: String,
    /// Number of the document.
    pub id_no: String,
    /// Date of birth; taken from the number when empty.
    pub birth: String,
    /// `1` or `2`; taken from the number when empty.
    pub sex: String,
    /// Last day of the document's validity, ISO; empty or `长期` for long-term.
    pub id_valid_to: String,
    /// GB/T 3304; may be empty.
    pub ethnicity: String,
    /// Six digits of the registered residence; may be empty.
    pub hukou_region: String,
    /// `10`, `30` or `40`.
    pub marital: String,
    /// `1` … `4`; empty where there was no marriage.
    pub prior_basis: String,
    /// Number of that paper.
    pub prior_doc_no: String,
    /// From when it has effect, ISO.
    pub prior_on: String,
    /// Phone.
    pub phone: String,
    /// Code of the kind of party (A.2): `1` resident, `2` Hong Kong, `3` Macao, `4` Taiwan, `5` overseas Chinese, `6` foreign national,
    /// `7` soldier; a resident when empty.
    pub kind: String,
    /// Kind of the document (GA/T 517); the usual one of the kind of party when empty.
    pub id_type: String,
    /// GB/T 2659; only of foreign nationals, for the others it follows from the kind.
    pub nationality: String,
    /// Chinese name beside that on the document; may be empty.
    pub name_zh: String,
    /// What else a party of this kind brings (R-MR-14, 15); papers of which nothing is said are not shown yet.
    pub papers: Vec<PaperInput>,
}

/// A paper as typed.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[schema(as = PartyPaperInput)]
#[serde(default)]
pub struct PaperInput {
    /// `military_id`, `military_certificate`, `local_id`, `notarised_declaration`, `no_spouse`.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Who issued it.
    pub issuer: String,
    /// When, ISO.
    pub issued_on: String,
    /// In which country, GB/T 2659.
    pub country: String,
    /// `consular`, `embassy`, `issued_by_embassy`, `apostille`; empty for not at all.
    pub authentication: String,
    /// `chinese`, `translated`; empty for neither.
    pub translation: String,
}

/// Writes a person into his place, with everything that is wrong told at once (C-17).
pub async fn enter_party(ctx: &Ctx, ports: &Ports, case: CaseId, seen: i64, side: Side, input: &PartyInput) -> Result<()> {
    let file = begin(ctx, case, Action::EnterParty).await?;
    let by = staff(ctx)?;
    let snapshot = parse(side, input, ctx.today())?;
    let chip = ports.reader.read(by).await?;
    let by_chip = match &chip {
        Some(chip) => same_as_chip(side, &snapshot, chip).map(|()| true)?,
        None => false,
    };
    let sealed = store::parties::seal(ctx.keys(), ctx.id(), side, &snapshot);
    let to = file.state.kind();
    ctx.db()
        .write(|tx| {
            let (ctx, file, sealed) = (ctx.clone(), file.clone(), sealed.clone());
            async move {
                advance(&tx, &ctx, &file, seen, Action::EnterParty, to, side.name().zh.as_ref()).await?;
                store::parties::put(&tx, case, &sealed, by_chip, by, ctx.now()).await
            }
        })
        .await
}

/// Reads a person as typed, with everything that is wrong told at once.
pub(crate) fn parse(side: Side, input: &PartyInput, today: Day) -> Result<Snapshot, Refusal> {
    let mut found = Issues::default();
    let kind = PartyKind::from_code(Some(input.kind.trim()).filter(|code| !code.is_empty()).unwrap_or(PartyKind::Mainland.code()));
    found.ensure(kind.is_some(), || issues::missing(side.field("kind")));
    let kind = kind.unwrap_or(PartyKind::Mainland);
    let id_type = id_type(kind, input.id_type.trim());
    found.ensure(id_type.is_some(), || issues::missing(side.field("id_type")));
    let id_type = id_type.unwrap_or(IdType::RESIDENT);
    let nationality = nationality(kind, input.nationality.trim());
    found.ensure(nationality.is_some(), || issues::missing(side.field("nationality")));
    let document = DocumentNumber::parse(id_type, &input.id_no, today).ok();
    let number = document.as_ref().and_then(DocumentNumber::gb11643);
    let birth = match (input.birth.trim(), number) {
        ("", Some(number)) => Some(number.birth()),
        (typed, _) => typed.parse::<Day>().ok().filter(|day| *day <= today),
    };
    let sex = match (input.sex.trim(), number) {
        ("", Some(number)) => Some(number.sex()),
        (typed, _) => Sex::from_code(typed),
    };
    found.ensure(document.is_none() || birth.is_some(), || issues::missing(side.field("birth")));
    found.ensure(document.is_none() || sex.is_some(), || issues::missing(side.field("sex")));
    let valid_to = match input.id_valid_to.trim() {
        "" | "长期" => Some(ValidTo::LongTerm),
        typed => typed.parse().ok().map(ValidTo::Until),
    };
    found.ensure(valid_to.is_some(), || not_a_day(side.field("id_valid_to")));
    let marital = Marital::from_code(input.marital.trim());
    found.ensure(marital.is_some(), || issues::missing(side.field("marital")));
    let prior_on = day(&input.prior_on);
    found.ensure(prior_on.is_ok(), || not_a_day(side.field("prior_on")));
    let phone = match input.phone.trim() {
        "" => Some(String::new()),
        typed => found.keep_at(&side.field("phone"), Phone::parse(typed)).map(|phone| phone.as_str().to_owned()),
    };
    let text = |typed: &str| Some(kernel::text::line(typed)).filter(|text| !text.is_empty());
    let snapshot = Snapshot {
        name: kernel::text::name(&input.name),
        name_zh: kernel::text::name(&input.name_zh),
        // Without a readable number its own error is told; these two then stand in for what cannot be known.
        sex: sex.unwrap_or(if side == Side::A { Sex::Male } else { Sex::Female }),
        birth: birth.unwrap_or(today),
        ethnicity: text(&input.ethnicity),
        nationality: nationality.unwrap_or_default(),
        kind,
        id_type: id_type.to_string(),
        id_no: document.as_ref().map_or_else(|| input.id_no.clone(), |document| document.as_str().to_owned()),
        id_valid_to: valid_to.unwrap_or(ValidTo::LongTerm),
        hukou_region: text(&input.hukou_region),
        marital: marital.unwrap_or(Marital::Never),
        prior: PriorBasis::from_code(input.prior_basis.trim()).map(|basis| PriorEnd {
            basis,
            doc_no: kernel::text::line(&input.prior_doc_no),
            effective_on: prior_on.ok().flatten(),
        }),
        papers: kind.papers().filter_map(|rules| paper(&mut found, side, rules, &input.papers)).collect(),
        phone: phone.clone().unwrap_or_else(|| "?".to_owned()),
    };
    for issue in issues_of_entry(side, &snapshot, today) {
        found.add(issue);
    }
    found.finish().map(|_| snapshot)
}

/// The document by which a party of this kind proves who he is.
fn id_type(kind: PartyKind, typed: &str) -> Option<IdType> {
    let known = &kind.rules().id_types;
    let code = if typed.is_empty() { known.first() } else { known.iter().find(|known| *known == typed) };
    code?.parse().ok()
}

/// The nationality that goes with the kind; typed only where it does not follow from it.
fn nationality(kind: PartyKind, typed: &str) -> Option<String> {
    let fixed = kind.rules().nationality.clone();
    fixed.or_else(|| foreign_countries().find(|(code, _)| *code == typed).map(|(code, _)| code.to_owned()))
}

/// A paper of a kind as typed; none where nothing was.
fn paper(found: &mut Issues, side: Side, rules: &PaperRules, typed: &[PaperInput]) -> Option<Paper> {
    let typed = typed.iter().find(|paper| paper.kind == rules.code)?;
    let field = |ask: Ask| side.field(&format!("{}_{}", rules.code, ask.field()));
    let issued_on = day(&typed.issued_on);
    found.ensure(issued_on.is_ok(), || not_a_day(field(Ask::IssuedOn)));
    let among = |ask: Ask, typed: &str, known: bool| {
        if typed.is_empty() || known { Ok(typed.to_owned()) } else { Err(issues::missing(field(ask))) }
    };
    let has = |named: &[Named], code: &str| named.iter().any(|one| one.code == code);
    let [country, authentication, translation] = [&typed.country, &typed.authentication, &typed.translation].map(|typed| typed.trim());
    let country = found.keep(among(Ask::Country, country, CodeList::builtin(ListName::Country).has(country)));
    let authentication = found.keep(among(Ask::Authentication, authentication, has(authentications(), authentication)));
    let translation = found.keep(among(Ask::Translation, translation, has(translations(), translation)));
    let paper = Paper {
        kind: rules.code.clone(),
        number: kernel::text::line(&typed.number),
        issuer: kernel::text::line(&typed.issuer),
        issued_on: issued_on.ok().flatten(),
        country: country.unwrap_or_default(),
        authentication: authentication.unwrap_or_default(),
        translation: translation.unwrap_or_default(),
    };
    rules.asks.iter().any(|ask| paper.answers(*ask)).then_some(paper)
}

/// A date that may be left empty.
fn day(typed: &str) -> Result<Option<Day>, kernel::ParseError> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some),
    }
}

fn not_a_day(field: String) -> Issue {
    Issue::error("C-E11", "请按 2026-05-20 的格式填写日期", "write the date as 2026-05-20").field(field)
}

/// R-MR-20: what the chip says counts; the first difference names its field.
pub(crate) fn same_as_chip(side: Side, person: &Snapshot, chip: &Chip) -> Result<(), Issue> {
    let differs = if person.name != chip.name {
        "name"
    } else if person.id_no != chip.id_no {
        "id_no"
    } else if person.birth != chip.birth {
        "birth"
    } else if person.sex != chip.sex {
        "sex"
    } else {
        return Ok(());
    };
    Err(issues::chip_differs(side, differs))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample;

    fn typed() -> PartyInput {
        PartyInput {
            name: "张 测试".to_owned(),
            id_no: "９９０１０１ ２００４０５２０ ００１７".to_owned(),
            marital: "10".to_owned(),
            phone: "138 0000 0001".to_owned(),
            id_valid_to: "2030-01-01".to_owned(),
            ethnicity: "01".to_owned(),
            hukou_region: "990101".to_owned(),
            ..PartyInput::default()
        }
    }

    #[test]
    fn what_is_pasted_with_spaces_and_full_width_digits_is_understood() {
        assert_eq!(parse(Side::A, &typed(), Day::ymd(2026, 5, 20)).expect("well formed"), sample::man());
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let input = PartyInput { name: String::new(), id_no: "990101200405200018".to_owned(), marital: String::new(), ..typed() };
        let refused = parse(Side::A, &input, Day::ymd(2026, 5, 20)).expect_err("three things");
        for code in ["MR-E51", "C-E01"] {
            assert!(refused.has(code), "{code}");
        }
    }

    #[test]
    fn r_mr_20_data_that_differ_from_the_chip_are_refused() {
        let man = sample::man();
        let chip = Chip { name: man.name.clone(), sex: man.sex, birth: man.birth, id_no: man.id_no.clone() };
        assert!(same_as_chip(Side::A, &man, &chip).is_ok());
        let refused = same_as_chip(Side::A, &man, &Chip { name: "张试".to_owned(), ..chip }).expect_err("another name");
        assert_eq!((refused.code.as_ref(), refused.field.as_deref()), ("MR-E20", Some("a_name")));
    }
}
