//! One's own matters as the copy of one's data has them, and letting go of what was never submitted.

use kernel::{Lang, Text};
use platform::own::Section;
use platform::{Ctx, Result};

use super::{discard, drafts, letters, letters_given, mine, my_case, revoke_letter};
use crate::model::{Answers, Letter};
use crate::papers;

/// Matters with what was said and handed in, documents, drafts and letters of authority of the citizen who asks.
///
/// # Errors
/// `SignIn`.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let known = ctx.actor().citizen().is_some_and(|citizen| citizen.person.is_some());
    let mut sections = cases(ctx).await?;
    sections.push(documents(ctx).await?);
    let columns = [("item", "事项编码", "Item"), ("saved_at", "保存", "Saved"), ("answers", "填写内容", "Answers")];
    let mut begun = Section::new("drafts", Text::fixed("草稿", "Drafts"), &columns);
    for draft in drafts(ctx).await? {
        begun.add(draft.updated_at.day(), [draft.impl_code, draft.updated_at.to_string(), said(&draft.answers)]);
    }
    sections.push(begun);
    let columns = [("principal", "委托人", "Principal"), ("from", "起", "From"), ("until", "止", "Until"), ("revoked", "已撤销", "Revoked")];
    for (key, title) in [("letters", Text::fixed("受托代办", "Letters under which one acts")), ("letters_given", Text::fixed("委托他人", "Letters by which others act"))] {
        let mut section = Section::new(key, title, &columns);
        let all: Vec<Letter> = match (known, key) {
            (false, _) => Vec::new(),
            (true, "letters") => letters(ctx).await?,
            (true, _) => letters_given(ctx).await?,
        };
        for letter in all {
            section.add(letter.from, [letter.principal_name, letter.from.to_string(), letter.until.to_string(), letter.revoked.to_string()]);
        }
        sections.push(section);
    }
    Ok(sections)
}

/// `key: answer`, a line each.
fn said(answers: &Answers) -> String {
    answers.iter().map(|(key, answer)| format!("{key}: {answer}")).collect::<Vec<_>>().join("\n")
}

async fn cases(ctx: &Ctx) -> Result<Vec<Section>> {
    let columns = [("case_no", "受理编号", "Number"), ("item", "事项", "Item"), ("state", "状态", "State"), ("opened_at", "申请", "Applied"), ("as_agent", "代办", "As agent"), ("answers", "填写内容", "Answers")];
    let mut cases = Section::new("cases", Text::fixed("办件", "Applications"), &columns);
    let columns = [("case_no", "受理编号", "Number"), ("key", "材料", "Paper"), ("file", "文件", "File"), ("received_at", "收到", "Received")];
    let mut papers = Section::new("case_papers", Text::fixed("交过的材料", "Papers handed in"), &columns);
    let mut before = None;
    loop {
        let page = mine(ctx, before).await?;
        for line in page.lines {
            let mut answers = String::new();
            // What somebody said for another one is the other one's.
            if !line.as_agent {
                let view = my_case(ctx, line.id).await?;
                answers = said(&view.answers);
                for paper in &view.materials {
                    papers.add(paper.received_at.day(), [line.case_no.clone(), paper.key.clone(), paper.file_name.clone(), paper.received_at.to_string()]);
                }
            }
            let state = line.state.zh.to_string();
            cases.add(line.opened_at.day(), [line.case_no, line.item.zh.to_string(), state, line.opened_at.to_string(), line.as_agent.to_string(), answers]);
        }
        before = page.next;
        if before.is_none() {
            return Ok(vec![cases, papers]);
        }
    }
}

async fn documents(ctx: &Ctx) -> Result<Section> {
    let columns = [("number", "文号", "Number"), ("kind", "文书", "Document"), ("issued_at", "签发", "Issued")];
    let mut section = Section::new("papers", Text::fixed("文书", "Documents"), &columns);
    let mut before = None;
    loop {
        let lines = papers::mine(ctx, before).await?;
        let Some(last) = lines.last().map(|line| line.id) else { return Ok(section) };
        for line in lines {
            section.add(line.issued_at.day(), [line.number, line.kind.name().get(Lang::Zh).to_owned(), line.issued_at.to_string()]);
        }
        before = Some(last);
    }
}

/// Throws drafts away and revokes letters under which the citizen acts: whoever closes his account goes on with nothing.
///
/// # Errors
/// `SignIn`.
pub async fn forget(ctx: &Ctx) -> Result<()> {
    for draft in drafts(ctx).await? {
        discard(ctx, draft.id, draft.version).await?;
    }
    if ctx.actor().citizen().is_some_and(|citizen| citizen.person.is_some()) {
        for letter in letters(ctx).await?.into_iter().filter(|letter| !letter.revoked) {
            revoke_letter(ctx, letter.id).await?;
        }
    }
    Ok(())
}
