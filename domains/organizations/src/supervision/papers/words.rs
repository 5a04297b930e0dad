//! What each document must say (OVP Appendix 3): in Chinese for the sheet, in both languages for its page.

use casework::papers::remedies;
use documents::shapes::{Paper, Part, Row};
use kernel::{Day, Fen, Lang, Text};

use super::{Document, PaperKind, Service};
use crate::supervision::model::{Annual, Content, Evaluation, Fundraising, Inspection, Listing, Penalty, PenaltyKind};
use crate::supervision::numbers::{self, limits};
use crate::supervision::rules::penalty::{base_of, multiple};

/// What a document is about, at the moment of its issue.
pub(in crate::supervision) struct About<'a> {
    pub(in crate::supervision) kind: PaperKind,
    pub(in crate::supervision) number: &'a str,
    /// Name of the authority.
    pub(in crate::supervision) issuer: &'a Text,
    /// Name of the organisation.
    pub(in crate::supervision) to: &'a str,
    /// Its credit code.
    pub(in crate::supervision) uscc: &'a str,
    /// What is known in the proceeding.
    pub(in crate::supervision) content: &'a Content,
    /// How what was served, for a record of service.
    pub(in crate::supervision) served: Option<&'a (Document, Service)>,
    /// The year of a report.
    pub(in crate::supervision) year: i64,
    pub(in crate::supervision) on: Day,
}

/// The document in words.
pub(in crate::supervision) fn compose(about: &About<'_>, lang: Lang) -> Paper {
    let words = Words(lang);
    let mut paper = Paper {
        title: about.kind.name().get(lang).to_owned(),
        issuer: about.issuer.get(lang).to_owned(),
        number: about.number.to_owned(),
        to: about.to.to_owned(),
        date: about.on.text(lang),
        foot: format!("{} {}", words.t("统一社会信用代码", "Credit code"), about.uscc),
        ..Paper::default()
    };
    if let Some((document, service)) = about.served {
        words.service(&mut paper, document, service);
        return paper;
    }
    match about.content {
        Content::Listing(content) => words.listing(&mut paper, about.kind, content),
        Content::Penalty(content) => words.penalty(&mut paper, about.kind, content),
        Content::Inspection(content) => words.inspection(&mut paper, about.kind, content),
        Content::Annual(content) => words.annual(&mut paper, content, about.year),
        Content::Evaluation(content) => words.evaluation(&mut paper, content),
        Content::Fundraising(content) => words.fundraising(&mut paper, content),
        Content::Illegal(_) => {}
    }
    paper
}

struct Words(Lang);

impl Words {
    fn t(&self, zh: &str, en: &str) -> String {
        self.0.pick(zh, en).to_owned()
    }

    fn day(&self, day: Option<Day>) -> String {
        day.map(|day| day.text(self.0)).unwrap_or_default()
    }

    fn row(&self, zh: &str, en: &str, value: impl Into<String>) -> Row {
        Row::new(self.t(zh, en), value)
    }

    /// A part of the paragraphs that were typed; nothing where nothing was.
    fn part(&self, zh: &str, en: &str, text: &str) -> Option<Part> {
        let text: Vec<String> = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        (!text.is_empty()).then(|| Part { heading: self.t(zh, en), text, ..Part::default() })
    }

    fn remedies(&self) -> Part {
        Part::points(self.t("救济途径", "What you can do"), remedies().iter().map(|remedy| remedy.words().get(self.0).to_owned()).collect())
    }

    fn listing(&self, paper: &mut Paper, kind: PaperKind, content: &Listing) {
        let list = content.list.map(|list| list.name().get(self.0).to_owned()).unwrap_or_default();
        let reason = numbers::reason(&content.reason);
        let why = reason.map(|reason| self.t(&reason.zh, &reason.en)).unwrap_or_default();
        let basis = reason.map(numbers::Reason::basis).unwrap_or_default();
        match kind {
            PaperKind::RemovalDecision => {
                paper.opening.push(self.t(
                    &format!("经核实，决定将你单位移出{list}。"),
                    &format!("It was verified and is decided that your organisation is removed from the {list}."),
                ));
                let removed = limits().credit_remove.law();
                paper.facts = vec![self.row("原列入决定", "Decision by which it was listed", &content.number), self.row("列入日期", "Listed since", self.day(content.since)), self.row("依据", "Legal basis", removed)];
                paper.parts.extend(self.part("移出理由", "Why", &content.outcome));
            }
            PaperKind::ListingDecision => {
                paper.opening.push(self.t(&format!("经查，决定将你单位列入{list}。"), &format!("It is decided that your organisation is put on the {list}.")));
                paper.facts = vec![self.row("情形", "Reason", why), self.row("依据", "Legal basis", basis), self.row("列入日期", "Listed from", self.day(content.since))];
                paper.facts.extend((!content.earlier.is_empty()).then(|| self.row("原列入决定", "Decision by which it was listed before", &content.earlier)));
                paper.parts.extend(self.part("事实", "Facts", &content.facts));
                paper.parts.extend(self.part("陈述申辩", "Your answer", &content.statement));
                let days = limits().credit_objection.value();
                paper.parts.push(Part::text(
                    self.t("异议", "Objection"),
                    self.t(
                        &format!("对列入有异议的，可以在“我的社会组织”的监管页面提出，也可以到本机关提出。本机关自收到之日起{days}个工作日内核实。"),
                        &format!("You may object on the page of your organisation or at this office. It is looked into within {days} working days."),
                    ),
                ));
                paper.parts.push(self.remedies());
            }
            _ => {
                paper.opening.push(self.t(&format!("经查，你单位有下列情形，本机关拟将你单位列入{list}。"), &format!("It was found what follows. It is intended to put your organisation on the {list}.")));
                paper.facts = vec![self.row("情形", "Reason", why), self.row("依据", "Legal basis", basis), self.row("陈述申辩期限", "You may answer until", self.day(content.statement_until))];
                paper.parts.extend(self.part("事实", "Facts", &content.facts));
                paper.closing.push(self.t("你单位可以在上述期限内提出陈述和申辩；逾期未提出的，视为放弃。", "You may answer until that day; whoever says nothing by then has waived it."));
            }
        }
    }

    fn penalty(&self, paper: &mut Paper, kind: PaperKind, content: &Penalty) {
        if kind == PaperKind::HearingNotice {
            paper.opening.push(self.t("你单位要求听证，现将听证事项通知如下。", "You asked for a hearing. It is held as follows."));
            paper.facts = vec![self.row("听证日期", "Day of the hearing", self.day(content.hearing_on)), self.row("依据", "Legal basis", limits().penalty_notice.law())];
            let agents = limits().penalty_agents.value();
            paper.closing.push(self.t(
                &format!("你单位可以委托代理人，不超过{agents}人；可以提出证据、申辩和质证。无正当理由不出席的，视为放弃听证。"),
                &format!("Up to {agents} people may act for you; you may bring evidence, answer and question. Whoever stays away without good reason has waived it."),
            ));
            return;
        }
        let decided = kind == PaperKind::PenaltyDecision;
        paper.opening.push(if decided {
            self.t("经调查，现查明你单位违法事实，作出行政处罚决定如下。", "The breach of your organisation was established, and is decided on as follows.")
        } else {
            self.t("经调查，本机关拟对你单位作出行政处罚，现将拟处罚内容及事实、理由、依据告知如下。", "It is intended to impose a penalty on your organisation. What, why and on what basis is told here.")
        });
        paper.parts.extend(self.part("违法事实", "Facts", &content.facts));
        paper.parts.extend(self.part("证据", "Evidence", &content.evidence));
        paper.parts.extend(self.part("依据", "Legal basis", &content.basis));
        if decided {
            paper.parts.extend(self.part("陈述申辩或听证情况", "What was said", &content.statement));
        }
        let points = content.kinds.iter().map(|kind| self.penalised(*kind, content)).collect();
        paper.parts.push(Part::points(if decided { self.t("处罚决定", "Decision") } else { self.t("拟作出的处罚", "Intended penalty") }, points));
        if decided {
            paper.parts.extend((content.fine > Fen::ZERO).then(|| self.payment()));
            paper.parts.push(self.remedies());
        } else {
            let until = self.day(content.hearing_until);
            let law = limits().penalty_hearing.law();
            paper.closing.push(self.t(
                &format!("你单位有权陈述和申辩；依法可以要求听证的，应当在{until}前提出，逾期视为放弃（{law}）。"),
                &format!("You may answer. A hearing, where the law gives one, is asked for by {until}; afterwards it is waived ({law})."),
            ));
        }
    }

    /// One kind of penalty with its measure.
    fn penalised(&self, kind: PenaltyKind, content: &Penalty) -> String {
        let name = kind.name().get(self.0).to_owned();
        match kind {
            PenaltyKind::Fine => {
                let times = base_of(content.turnover, content.gain).map(|(base, gained)| {
                    let multiple = multiple(content.fine, base);
                    let of = if gained { self.t("违法所得", "the unlawful gain") } else { self.t("违法经营额", "the unlawful turnover") };
                    self.t(&format!("（{of}{base}元的{multiple}倍）"), &format!(" ({multiple} times {of} of CNY {base})"))
                });
                self.t(&format!("{name}{}元", content.fine), &format!("{name}: CNY {}", content.fine)) + &times.unwrap_or_default()
            }
            PenaltyKind::Stop => {
                let (from, to) = (self.day(content.stop_from), self.day(content.stop_to));
                self.t(&format!("{name}，自{from}起至{to}止"), &format!("{name}: from {from} to {to}"))
            }
            PenaltyKind::Gain => match content.gain {
                Some(gain) => self.t(&format!("{name}{gain}元"), &format!("{name}: CNY {gain}")),
                None => name,
            },
            _ => name,
        }
    }

    /// How and by when a fine is paid, and what comes of being late.
    fn payment(&self) -> Part {
        let (pay, surcharge) = (&limits().penalty_pay, &limits().penalty_surcharge);
        let (days, percent) = (pay.value(), surcharge.value());
        Part::text(
            self.t("缴款方式和期限", "Payment"),
            self.t(
                &format!(
                    "自收到本决定书之日起{days}日内，持本决定书到本机关指定的银行或者通过电子支付系统缴纳罚款（{}）。到期不缴纳的，每日按罚款数额的{percent}%加处罚款，加处罚款不超出罚款数额（{}）。",
                    pay.law(),
                    surcharge.law()
                ),
                &format!(
                    "The fine is paid within {days} days of receiving this, at the bank that this office names or by electronic payment ({}). For every day of delay {percent} % of it are added, never more than the fine itself ({}).",
                    pay.law(),
                    surcharge.law()
                ),
            ),
        )
    }

    fn inspection(&self, paper: &mut Paper, kind: PaperKind, content: &Inspection) {
        let officers: Vec<&str> = content.officers.iter().map(|officer| officer.name.as_str()).collect();
        paper.facts = vec![
            self.row("检查事由", "Why", &content.source),
            self.row("检查日期", "Inspected on", self.day(content.done_on)),
            self.row("执法人员", "Officers", officers.join(self.0.pick("、", ", "))),
        ];
        if kind == PaperKind::RectifyOrder {
            paper.opening.push(self.t("经检查，发现你单位存在下列问题，现责令限期整改。", "An inspection found what follows. It is to be put right in time."));
            paper.facts.push(self.row("整改期限", "Until", self.day(content.rectify_by)));
            paper.parts.extend(self.part("检查情况", "What was seen", &content.found));
            paper.parts.extend(self.part("整改要求", "What is to be put right", &content.order));
            let law = numbers::reason("rectify").map(numbers::Reason::basis).unwrap_or_default();
            paper.closing.push(self.t(&format!("逾期未整改的，将依法列入活动异常名录（{law}）。"), &format!("What is not put right by then leads to the list of abnormal activity ({law}).")));
            return;
        }
        paper.parts.extend(self.part("检查情况", "What was seen", &content.found));
        if content.rectify_by.is_none() {
            paper.opening.push(self.t("本机关对你单位进行了检查，未发现问题。", "Your organisation was inspected, and nothing was found."));
        } else {
            paper.opening.push(self.t("本机关责令整改的问题已经核实，整改合格。", "What was to be put right was looked at again and is in order."));
            paper.parts.extend(self.part("核实情况", "What was verified", &content.outcome));
        }
    }

    fn annual(&self, paper: &mut Paper, content: &Annual, year: i64) {
        let result = content.result.map(|result| result.name().get(self.0).to_owned()).unwrap_or_default();
        paper.opening.push(self.t(&format!("你单位{year}年度工作报告已经审查，结论如下。"), &format!("The annual report {year} of your organisation was looked at, with this conclusion.")));
        paper.facts = vec![self.row("报送日期", "Filed on", self.day(content.filed_on)), self.row("结论", "Conclusion", result)];
        paper.parts.extend(self.part("审查意见", "Opinion", &content.opinion));
        paper.parts.push(self.remedies());
    }

    fn evaluation(&self, paper: &mut Paper, content: &Evaluation) {
        let level = content.level.map(|level| level.name().get(self.0).to_owned()).unwrap_or_default();
        paper.opening.push(self.t(&format!("经评估，你单位的社会组织评估等级为{level}。"), &format!("Your organisation was evaluated. Its level is {level}.")));
        paper.facts = vec![
            self.row("评估等级", "Level", level),
            self.row("得分", "Points", content.score.map(|score| score.to_string()).unwrap_or_default()),
            self.row("有效期自", "Valid from", self.day(content.valid_from)),
            self.row("有效期至", "Valid until", self.day(content.valid_until)),
            self.row("依据", "Legal basis", limits().evaluation_valid.law()),
        ];
        paper.closing.push(self.t("对评估结论有异议的，可以申请复核。扫描二维码查验本证书现在是否有效。", "You may ask for a review. Scan the symbol to see whether this certificate counts now."));
    }

    fn fundraising(&self, paper: &mut Paper, content: &Fundraising) {
        paper.opening.push(self.t("经审查，你单位符合条件，取得公开募捐资格。", "Your organisation meets the conditions and may raise funds in public."));
        paper.facts = vec![
            self.row("取得资格日期", "Granted on", self.day(content.granted_on)),
            self.row("有效期", "Valid", self.t("自取得之日起，至资格终止时止", "From that day until the qualification ends")),
            self.row("依据", "Legal basis", limits().fundraising_decide.law()),
        ];
        paper.closing.push(self.t("开展公开募捐前，应当制定募捐方案并备案。扫描二维码查验本证书现在是否有效。", "A plan is filed before funds are raised. Scan the symbol to see whether this certificate counts now."));
    }

    fn service(&self, paper: &mut Paper, document: &Document, service: &Service) {
        let way = numbers::service_way(&service.way);
        paper.opening.push(self.t("文书送达情况记录如下。", "This document was served as follows."));
        let optional = |row: Row| (!row.value.is_empty()).then_some(row);
        let when = [self.day(Some(service.done_on)), service.time.clone()].join(" ");
        paper.facts = vec![
            self.row("送达文书", "Document", format!("{} {}", document.title.get(self.0), document.number)),
            self.row("送达方式", "Way", way.map(|way| self.t(&way.zh, &way.en)).unwrap_or_default()),
            self.row("依据", "Legal basis", way.map(numbers::ServiceWay::law).unwrap_or_default()),
            self.row("送达地点", "Place", &service.place),
        ];
        let refused = way.is_some_and(|way| way.witness);
        let receiver = if refused { self.row("拒收人", "Refused by", &service.receiver) } else { self.row("签收人", "Received by", &service.receiver) };
        paper.facts.extend(optional(receiver));
        paper.facts.extend(optional(self.row("与受送达人的关系或者职务", "Relation or post", &service.relation)));
        paper.facts.extend(optional(self.row("邮件号", "Tracking number", &service.tracking)));
        paper.facts.push(self.row("办理时间", "Done", when.trim()));
        paper.facts.push(self.row("送达日期", "Served on", self.day(Some(service.served_on))));
        paper.facts.push(self.row("送达人", "Served by", service.servers.join(self.0.pick("、", ", "))));
        paper.facts.extend(optional(self.row("见证人", "Witness", &service.witness)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::supervision::model::List;

    fn said(kind: PaperKind, content: &Content, lang: Lang) -> String {
        let issuer = Text::new("城东区民政局", "Chengdong");
        let about = About { kind, number: "城东民罚〔2026〕1号", issuer: &issuer, to: "甲市城东区康乐协会", uscc: "51990102YY9990013T", content, served: None, year: 2025, on: Day::ymd(2026, 7, 1) };
        format!("{:?}", compose(&about, lang))
    }

    fn fined() -> Content {
        Content::Penalty(Penalty {
            facts: "超出章程规定的业务范围收费".into(),
            evidence: "收据".into(),
            basis: "《社会团体登记管理条例》第三十条".into(),
            kinds: vec![PenaltyKind::Gain, PenaltyKind::Fine, PenaltyKind::Stop],
            gain: Some(Fen::yuan(20_000)),
            fine: Fen::yuan(60_000),
            stop_from: Some(Day::ymd(2026, 7, 5)),
            stop_to: Some(Day::ymd(2026, 10, 4)),
            hearing_until: Some(Day::ymd(2026, 7, 8)),
            statement: "无异议".into(),
            ..Penalty::default()
        })
    }

    #[test]
    fn d_r21_a_decision_tells_facts_evidence_basis_kinds_multiple_payment_and_remedies() {
        let zh = said(PaperKind::PenaltyDecision, &fined(), Lang::Zh);
        for word in ["业务范围收费", "收据", "第三十条", "没收违法所得20,000.00元", "60,000.00元", "的3倍", "2026年10月4日", "无异议", "15日内", "3%", "60日", "6个月"] {
            assert!(zh.contains(word), "{word} is missing: {zh}");
        }
        assert!(said(PaperKind::PenaltyDecision, &fined(), Lang::En).contains("3 times the unlawful gain"));
    }

    #[test]
    fn d_r22_a_prior_notice_tells_what_is_intended_and_until_when_a_hearing_may_be_asked_for() {
        let zh = said(PaperKind::PenaltyNotice, &fined(), Lang::Zh);
        for word in ["拟作出的处罚", "业务范围收费", "收据", "第三十条", "2026年7月8日", "第六十四条"] {
            assert!(zh.contains(word), "{word} is missing: {zh}");
        }
        assert!(!zh.contains("救济"), "nothing is decided yet");
    }

    #[test]
    fn d_r22_a_notice_of_a_hearing_tells_its_day_and_how_many_may_act_for_the_organisation() {
        let called = Content::Penalty(Penalty { hearing_on: Some(Day::ymd(2026, 7, 20)), ..Penalty::default() });
        let zh = said(PaperKind::HearingNotice, &called, Lang::Zh);
        for word in ["2026年7月20日", "第六十四条", "不超过2人"] {
            assert!(zh.contains(word), "{word} is missing: {zh}");
        }
        assert!(said(PaperKind::HearingNotice, &called, Lang::En).contains("Up to 2 people"));
    }

    #[test]
    fn d_r18_a_listing_tells_facts_clause_day_and_where_to_object() {
        let listed = Content::Listing(Listing { list: Some(List::Abnormal), reason: "unreachable".into(), facts: "两次寄送无人签收".into(), since: Some(Day::ymd(2026, 7, 1)), ..Listing::default() });
        let zh = said(PaperKind::ListingDecision, &listed, Lang::Zh);
        for word in ["活动异常名录", "两次寄送无人签收", "第十一条", "2026年7月1日", "异议", "5个工作日"] {
            assert!(zh.contains(word), "{word} is missing: {zh}");
        }
    }
}
