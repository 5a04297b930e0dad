//! From the frozen content to the words of the document: for the PDF in Chinese, for the page in the reader's language.

use documents::shapes::{Paper, Part, Row};
use kernel::{Day, Instant, Lang, Text};
use serde::{Deserialize, Serialize};

use super::Content;
use super::content::remedies;

/// What stands on every document, frozen with its content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The authority.
    pub issuer: Text,
    /// Name of the applicant; empty for records.
    pub to: String,
    /// The item.
    pub item: Text,
    /// Number of the case.
    pub case_no: String,
}

/// The document in words. `number` and `at` are those of its issue.
pub fn compose(head: &Head, content: &Content, number: &str, at: Instant, lang: Lang) -> Paper {
    let kind = content.kind();
    let words = Words { lang, head };
    let mut paper = Paper {
        title: kind.name().get(lang).to_owned(),
        issuer: head.issuer.get(lang).to_owned(),
        number: number.to_owned(),
        to: if kind.is_for_applicant() { head.to.clone() } else { String::new() },
        date: at.day().text(lang),
        foot: words.t(&format!("受理编号 {}", head.case_no), &format!("Case number {}", head.case_no)),
        ..Paper::default()
    };
    words.fill(&mut paper, content);
    paper
}

struct Words<'a> {
    lang: Lang,
    head: &'a Head,
}

impl Words<'_> {
    fn t(&self, zh: &str, en: &str) -> String {
        self.lang.pick(zh, en).to_owned()
    }

    fn item(&self) -> &str {
        self.head.item.get(self.lang)
    }

    fn day(&self, day: Day) -> String {
        day.text(self.lang)
    }

    fn moment(&self, at: Instant) -> String {
        format!("{} {}", at.day().text(self.lang), at.hm())
    }

    fn row(&self, zh: &str, en: &str, value: impl Into<String>) -> Row {
        Row::new(self.t(zh, en), value)
    }

    fn part(&self, zh: &str, en: &str, text: &str) -> Part {
        Part::text(self.t(zh, en), text)
    }

    fn basis(&self, basis: &[String]) -> Option<Part> {
        (!basis.is_empty()).then(|| Part::points(self.t("依据", "Basis"), basis.to_vec()))
    }

    fn remedies(&self) -> Part {
        let points = remedies().iter().map(|remedy| remedy.words().get(self.lang).to_owned()).collect();
        Part::points(self.t("救济途径", "What you can do"), points)
    }

    fn case_row(&self) -> Row {
        self.row("受理编号", "Case number", self.head.case_no.clone())
    }

    /// The opening sentence of a document about this item.
    fn about(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => format!("您提出的“{}”申请，{zh}", self.item()),
            Lang::En => format!("Your application “{}” {en}", self.item()),
        }
    }

    fn fill(&self, paper: &mut Paper, content: &Content) {
        match content {
            Content::Receipt { papers, clerk, at, query_code } => {
                paper.opening.push(self.about("材料已收到，清单如下。", "has arrived with these papers."));
                let rows = papers.iter().map(|p| vec![p.name.clone(), p.originals.to_string(), p.copies.to_string()]).collect();
                let head = self.lang.pick(["材料名称", "原件（份）", "复印件（份）"], ["Paper", "Originals", "Copies"]);
                paper.parts.push(Part::table(self.t("收到的材料", "Papers received"), &head, rows));
                paper.facts.push(self.case_row());
                paper.facts.push(self.row("收件人", "Received by", clerk.clone()));
                paper.facts.push(self.row("收件时间", "Received at", self.moment(*at)));
                if let Some(code) = query_code {
                    paper.facts.push(self.row("查询码", "Query code", code.clone()));
                }
                paper.closing.push(self.t("凭受理编号和查询码可以查询办理进度。", "Number and query code show you how the matter stands."));
            }
            Content::Acceptance { accepted_on, due_on, fee, contact, supervision_phone } => {
                paper.opening.push(self.about("符合受理条件，决定予以受理。", "meets the conditions and is accepted."));
                paper.facts.push(self.row("申请人", "Applicant", self.head.to.clone()));
                paper.facts.push(self.row("事项", "Item", self.item()));
                paper.facts.push(self.case_row());
                paper.facts.push(self.row("受理日期", "Accepted on", self.day(*accepted_on)));
                let due = due_on.map_or_else(|| self.t("当场办结", "done on the spot"), |day| self.day(day));
                paper.facts.push(self.row("办结期限", "Decided by", due));
                let fee = if fee.0 == 0 { self.t("不收费", "free of charge") } else { self.t(&format!("{fee} 元"), &format!("CNY {fee}")) };
                paper.facts.push(self.row("收费", "Fee", fee));
                paper.facts.push(self.row("咨询", "Questions", contact.clone()));
                paper.facts.push(self.row("监督投诉", "Supervision", supervision_phone.clone()));
            }
            Content::Rejection { reason, right_authority } => {
                paper.opening.push(self.about("经审查，决定不予受理。", "has been looked at and is not accepted."));
                paper.parts.push(self.part("理由", "Why", reason));
                if let Some(authority) = right_authority {
                    paper.parts.push(self.part("请向以下机关提出", "The competent authority", authority));
                }
                paper.parts.push(self.remedies());
            }
            Content::Correction { defects, until } => {
                paper.opening.push(self.about("材料需要补正。以下是需要补正的全部内容，一次告知。", "needs corrections. This is all of them, told once."));
                let rows = defects.iter().map(|d| vec![d.paper.clone(), d.wrong.clone(), d.mend.clone()]).collect();
                let head = self.lang.pick(["材料", "问题", "怎样补正"], ["Paper", "What is wrong", "How to correct it"]);
                paper.parts.push(Part::table(self.t("补正内容", "Corrections"), &head, rows));
                paper.facts.push(self.case_row());
                paper.facts.push(self.row("补正期限", "Until", self.t(&format!("{}24时前", self.day(*until)), &format!("the end of {}", self.day(*until)))));
                paper.closing.push(self.t(
                    "逾期未补正又未说明理由的，视为撤回申请；撤回后可以重新提出。补正期间不计入办理时限。",
                    "Without an answer by then the application counts as withdrawn; you may apply again. This time does not count towards the limit.",
                ));
            }
            Content::Extension { reason, due_on, approver } => {
                paper.opening.push(self.about("不能在原期限内作出决定，经批准延长办理期限。", "cannot be decided in time; the limit is extended with approval."));
                paper.facts.push(self.row("延长理由", "Reason", reason.clone()));
                paper.facts.push(self.row("延长后的期限", "New limit", self.day(*due_on)));
                paper.facts.push(self.row("批准人", "Approved by", approver.clone()));
                paper.facts.push(self.case_row());
                paper.closing.push(self.t("办理期限只延长一次。", "A limit is extended only once."));
            }
            Content::Special { procedure, basis, estimated_days, stops_on } => {
                paper.opening.push(self.about("需要进行以下程序，所需时间不计入办理时限。", "needs the following procedure, whose time does not count towards the limit."));
                paper.facts.push(self.row("程序", "Procedure", procedure.get(self.lang)));
                paper.facts.push(self.row("依据", "Basis", basis.clone()));
                paper.facts.push(self.row("预计所需时间", "Expected to take", self.t(&format!("{estimated_days} 日"), &format!("{estimated_days} days"))));
                paper.facts.push(self.row("停止计时日期", "Clock stops on", self.day(*stops_on)));
                paper.facts.push(self.case_row());
            }
            Content::Grant { facts, basis, decision } => {
                paper.opening.push(self.about("经审查，现作出决定如下。", "has been examined and is decided as follows."));
                paper.parts.push(self.part("查明的事实", "Facts", facts));
                paper.parts.extend(self.basis(basis));
                paper.parts.push(self.part("决定", "Decision", decision));
                paper.parts.push(self.remedies());
            }
            Content::Refusal { facts, basis, reason } => {
                paper.opening.push(self.about("经审查，决定不予批准。", "has been examined and is refused."));
                paper.parts.push(self.part("查明的事实", "Facts", facts));
                paper.parts.extend(self.basis(basis));
                paper.parts.push(self.part("理由", "Why", reason));
                paper.parts.push(self.remedies());
            }
            Content::Withdrawal { on, deemed } => {
                paper.opening.push(if deemed.is_empty() {
                    self.about("已按您的要求撤回。", "has been withdrawn as you asked.")
                } else {
                    self.about("视为撤回。", "counts as withdrawn.")
                });
                if !deemed.is_empty() {
                    paper.facts.push(self.row("原因", "Why", deemed.clone()));
                }
                paper.facts.push(self.row("撤回日期", "Withdrawn on", self.day(*on)));
                paper.facts.push(self.case_row());
                paper.closing.push(self.t("您可以随时重新提出申请。", "You may apply again at any time."));
            }
            Content::Termination { reason } => {
                paper.opening.push(self.about("办理程序终止。", "is ended without a decision."));
                paper.parts.push(self.part("理由", "Why", reason));
                paper.parts.push(self.remedies());
            }
            Content::Service { title, number, receiver, relation, receiver_id, at, way, tracking_no } => {
                paper.opening.push(self.t("文书送达情况记录如下。", "This document was served as follows."));
                paper.facts.push(self.row("送达文书", "Document", format!("{title} {number}")));
                paper.facts.push(self.case_row());
                paper.facts.push(self.row("受送达人", "Received by", receiver.clone()));
                paper.facts.push(self.row("与当事人关系", "Relation", relation.clone()));
                paper.facts.push(self.row("证件号码", "Document number", receiver_id.clone()));
                paper.facts.push(self.row("送达方式", "Way", way.get(self.lang)));
                if !tracking_no.is_empty() {
                    paper.facts.push(self.row("邮件号", "Tracking number", tracking_no.clone()));
                }
                paper.facts.push(self.row("送达时间", "At", self.moment(*at)));
            }
            Content::Index { entries, finished_on } => {
                paper.facts.push(self.row("事项", "Item", self.item()));
                paper.facts.push(self.case_row());
                paper.facts.push(self.row("办结日期", "Finished on", self.day(*finished_on)));
                let rows = entries
                    .iter()
                    .enumerate()
                    .map(|(at, entry)| vec![(at + 1).to_string(), entry.title.clone(), entry.file.clone(), entry.bytes.to_string(), entry.sm3.clone()])
                    .collect();
                let head = self.lang.pick(["序号", "题名", "文件", "字节", "SM3"], ["No.", "Title", "File", "Bytes", "SM3"]);
                paper.parts.push(Part::table(self.t("卷内文件", "Files"), &head, rows));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Fen;

    fn head() -> Head {
        Head { issuer: Text::new("城东区民政局", "Chengdong"), to: "张测试".into(), item: Text::new("测试事项", "Test item"), case_no: "9901022026070110000016".into() }
    }

    fn at() -> Instant {
        Instant::at(Day::ymd(2026, 7, 1), 600)
    }

    #[test]
    fn p2_3_an_extension_tells_reason_new_day_and_who_approved() {
        let content = Content::Extension { reason: "需要调查".into(), due_on: Day::ymd(2026, 11, 5), approver: "王负责".into() };
        let paper = compose(&head(), &content, "城东民延〔2026〕1号", at(), Lang::Zh);
        let said: String = paper.facts.iter().map(|row| row.value.clone()).collect();
        for word in ["需要调查", "2026年11月5日", "王负责"] {
            assert!(said.contains(word), "{word} is missing: {said}");
        }
    }

    #[test]
    fn p2_4_every_refusal_tells_the_remedies_in_both_languages() {
        for content in [
            Content::Refusal { facts: "经查".into(), basis: vec!["某法第一条".into()], reason: "不符合条件".into() },
            Content::Rejection { reason: "不属本机关".into(), right_authority: Some("甲市民政局".into()) },
        ] {
            let zh = format!("{:?}", compose(&head(), &content, "x", at(), Lang::Zh));
            assert!(zh.contains("60日") && zh.contains("6个月"));
            assert!(format!("{:?}", compose(&head(), &content, "x", at(), Lang::En)).contains("60 days"));
        }
    }

    #[test]
    fn p2_2_an_acceptance_tells_applicant_item_days_fee_and_phones() {
        let content = Content::Acceptance {
            accepted_on: Day::ymd(2026, 7, 1),
            due_on: Some(Day::ymd(2026, 7, 29)),
            fee: Fen::ZERO,
            contact: "窗口 0571-1".into(),
            supervision_phone: "12345".into(),
        };
        let said = format!("{:?}", compose(&head(), &content, "x", at(), Lang::Zh).facts);
        for word in ["张测试", "测试事项", "2026年7月1日", "2026年7月29日", "不收费", "0571-1", "12345"] {
            assert!(said.contains(word), "{word}");
        }
    }
}
