//! The end of the session, told in time (P11-3): as a text for everybody, as a dialog where scripts run.

use crate::{Shell, tr, url};
use leptos::prelude::*;

/// Seconds before the end at which `loader.js` asks whether to go on.
const WARN: i64 = 120;

/// Until when the reader stays signed in without doing anything. Nothing that was typed is lost either way: the page of sign-in keeps it.
pub(super) fn session_end(shell: &Shell) -> Option<AnyView> {
    let (lang, end) = (shell.lang, shell.session?);
    let minutes = WARN / 60;
    let words = tr(lang, "如无操作，将于 {t} 自动退出登录；重新登录后可继续，已填写的内容会保留。", "Without any action you are signed out at {t}. Sign in again to go on: what you typed is kept.")
        .replace("{t}", &end.at.hm());
    let ask = lang.pick(format!("页面将于{minutes}分钟后超时，点击继续办理"), format!("This page will time out in {minutes} minutes; press to continue"));
    let over = tr(lang, "登录已超时。请照常提交，登录后已填写的内容会保留。", "You have been signed out. Send the page as usual: after signing in, what you typed is kept.");
    let view = view! {
        <aside class="session-end no-print" id="session-end" aria-label=tr(lang, "登录时限", "Time limit") data-seconds=end.seconds.to_string()
            data-warn=WARN.to_string() data-extend=url::my_session() data-over=over>
            <p>{words}</p>
            <dialog id="session-dialog" aria-labelledby="session-words" data-code="E-P1101">
                <p id="session-words">{ask}</p>
                <button type="button" class="button">{tr(lang, "继续办理", "Continue")}</button>
            </dialog>
        </aside>
    };
    Some(view.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionEnd;
    use kernel::{Day, Instant, Lang};

    #[test]
    fn p11_3_the_end_is_told_to_whoever_is_signed_in() {
        let mut shell = Shell::sample(Lang::Zh);
        assert!(session_end(&shell).is_none(), "a visitor has nothing to lose");
        shell.session = Some(SessionEnd { at: Instant::at(Day::ymd(2026, 7, 1), 630), seconds: 1800 });
        let html = crate::render(&shell, "x", || ());
        for part in ["10:30", "页面将于2分钟后超时，点击继续办理", "data-seconds=\"1800\"", "data-warn=\"120\""] {
            assert!(html.contains(part), "{part} is not in {html}");
        }
    }
}
