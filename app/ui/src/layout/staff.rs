//! The frame of pages for staff: what they need all day stays in sight.

use super::{
    public::mark,
    session_end::session_end,
    tools::{account, demo_banner, language_switch, unread, view_switch},
};
use crate::{Shell, Who, tr, url};
use leptos::prelude::*;

/// Sticky header with the areas the person may enter, and the content.
pub(super) fn frame(shell: &Shell, main: AnyView) -> AnyView {
    view! {
        {demo_banner(shell)}
        <header class="top staff-top no-print">
            <div class="top-inner">
                <a class="brand" href=shell.who.start()>{mark()}<span class="visually-hidden">{tr(shell.lang, "工作台", "Desk")}</span></a>
                {navigation(shell)}
                <div class="tools">{view_switch(shell)}{language_switch(shell)}{account(shell)}</div>
            </div>
        </header>
        {main}
        {session_end(shell)}
    }
    .into_any()
}

fn navigation(shell: &Shell) -> AnyView {
    let lang = shell.lang;
    let (desk, cases, care, figures, oversight, admin) = match shell.who {
        Who::Staff { desk, cases, care, figures, oversight, admin, .. } => (desk, cases, care, figures, oversight, admin),
        _ => (false, false, false, false, false, false),
    };
    let places = [
        (desk, url::desk(), tr(lang, "工作台", "Desk")),
        (cases, url::work(), tr(lang, "办件", "Cases")),
        (desk, url::walk_in(), tr(lang, "现场受理", "Walk-in")),
        (cases, url::desk_intake(), tr(lang, "一窗受理", "One window")),
        (cases, url::desk_packets(), tr(lang, "跨域材料", "Packets")),
        (desk, url::hall_desk(), tr(lang, "叫号", "Queue")),
        (desk, url::stock(), tr(lang, "证书库存", "Blank certificates")),
        (cases, url::desk_organizations(), tr(lang, "组织登记", "Organisations")),
        (cases, url::desk_proceedings(), tr(lang, "组织监管", "Organisation supervision")),
        (care, url::desk_complaints(), tr(lang, "咨询投诉", "Complaints")),
        (care, url::desk_ratings(), tr(lang, "好差评", "Ratings")),
        (figures, url::statistics(), tr(lang, "统计", "Figures")),
        (oversight, url::supervision(), tr(lang, "电子监察", "Supervision")),
        (admin, url::admin(), tr(lang, "管理", "Administration")),
        (true, url::desk_notices(), tr(lang, "提醒", "Notices")),
    ];
    // Pages that belong to an area without lying below its address.
    let theirs = [
        (url::desk_report_windows(), url::desk_proceedings()),
        (url::desk_inspection_draw(), url::desk_proceedings()),
        (url::desk_organization_complaints(), url::desk_proceedings()),
        (SHEETS.to_owned(), url::desk_intake()),
        (url::bookings(), url::desk()),
        (url::work_load(), url::work()),
        (url::absences(), url::work()),
        (url::credit(), url::work()),
    ];
    let path = theirs.iter().find(|(page, _)| inside(page, &shell.path)).map_or(shell.path.as_str(), |(_, area)| area);
    let here = longest_match(&places.each_ref().map(|place| place.1.as_str()), path);
    let links: Vec<_> = places
        .into_iter()
        .filter(|(mine, ..)| *mine)
        .map(|(_, href, word)| {
            let current = (here.as_deref() == Some(href.as_str())).then_some("true");
            let unread = (href == url::desk_notices()).then(|| unread(shell));
            view! { <li><a href=href aria-current=current>{word}{unread}</a></li> }
        })
        .collect();
    view! { <nav class="staff-nav" aria-label=tr(lang, "工作区", "Areas")><ul>{links}</ul></nav> }.into_any()
}

/// Where the sheets of the counter lie.
const SHEETS: &str = "/desk/sheets";

/// Whether a path is this place or below it.
fn inside(place: &str, path: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
}

/// The area a path lies in: the longest address that it begins with.
fn longest_match(places: &[&str], path: &str) -> Option<String> {
    places.iter().filter(|place| inside(place, path)).max_by_key(|place| place.len()).map(|place| (*place).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_lies_in_the_desk_and_the_stock_in_itself() {
        let places = ["/desk", "/desk/stock", "/admin"];
        assert_eq!(longest_match(&places, "/desk/cases/x?y=1").as_deref(), Some("/desk"));
        assert_eq!(longest_match(&places, "/desk/stock").as_deref(), Some("/desk/stock"));
        assert_eq!(longest_match(&places, "/desks"), None);
    }
}
