//! The self-check of a couple: which service, a few questions, the answer. No page of it names anybody or keeps anything.

mod answer;
mod form;

use kernel::Lang;
use leptos::prelude::*;
use marriage::self_check::Service;
use ui::{Page, Shell, tr, url};

pub use answer::answer;
pub use form::{form, read};

fn title(lang: Lang) -> &'static str {
    tr(lang, "先查一查能不能办", "Check what applies to you")
}

/// The address of the questions of a service.
fn of(service: Service) -> String {
    url::with(url::self_check(), &[("service", service.code())])
}

/// What stands on every page of it.
fn promise(lang: Lang) -> AnyView {
    let words = tr(
        lang,
        "不用登录，不问姓名和证件号码，回答不会保存。结果按您的回答得出，登记时由登记员联网核对。",
        "No sign-in, no names or numbers, and nothing you answer is kept. The result rests on your answers; at the counter the registrar checks the registers.",
    );
    view! { <p class="reference">{words}</p> }.into_any()
}

/// Which service.
pub fn services(shell: &Shell) -> String {
    let lang = shell.lang;
    let rows: Vec<_> =
        Service::ALL.iter().map(|service| view! { <li><a href=of(*service)>{service.name().get(lang).to_owned()}</a></li> }).collect();
    ui::render(shell, Page::public(title(lang)).indexed(), move || {
        view! {
            <h1>{title(lang)}</h1>
            <p class="lead">{tr(lang, "几个问题，就知道要带什么、有没有不能办的情形、最早哪天能来。", "A few questions tell you what to bring, what may stand in the way, and the first day you can come.")}</p>
            <h2>{tr(lang, "您要办什么？", "What do you want to do?")}</h2>
            <ul class="link-list">{rows}</ul>
            {promise(lang)}
        }
    })
}
