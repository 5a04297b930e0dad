//! Pages for when something stands in the way. Each says what happened, why, and what to do now.

use kernel::{Issue, Lang};
use leptos::prelude::*;
use ui::{Button, Form, Hidden, LinkButton, Notice, Page, Shell, Tone, Values, tr, url};

/// What stands in the way.
#[derive(Clone, Debug)]
pub enum Trouble {
    /// No such page or thing, or not for this person.
    NotFound,
    /// Signed in, but may not.
    Denied(Issue),
    /// Not signed in.
    SignIn,
    /// A rule says no, and there is no form to show it in.
    Refused(Vec<Issue>),
    /// Somebody else was faster.
    Stale(Issue),
    /// Asked too often.
    TooMany {
        /// Seconds until it may be tried again.
        wait_secs: u32,
        /// Why.
        issue: Issue,
    },
    /// The form's page is stale; what was typed is kept.
    StaleForm {
        /// What was typed.
        values: Values,
        /// Files have to be chosen again.
        lost_files: bool,
    },
    /// The session ended while a form was filled in; what was typed is kept.
    SignInFirst {
        /// What was typed.
        values: Values,
    },
    /// The request came from another site.
    Foreign,
    /// More was sent than is taken.
    TooLarge,
    /// What was sent cannot be read.
    Unreadable,
    /// Our fault.
    Broken {
        /// Names the request for whoever looks for the reason.
        request_id: String,
    },
}

/// The page.
pub fn page(shell: &Shell, trouble: Trouble) -> String {
    let lang = shell.lang;
    match trouble {
        Trouble::NotFound => simple(
            shell,
            tr(lang, "没有找到这个页面", "This page is not here"),
            tr(
                lang,
                "地址可能有误，内容可能已经移动，或者它属于别人。您可以从首页重新查找。",
                "The address may be wrong, the page may have moved, or it belongs to somebody else. Start again from the home page.",
            ),
        ),
        Trouble::Denied(issue) => simple(shell, tr(lang, "您不能查看此页面", "This page is not for you"), issue.message.get(lang)),
        Trouble::SignIn => sign_in(shell),
        Trouble::Refused(issues) => refused(shell, issues),
        Trouble::Stale(issue) => stale(shell, &issue),
        Trouble::TooMany { wait_secs, issue } => too_many(shell, wait_secs, &issue),
        Trouble::StaleForm { values, lost_files } => stale_form(shell, &values, lost_files),
        Trouble::SignInFirst { values } => sign_in_first(shell, &values),
        Trouble::Foreign => simple(
            shell,
            tr(lang, "请在本网站上操作", "Please do this on our own pages"),
            tr(
                lang,
                "这次提交来自别的网站，为保护您的账号，我们没有执行。请从首页进入，再做一次。",
                "This was sent from another site. To protect your account we did nothing. Start from the home page and do it again.",
            ),
        ),
        Trouble::TooLarge => simple(
            shell,
            tr(lang, "发送的内容太大", "That was too large"),
            tr(
                lang,
                "所有文件合计不超过 28 MB。请压缩照片或减少文件，再提交一次。",
                "All files together may be up to 28 MB. Make the photos smaller or send fewer files, then try again.",
            ),
        ),
        Trouble::Unreadable => simple(
            shell,
            tr(lang, "没有读懂这次提交", "We could not read that"),
            tr(lang, "内容在途中可能受损。请返回上一页，再提交一次。", "It may have been damaged on its way. Go back one page and send it again."),
        ),
        Trouble::Broken { request_id } => broken(shell, request_id),
    }
}

fn simple(shell: &Shell, title: &str, text: &str) -> String {
    let (lang, heading, text) = (shell.lang, title.to_owned(), text.to_owned());
    ui::render(shell, Page::public(title), move || {
        view! {
            <h1>{heading}</h1>
            <p class="lead">{text}</p>
            {ways(lang)}
        }
    })
}

/// The ways on that every such page offers.
fn ways(lang: Lang) -> AnyView {
    view! {
        <p class="actions">
            <LinkButton href=url::home()>{tr(lang, "回首页", "Go to the home page")}</LinkButton>
            <a href=url::search("")>{tr(lang, "搜索事项和办事地点", "Search services and offices")}</a>
        </p>
    }
    .into_any()
}

fn sign_in(shell: &Shell) -> String {
    let (lang, href) = (shell.lang, url::sign_in_for(&shell.path));
    ui::render(shell, Page::public(tr(lang, "请先登录", "Please sign in")), move || {
        view! {
            <h1>{tr(lang, "请先登录", "Please sign in")}</h1>
            <p class="actions"><LinkButton href>{tr(lang, "登录", "Sign in")}</LinkButton></p>
        }
    })
}

fn refused(shell: &Shell, issues: Vec<Issue>) -> String {
    let lang = shell.lang;
    // No form here: the links of the summary would lead nowhere.
    let issues = issues.into_iter().map(|issue| Issue { field: None, ..issue });
    let values = Values::new().with_issues(issues);
    ui::render(shell, Page::public(tr(lang, "现在不能办理", "This cannot be done now")).values(&values), move || {
        view! { <h1>{tr(lang, "现在不能办理", "This cannot be done now")}</h1>{ways(lang)} }
    })
}

fn stale(shell: &Shell, issue: &Issue) -> String {
    let (lang, text, here) = (shell.lang, issue.message.get(shell.lang).to_owned(), shell.path.clone());
    ui::render(shell, Page::public(tr(lang, "内容已有变化", "This has changed")), move || {
        view! {
            <h1>{tr(lang, "内容已有变化", "This has changed")}</h1>
            <p class="lead">{text}</p>
            <p class="actions"><LinkButton href=here>{tr(lang, "看最新内容", "Show what it is now")}</LinkButton></p>
        }
    })
}

fn too_many(shell: &Shell, wait_secs: u32, issue: &Issue) -> String {
    let (lang, text) = (shell.lang, issue.message.get(shell.lang).to_owned());
    let wait = wait_words(lang, wait_secs);
    ui::render(shell, Page::public(tr(lang, "请稍等", "Please wait a little")), move || {
        view! {
            <h1>{tr(lang, "请稍等", "Please wait a little")}</h1>
            <p class="lead">{text}</p>
            <p>{wait}</p>
            {ways(lang)}
        }
    })
}

/// The wait in words, rounded up.
fn wait_words(lang: Lang, secs: u32) -> String {
    let (n, zh, en) = match secs {
        0..=90 => (secs.max(1), "秒", "seconds"),
        91..=5400 => (secs.div_ceil(60), "分钟", "minutes"),
        _ => (secs.div_ceil(3600), "小时", "hours"),
    };
    match lang {
        Lang::Zh => format!("请在 {n} {zh}后再试。"),
        Lang::En => format!("Try again in {n} {en}."),
    }
}

fn stale_form(shell: &Shell, values: &Values, lost_files: bool) -> String {
    let (lang, here, kept) = (shell.lang, shell.path.clone(), kept(values));
    ui::render(shell, Page::public(tr(lang, "请再确认一次", "Please confirm once more")), move || {
        view! {
            <h1>{tr(lang, "请再确认一次", "Please confirm once more")}</h1>
            <p class="lead">{tr(
                lang,
                "这个页面打开得太久，还没有提交。您填写的内容都在，点“继续提交”即可。",
                "The page had been open for too long, so nothing was sent yet. All you typed is still here. Press “Continue”.",
            )}</p>
            {lost_files.then(|| view! { <Notice tone=Tone::Mind>{tr(lang, "文件需要重新选择。", "Files have to be chosen again.")}</Notice> })}
            <Form action=here id="again">
                {kept}
                <Button>{tr(lang, "继续提交", "Continue")}</Button>
            </Form>
        }
    })
}

fn sign_in_first(shell: &Shell, values: &Values) -> String {
    let (lang, here, kept) = (shell.lang, shell.path.clone(), kept(values));
    ui::render(shell, Page::public(tr(lang, "请重新登录", "Please sign in again")), move || {
        view! {
            <h1>{tr(lang, "请重新登录", "Please sign in again")}</h1>
            <p class="lead">{tr(
                lang,
                "您的登录已结束，还没有提交。您填写的内容都在这个页面里，请不要关闭它。",
                "Your session has ended, so nothing was sent yet. All you typed is kept in this page: do not close it.",
            )}</p>
            <ol class="steps">
                <li><a href=url::sign_in() target="_blank" rel="noopener">{tr(lang, "在新窗口登录", "Sign in in a new window")}</a></li>
                <li>{tr(lang, "回到这里，点“继续提交”", "Come back here and press “Continue”")}</li>
            </ol>
            <Form action=here id="again">
                {kept}
                <Button>{tr(lang, "继续提交", "Continue")}</Button>
            </Form>
        }
    })
}

/// What was typed, as hidden fields. Passwords are not kept: their form asks again.
fn kept(values: &Values) -> Vec<AnyView> {
    values
        .pairs()
        .filter(|(name, _)| !name.contains("password"))
        .map(|(name, value)| view! { <Hidden name=name.to_owned() value=value.to_owned()/> }.into_any())
        .collect()
}

fn broken(shell: &Shell, request_id: String) -> String {
    let (lang, phone) = (shell.lang, shell.site.phone.clone());
    ui::render(shell, Page::public(tr(lang, "我们这边出了问题", "Something broke on our side")), move || {
        let call = (!phone.is_empty()).then(|| {
            view! { <p>{tr(lang, "也可以拨打 ", "Or call ")}<a href=url::telephone(&phone)>{phone.clone()}</a></p> }
        });
        view! {
            <h1>{tr(lang, "我们这边出了问题", "Something broke on our side")}</h1>
            <p class="lead">{tr(
                lang,
                "您没有做错什么。请过几分钟再试；如果刚才在提交，请先到“我的事”看是否已经收到。",
                "You did nothing wrong. Try again in a few minutes; if you were sending something, look under “My matters” first.",
            )}</p>
            {call}
            <p class="reference">{tr(lang, "问题编号 ", "Reference ")}<code>{request_id}</code></p>
            {ways(lang)}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stale_form_comes_back_filled_with_a_new_token_but_without_passwords() {
        let values = Values::new().with("name", "</textarea><script>\"'").with("new_password", "secret");
        let html = page(&Shell::sample(Lang::Zh), Trouble::StaleForm { values, lost_files: false });
        assert!(html.contains("name=\"name\" value=\"&lt;/textarea&gt;") || html.contains("value=\"</textarea><script>&quot;"), "{html}");
        assert!(html.contains("name=\"csrf\" value=\"sample-token\""));
        assert!(!html.contains("secret"));
    }

    #[test]
    fn the_wait_is_said_in_words() {
        assert_eq!(wait_words(Lang::Zh, 30), "请在 30 秒后再试。");
        assert_eq!(wait_words(Lang::En, 3599), "Try again in 60 minutes.");
        assert_eq!(wait_words(Lang::Zh, 86_400), "请在 24 小时后再试。");
    }

    #[test]
    fn every_page_offers_a_way_on_in_both_languages() {
        let issue = || Issue::error("E", "原因", "the reason");
        for lang in Lang::ALL {
            let troubles = [
                Trouble::NotFound,
                Trouble::Denied(issue()),
                Trouble::SignIn,
                Trouble::Refused(vec![issue()]),
                Trouble::Stale(issue()),
                Trouble::TooMany { wait_secs: 60, issue: issue() },
                Trouble::StaleForm { values: Values::new(), lost_files: true },
                Trouble::SignInFirst { values: Values::new() },
                Trouble::Foreign,
                Trouble::TooLarge,
                Trouble::Unreadable,
                Trouble::Broken { request_id: "r".to_owned() },
            ];
            for trouble in troubles {
                let name = format!("{trouble:?}");
                let html = page(&Shell::sample(lang), trouble);
                let main = html.split("<main").nth(1).expect("a main part");
                assert!(main.contains("class=\"button"), "{name} in {lang} leads nowhere");
            }
        }
    }
}
