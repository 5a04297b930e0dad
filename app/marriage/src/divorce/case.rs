//! One divorce at the counter: what is to be done now, both persons, checks and log beside it.

use leptos::prelude::*;
use marriage::divorce::ops::View;
use marriage::divorce::states::{Action, StateKind};
use ui::{Facts, Page, Shell, StatusTag, tr, url};

use super::{dates, steps, tone};
use crate::case::party::{Persons, persons};
use crate::case::{At, Typed, checks};

/// What one form of the page sends: the act in its address. Persons and identity are the acts of [`crate::case::act`].
pub mod act {
    /// What the marriage certificates say.
    pub const SHOW: &str = "show-marriage";
    /// The interview.
    pub const TALK: &str = "talk";
    /// A version of the agreement.
    pub const AGREE: &str = "agree";
    /// Both signed.
    pub const SIGN: &str = "sign";
    /// 受理.
    pub const ACCEPT: &str = "accept";
    /// 不予受理.
    pub const REFUSE: &str = "refuse";
    /// 放弃.
    pub const ABORT: &str = "abort";
    /// 撤回.
    pub const WITHDRAW: &str = "withdraw";
    /// Both came to claim.
    pub const CLAIM: &str = "claim";
    /// 登记.
    pub const REGISTER: &str = "register";
    /// 不予登记 this time.
    pub const NOT_REGISTER: &str = "not-register";
    /// A booklet was printed.
    pub const PRINTED: &str = "printed";
    /// A booklet is spoiled.
    pub const SPOIL: &str = "spoil";
}

/// The page of a case.
pub fn page(shell: &Shell, view: View, typed: &Typed) -> String {
    let lang = shell.lang;
    let what = if view.file.for_abroad() { tr(lang, "涉外离婚登记", "Divorce with a party from abroad") } else { tr(lang, "离婚登记", "Divorce") };
    let title = format!("{what} {}", view.file.head.case_no);
    let page = Page::staff(title.clone()).values(&typed.values).back(url::divorces());
    ui::render(shell, page, || {
        let at = At { case: view.file.id(), version: view.file.head.version, page: url::divorce, act: url::divorce_act };
        let may = |action: Action| view.actions.contains(&action);
        let both = Persons {
            at,
            people: [view.file.a.as_ref(), view.file.b.as_ref()],
            enter: may(Action::EnterParty),
            confirm: may(Action::ConfirmParty),
            is_typist: view.is_typist,
            marries: false,
        };
        let people = persons(lang, &both, typed);
        let steps = steps::steps(lang, &view, at, typed);
        let entering = view.file.parties().count() < 2;
        let (first, second) = if entering { (people, steps) } else { (steps, people) };
        let (office, word) = (view.office.get(lang).to_owned(), view.state.name().get(lang).to_owned());
        let when = view.file.dates.as_ref().map(|all| dates(lang, all)).map(|items| view! { <Facts items/> });
        let findings = checks::findings(lang, &view.findings);
        let log = checks::done(lang, &view.log, Action::name_of, |code| StateKind::from_code(code).map(StateKind::name));
        view! {
            <header class="desk-head">
                <h1>{title}</h1>
                <p><StatusTag tone=tone(view.state) word/>" "{office}</p>
            </header>
            {when}
            <div class="desk-columns two">
                <div class="desk-case">{first}{second}</div>
                <aside class="desk-checks" aria-label=tr(lang, "核对", "Checks")>{findings}{log}</aside>
            </div>
        }
    })
}
