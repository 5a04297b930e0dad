//! What is known in a proceeding, as facts of its page.

use kernel::{Day, Fen, Lang};
use organizations::supervision::states::{OPEN, act};
use organizations::supervision::{Content, Kind, Officer, View, numbers};
use ui::{Fact, tr};

struct Known {
    lang: Lang,
    facts: Vec<Fact>,
}

impl Known {
    fn text(&mut self, zh: &'static str, en: &'static str, value: &str) {
        if !value.is_empty() {
            self.facts.push(Fact::new(tr(self.lang, zh, en), value));
        }
    }

    fn day(&mut self, zh: &'static str, en: &'static str, day: Option<Day>) {
        if let Some(day) = day {
            self.facts.push(Fact::new(tr(self.lang, zh, en), ui::date(self.lang, day)));
        }
    }

    fn amount(&mut self, zh: &'static str, en: &'static str, amount: Option<Fen>) {
        if let Some(amount) = amount.filter(|amount| *amount > Fen::ZERO) {
            let text = format!("{amount} {}", tr(self.lang, "元", "yuan"));
            self.facts.push(Fact::new(tr(self.lang, zh, en), text));
        }
    }

    fn officers(&mut self, officers: &[Officer]) {
        let names: Vec<&str> = officers.iter().map(|officer| officer.name.as_str()).collect();
        self.text("执法人员", "Officers", &names.join(tr(self.lang, "、", ", ")));
    }

    /// What was filled in, under the questions of the act that opened it.
    fn form(&mut self, kind: Kind, form: &std::collections::BTreeMap<String, String>) {
        for field in act(kind, OPEN).map_or(&[][..], |act| act.fields) {
            if let Some(value) = form.get(field.name).filter(|value| !value.is_empty()) {
                let value = match value.as_str() {
                    "yes" => tr(self.lang, "是", "Yes"),
                    "no" => tr(self.lang, "否", "No"),
                    value => value,
                };
                self.facts.push(Fact::new(field.label().get(self.lang), value));
            }
        }
    }
}

/// The facts of a proceeding.
pub(super) fn facts(lang: Lang, view: &View) -> Vec<Fact> {
    let mut known = Known { lang, facts: Vec::new() };
    match &view.content {
        Content::Listing(content) => {
            let reason = numbers::reason(&content.reason);
            if let Some((list, since)) = view.listed {
                known.text("现列入", "Stands on", list.name().get(lang));
                known.day("自", "Since", Some(since));
            }
            known.text("情形", "Reason", reason.map_or("", |reason| lang.pick(&reason.zh, &reason.en)));
            known.text("依据", "Legal basis", &reason.map(|reason| reason.basis()).unwrap_or_default());
            known.text("事实", "Facts", &content.facts);
            known.day("情形发生", "Arose on", content.arose_on);
            known.day("告知", "Notified", content.noticed_on);
            known.day("可陈述申辩至", "May answer until", content.statement_until);
            known.text("陈述申辩", "Its answer", &content.statement);
            known.text("决定文号", "Decision", &content.number);
            known.text("原列入决定", "Decision before that", &content.earlier);
            known.text("异议", "Objection", &content.objection);
            known.day("整改核实", "Put right", content.rectified_on);
            known.text("处理意见", "Outcome", &content.outcome);
        }
        Content::Penalty(content) => {
            known.text("线索", "Clue", &content.clue);
            known.officers(&content.officers);
            known.day("立案", "Case opened", content.filed_on);
            known.day("决定期限", "To be decided by", content.decide_by);
            known.text("违法事实", "Facts", &content.facts);
            known.text("证据", "Evidence", &content.evidence);
            known.text("依据", "Legal basis", &content.basis);
            let kinds: Vec<String> = content.kinds.iter().map(|kind| kind.name().get(lang).to_owned()).collect();
            known.text("处罚种类", "Penalty", &kinds.join(tr(lang, "、", ", ")));
            known.amount("违法经营额", "Unlawful turnover", content.turnover);
            known.amount("违法所得", "Unlawful gain", content.gain);
            known.amount("罚款", "Fine", Some(content.fine));
            known.day("停止活动自", "Stopped from", content.stop_from);
            known.day("停止活动至", "Stopped until", content.stop_to);
            known.day("告知", "Informed", content.informed_on);
            known.day("可要求听证至", "Hearing may be asked for until", content.hearing_until);
            known.day("听证", "Hearing", content.hearing_on);
            known.text("陈述申辩", "Its answer", &content.statement);
            known.text("决定文号", "Decision", &content.number);
            known.day("决定", "Decided", content.decided_on);
            known.day("送达", "Served", content.served_on);
            known.day("缴款期限", "To be paid by", content.pay_by);
            known.amount("已缴", "Paid", Some(content.paid));
            known.amount("今日应缴（含加处罚款）", "Owed today, with the surcharge", view.owed);
            known.day("公示", "Published", content.published_on);
            known.text("处理意见", "Outcome", &content.outcome);
        }
        Content::Annual(content) => {
            known.day("报送", "Filed", content.filed_on);
            if content.late {
                known.text("报送时间", "In time", tr(lang, "逾期报送", "No: filed late"));
            }
            known.form(Kind::Annual, &content.form);
            known.text("意见", "Opinion", &content.opinion);
            known.text("结论", "Conclusion", content.result.map(|result| result.name()).unwrap_or_default().get(lang));
        }
        Content::Evaluation(content) => {
            known.day("申请", "Applied", content.applied_on);
            known.text("得分", "Points", &content.score.map(|score| score.to_string()).unwrap_or_default());
            known.text("等级", "Level", content.level.map(|level| level.name()).unwrap_or_default().get(lang));
            known.text("证书编号", "Certificate", &content.number);
            known.day("有效期自", "Valid from", content.valid_from);
            known.day("有效期至", "Valid until", content.valid_until);
            known.text("意见", "Opinion", &content.opinion);
        }
        Content::Fundraising(content) => {
            known.day("申请", "Applied", content.applied_on);
            known.form(Kind::Fundraising, &content.form);
            known.text("证书编号", "Certificate", &content.number);
            known.day("取得资格", "Granted", content.granted_on);
            known.text("意见", "Opinion", &content.opinion);
        }
        Content::Illegal(content) => {
            known.text("情形", "What makes it illegal", content.kind.map(|kind| kind.name()).unwrap_or_default().get(lang));
            known.text("线索", "What is known", &content.clue);
            known.text("处理方式", "What is done", content.disposition.map(|kind| kind.name()).unwrap_or_default().get(lang));
            known.day("决定", "Decided", content.decided_on);
            known.text("事实", "Facts", &content.facts);
            known.text("处理意见", "Outcome", &content.outcome);
        }
        Content::Inspection(content) => {
            known.text("检查事由", "Why", &content.source);
            known.officers(&content.officers);
            known.day("检查", "Inspected", content.done_on);
            known.text("检查情况", "What was seen", &content.found);
            known.text("整改要求", "To be put right", &content.order);
            known.day("整改期限", "Until", content.rectify_by);
            known.text("处理意见", "Outcome", &content.outcome);
        }
    }
    known.facts
}
