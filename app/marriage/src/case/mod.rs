//! One case at the counter: list, case and checks beside each other, stacked on a narrow window.

pub(crate) mod checks;
mod closed;
mod papers;
pub(crate) mod party;
mod steps;

pub use papers::field as paper_field;
pub use steps::answer_field;

use kernel::Lang;
use leptos::prelude::*;
use marriage::ops::{CaseLine, CaseView};
use ui::{Hidden, Page, Shell, StatusTag, Values, tr, url};

use crate::desk::{couple, tone};

/// What one form of the page sends: the act in its address.
pub mod act {
    /// Enter the man.
    pub const ENTER_A: &str = "enter-a";
    /// Enter the woman.
    pub const ENTER_B: &str = "enter-b";
    /// Confirm the man's data as second person.
    pub const CONFIRM_A: &str = "confirm-a";
    /// Confirm the woman's data as second person.
    pub const CONFIRM_B: &str = "confirm-b";
    /// The live identity check of both.
    pub const IDENTIFY: &str = "identify";
    /// The man's signed declaration.
    pub const SIGN_A: &str = "sign-a";
    /// The woman's signed declaration.
    pub const SIGN_B: &str = "sign-b";
    /// 受理.
    pub const ACCEPT: &str = "accept";
    /// The network check.
    pub const CHECK: &str = "check";
    /// The interview.
    pub const INTERVIEW: &str = "interview";
    /// The photo.
    pub const PHOTO: &str = "photo";
    /// A registrar confirms the photo.
    pub const CONFIRM_PHOTO: &str = "confirm-photo";
    /// 审查.
    pub const EXAMINE: &str = "examine";
    /// 登记.
    pub const REGISTER: &str = "register";
    /// 不予登记.
    pub const REFUSE: &str = "refuse";
    /// 放弃.
    pub const ABORT: &str = "abort";
    /// Take up again.
    pub const VERIFY: &str = "verify";
    /// A booklet was printed.
    pub const PRINTED: &str = "printed";
    /// A booklet is spoiled.
    pub const SPOIL: &str = "spoil";
    /// Correct a typing error.
    pub const CORRECT: &str = "correct";
}

/// A form that was refused: which, and what was typed into it.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The act of the form; empty on a first look.
    pub act: String,
    /// What was typed, with what is wrong.
    pub values: Values,
    /// Codes of the kinds of party whose fields are wanted, the man's and the woman's; empty for those of who is entered.
    pub kinds: [String; 2],
}

impl Typed {
    /// The values for a form: what was typed if this is the one that was refused, else nothing.
    pub(crate) fn of(&self, act: &str) -> Values {
        if self.act == act { self.values.clone() } else { Values::new() }
    }
}

/// Where a form of the case goes and which version its page showed.
#[derive(Clone, Copy)]
pub(crate) struct At {
    pub(crate) case: casework::CaseId,
    pub(crate) version: i64,
    /// Address of a case of this kind.
    pub(crate) page: fn(casework::CaseId) -> String,
    /// Addresses of the acts on it.
    pub(crate) act: fn(casework::CaseId, &str) -> String,
}

impl At {
    fn of(view: &CaseView) -> Self {
        Self { case: view.file.id(), version: view.file.head.version, page: url::case, act: url::case_act }
    }

    pub(crate) fn page(self) -> String {
        (self.page)(self.case)
    }

    pub(crate) fn act(self, act: &str) -> String {
        (self.act)(self.case, act)
    }

    pub(crate) fn seen(self) -> AnyView {
        view! { <Hidden name="seen" value=self.version.to_string()/> }.into_any()
    }
}

/// The page of a case. `lines` are the cases of the day.
pub fn page(shell: &Shell, view: CaseView, lines: &[CaseLine], typed: &Typed) -> String {
    let lang = shell.lang;
    let state = view.file.state.kind();
    let what = if view.file.for_abroad() { tr(lang, "涉外结婚登记", "Marriage with a party from abroad") } else { tr(lang, "结婚登记", "Marriage") };
    let title = format!("{what} {}", view.file.head.case_no);
    let page = Page::staff(title.clone()).values(&typed.values).back(url::desk());
    ui::render(shell, page, || {
        let list = list(lang, lines, &view);
        let (office, word) = (view.office.get(lang).to_owned(), state.name().get(lang).to_owned());
        let persons = party::persons(lang, &party::Persons::of(&view), typed);
        let steps = steps::steps(lang, &view, typed);
        // Before both are entered there is nothing else to do: their forms come first.
        let entering = view.file.parties().count() < 2;
        let (first, second) = if entering { (persons, steps) } else { (steps, persons) };
        let findings = checks::findings(lang, &view.findings);
        let log = checks::log(lang, &view);
        view! {
            <header class="desk-head">
                <h1>{title}</h1>
                <p><StatusTag tone=tone(state) word/>" "{office}" · "{tr(lang, "当场办结", "done on the spot")}</p>
            </header>
            <div class="desk-columns">
                <nav class="desk-list" aria-label=tr(lang, "今日业务", "Cases of today")>{list}</nav>
                <div class="desk-case">{first}{second}</div>
                <aside class="desk-checks" aria-label=tr(lang, "核对", "Checks")>{findings}{log}</aside>
            </div>
        }
    })
}

fn list(lang: Lang, lines: &[CaseLine], view: &CaseView) -> AnyView {
    let items: Vec<_> = lines
        .iter()
        .map(|line| {
            let current = (line.id == view.file.id()).then_some("page");
            let word = line.state.name().get(lang).to_owned();
            view! { <li><a href=url::case(line.id) aria-current=current>{couple(lang, line)}</a><StatusTag tone=tone(line.state) word/></li> }
        })
        .collect();
    view! { <h2>{tr(lang, "今日业务", "Today")}</h2><ul>{items}</ul> }.into_any()
}

#[cfg(test)]
mod tests;
