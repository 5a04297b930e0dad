//! Questions, complaints and ratings as files: lists as sheets, a reply as a document.

use ::statistics::{Datum, Sheet, rules, too_long};
use axum::{http::header, response::IntoResponse};
use documents::shapes::{Paper, Part, Row};
use interaction::complaints::{self, Replied};
use interaction::ratings;
use kernel::{Day, Instant, Lang, Text};
use platform::{Error, Result};

use super::{Answer, Page};

/// Lines that a file may have.
pub(super) fn most() -> usize {
    rules().export_lines
}

/// A list that is not longer than a file may be.
pub(super) fn whole<T>(lines: Vec<T>) -> Result<Vec<T>> {
    if lines.len() > most() { Err(too_long(most()).into()) } else { Ok(lines) }
}

fn text(zh: &'static str, en: &'static str) -> (Text, bool) {
    (Text::fixed(zh, en), false)
}

fn day(day: Option<Day>) -> Text {
    day.map(|day| Text::same(day.to_string())).unwrap_or_default()
}

/// Questions and complaints as the desk lists them. Nobody's name is in it, and of a report not even the title.
pub(super) fn complaints(lines: Vec<complaints::Line>) -> Sheet {
    let row = |line: complaints::Line| {
        let title = line.title.map_or_else(|| Text::fixed("（保密）", "(secret)"), Text::same);
        let supervised = if line.supervised { Text::fixed("是", "Yes") } else { Text::fixed("否", "No") };
        let received = Text::same(line.received_at.day().to_string());
        [Text::same(line.number), title, line.kind.name(), line.state.name(), received, day(line.due), line.org, line.unit.unwrap_or_default(), supervised]
            .map(Datum::Text)
            .to_vec()
    };
    Sheet {
        title: Text::fixed("咨询投诉", "Questions and complaints"),
        columns: vec![
            text("编号", "Number"),
            text("标题", "Title"),
            text("种类", "Kind"),
            text("状态", "State"),
            text("收到日期", "Received"),
            text("应办日期", "Due"),
            text("反映的单位", "About"),
            text("承办单位", "Unit"),
            text("督办", "Supervised"),
        ],
        rows: lines.into_iter().map(row).collect(),
    }
}

/// Ratings as the desk lists them. Nobody's name is in it.
pub(super) fn ratings(lines: Vec<ratings::Line>) -> Sheet {
    let row = |line: ratings::Line| {
        let named = if line.named { Text::fixed("实名", "Named") } else { Text::fixed("匿名", "Anonymous") };
        let state = line.state.map(|state| state.name()).unwrap_or_default();
        [Text::same(line.number), line.level.name(), named, line.item, line.office, day(Some(line.rated_on)), state, day(line.due)].map(Datum::Text).to_vec()
    };
    Sheet {
        title: Text::fixed("好差评", "Ratings"),
        columns: vec![
            text("编号", "Number"),
            text("评价", "Rating"),
            text("实名", "Named"),
            text("事项", "Item"),
            text("单位", "Office"),
            text("评价日期", "Rated"),
            text("整改进度", "Follow-up"),
            text("应办日期", "Due"),
        ],
        rows: lines.into_iter().map(row).collect(),
    }
}

/// The template of a reply; a bureau may put its own in its place.
const REPLY: &str = "complaint-reply";

/// The newest reply as a document.
pub(super) async fn reply(page: &Page, number: &str, unit: &Text, title: Option<&str>, received_at: Instant, replies: &[Replied]) -> Answer {
    let reply = replies.last().ok_or(Error::NotFound)?;
    let bytes = page.app().press.render(paper(number, unit, title, received_at, reply).job(REPLY, reply.at).map_err(Error::internal)?).await.map_err(Error::internal)?;
    let name = format!("attachment; filename=\"{number}.pdf\"");
    Ok(([(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)], bytes).into_response())
}

/// A reply in the words of the document, which is Chinese like every other one.
pub fn paper(number: &str, unit: &Text, title: Option<&str>, received_at: Instant, reply: &Replied) -> Paper {
    let row = |label: &str, value: &str| Row::new(label.to_owned(), value.to_owned());
    let mut facts = vec![row("受理编号", number), row("收到日期", &received_at.day().text(Lang::Zh))];
    facts.extend(title.map(|title| row("反映事项", title)));
    let paragraphs = reply.words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    Paper {
        title: "答复意见书".to_owned(),
        issuer: unit.zh.to_string(),
        number: number.to_owned(),
        opening: vec!["您反映的事项收悉，经调查处理，现答复如下。".to_owned()],
        facts,
        parts: vec![Part { heading: "答复意见".to_owned(), text: paragraphs, ..Part::default() }, Part::text("依据", reply.basis.clone())],
        closing: vec!["对本答复不满意的，可以凭受理编号和查询码在网上或者到窗口提出。".to_owned()],
        date: reply.at.day().text(Lang::Zh),
        foot: format!("受理编号 {number}"),
        ..Paper::default()
    }
}
