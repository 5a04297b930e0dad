//! What is printed for a divorce: the application with the agreement to sign, the receipt, the slip of a withdrawal. Audited reads.

use casework::CaseId;
use documents::shapes::{Paper, Part, Row};
use kernel::money::Fen;
use kernel::{Day, Lang};
use platform::{Ctx, Error, Result};

use super::super::file::File;
use super::super::issues;
use super::super::model::{Agreement, Child};
use super::{load, view};
use crate::model::Side;

/// 离婚登记申请书 with the newest version of the agreement, to be signed by both before the registrar.
///
/// # Errors
/// `MR-E23` before an agreement is written down.
pub async fn application(ctx: &Ctx, case: CaseId) -> Result<Paper> {
    let file = load(ctx, case).await?;
    view::audit_read(ctx, &file).await?;
    let version = file.agreement().ok_or_else(|| issues::agreement_incomplete("agreement"))?;
    let mut parts = vec![Part::points(
        "双方声明",
        vec![
            "双方自愿离婚，均具有完全民事行为能力，未受任何一方或者他人强迫。".to_owned(),
            "双方已就子女抚养、财产以及债务处理等事项协商一致，内容如下。".to_owned(),
            "双方知悉：受理后三十日内任何一方可以撤回申请；其后三十日内应当共同亲自申领离婚证，未申领的视为撤回。".to_owned(),
        ],
    )];
    parts.extend(clauses(&version.content));
    Ok(Paper {
        title: "离婚登记申请书及离婚协议书".to_owned(),
        opening: Vec::new(),
        facts: persons(&file),
        parts,
        closing: vec![format!("协议第{}版。本页由双方在婚姻登记员面前签名。", version.number)],
        ..head(ctx, &file, ctx.today()).await?
    })
}

fn clauses(agreement: &Agreement) -> Vec<Part> {
    let mut parts = Vec::new();
    if agreement.no_children {
        parts.push(Part::text("一、子女", "双方没有未成年子女。"));
    } else {
        let rows = agreement.children.iter().map(child).collect();
        parts.push(Part::table("一、子女", &["姓名", "身份证件号", "抚养", "抚养费", "至", "探望"], rows));
    }
    parts.push(Part::text("二、财产", &agreement.property));
    parts.push(Part::text("三、债务", &agreement.debts));
    if !agreement.other.is_empty() {
        parts.push(Part::text("四、其他", &agreement.other));
    }
    parts
}

fn child(child: &Child) -> Vec<String> {
    let support = format!("{}元，{}", Fen(child.support_fen), child.frequency);
    vec![child.name.clone(), child.id_no.clone(), child.custody.name().zh.to_string(), support, child.until.clone(), child.visits.clone()]
}

/// 离婚登记申请受理回执单: number, parties, all dates, what to bring the second time, what happens if nobody comes.
///
/// # Errors
/// `E-ST01` before the acceptance.
pub async fn receipt(ctx: &Ctx, case: CaseId) -> Result<Paper> {
    let file = load(ctx, case).await?;
    let Some(dates) = file.dates else { return Err(not_yet(&file)) };
    view::audit_read(ctx, &file).await?;
    let zh = |day: Day| day.text(Lang::Zh);
    let mark = if dates.provisional { "（暂定）" } else { "" };
    let mut facts = persons(&file);
    facts.extend([
        Row::new("受理日期", zh(dates.accepted)),
        Row::new("三十日期间至", format!("{}{mark}", zh(dates.cool_end))),
        Row::new("可申领离婚证的日期", format!("{}至{}{mark}", zh(dates.claim_from()), zh(dates.claim_end))),
    ]);
    let mut closing = vec![
        "三十日期间内，任何一方不愿意离婚的，可以持本人身份证件到本登记处撤回申请。".to_owned(),
        "在可申领的日期内，双方应当共同亲自到本登记处申请发给离婚证；未申领的，视为撤回离婚登记申请，婚姻关系不变，可以重新申请。".to_owned(),
    ];
    if dates.provisional {
        closing.push("次年工作日历尚未公布，标明“暂定”的日期在公布后重新计算并告知双方。".to_owned());
    }
    Ok(Paper {
        title: "离婚登记申请受理回执单".to_owned(),
        opening: vec!["你们的离婚登记申请已受理。".to_owned()],
        facts,
        parts: vec![Part::points(
            "第二次来时请携带",
            vec!["双方的居民身份证。".to_owned(), "双方的结婚证。".to_owned(), "本回执单。".to_owned(), "本人近期二寸单人照片各二张。".to_owned()],
        )],
        closing,
        ..head(ctx, &file, dates.accepted).await?
    })
}

/// 撤回离婚登记申请确认单.
///
/// # Errors
/// `E-ST01` where nobody withdrew.
pub async fn slip(ctx: &Ctx, case: CaseId) -> Result<Paper> {
    let file = load(ctx, case).await?;
    let (Some((side, at)), Some(dates)) = (file.withdrawn, file.dates) else { return Err(not_yet(&file)) };
    view::audit_read(ctx, &file).await?;
    let mut facts = persons(&file);
    facts.extend([
        Row::new("受理日期", dates.accepted.text(Lang::Zh)),
        Row::new("撤回人", side.name().zh),
        Row::new("撤回时间", format!("{} {}", at.day().text(Lang::Zh), at.hm())),
    ]);
    Ok(Paper {
        title: "撤回离婚登记申请确认单".to_owned(),
        opening: vec!["离婚登记申请已由一方当事人亲自撤回，婚姻关系不变。".to_owned()],
        facts,
        closing: vec!["今后重新申请的，三十日期间重新计算。".to_owned()],
        ..head(ctx, &file, at.day()).await?
    })
}

fn not_yet(file: &File) -> Error {
    let name = file.written.name();
    Error::state(&name.zh, &name.en)
}

fn persons(file: &File) -> Vec<Row> {
    Side::BOTH
        .into_iter()
        .filter_map(|side| file.party(side))
        .flat_map(|party| {
            let who = party.side.name().zh;
            [Row::new(who.clone(), &party.snapshot.name), Row::new(format!("{who}身份证件号"), &party.snapshot.id_no)]
        })
        .collect()
}

async fn head(ctx: &Ctx, file: &File, on: Day) -> Result<Paper> {
    let office = crate::office::card(ctx, file.office).await?;
    Ok(Paper {
        issuer: office.name.zh.to_string(),
        number: file.head.case_no.clone(),
        date: on.text(Lang::Zh),
        foot: format!("{} · {}", office.name.zh, file.head.case_no),
        ..Paper::default()
    })
}
