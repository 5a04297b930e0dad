//! The frames: public, staff, print.

mod public;
mod session_end;
mod staff;
mod tools;

pub use tools::contrast_switch;

use crate::{
    Contrast, Shell, escape,
    render::{Layout, Page},
    tr,
};
use leptos::prelude::*;

/// The whole document.
pub(crate) fn document(shell: &Shell, page: Page, body: AnyView) -> AnyView {
    let lang = shell.lang;
    let title = escape::text(&full_title(shell, &page));
    let assets = shell.assets.clone();
    let (js, wasm) = assets.client.clone().map(|client| (client.js, client.wasm)).unzip();
    let loader = assets.loader.clone().map(|loader| {
        view! { <script type="module" id="boot" nonce=shell.nonce.clone() src=loader data-js=js data-wasm=wasm></script> }
    });
    let desk = assets.desk.clone().filter(|_| page.layout == Layout::Staff).map(|desk| {
        view! { <script type="module" nonce=shell.nonce.clone() src=desk></script> }
    });
    let live = assets.hall.clone().filter(|_| page.live).map(|hall| {
        let every = page.refresh.unwrap_or_default().to_string();
        view! { <script type="module" id="live" nonce=shell.nonce.clone() src=hall data-every=every></script> }
    });
    let contrast = if shell.contrast == Contrast::Strong { "strong " } else { "" };
    let class = format!("{} {contrast}{}", shell.mode.code(), match page.layout {
        Layout::Public => "public",
        Layout::Staff => "staff",
        Layout::Print => "paper",
        Layout::Kiosk => "kiosk",
        Layout::Screen => "screen",
    });
    let robots = (!page.indexed).then(|| view! { <meta name="robots" content="noindex"/> });
    let refresh = page.refresh.map(|seconds| view! { <noscript><meta http-equiv="refresh" content=seconds.to_string()/></noscript> });
    let scheme = if page.layout == Layout::Staff { "light dark" } else { "light" };
    let main = main(shell, &page, body);
    let framed = match page.layout {
        Layout::Public => public::frame(shell, main),
        Layout::Staff => staff::frame(shell, main),
        Layout::Print | Layout::Screen => main,
        Layout::Kiosk => view! { <header class="kiosk-top no-print">{tools::language_switch(shell)}</header>{main} }.into_any(),
    };
    view! {
        <!DOCTYPE html>
        <html lang=lang.tag() class=class>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content=scheme/>
                // Not as a child: Leptos writes its markers after text, and a title shows them.
                <title inner_html=title></title>
                {robots}{refresh}
                <link rel="icon" href=assets.icon.clone() type="image/svg+xml"/>
                <link rel="stylesheet" href=assets.css.clone()/>
                {loader}{desk}{live}
            </head>
            <body>
                <a class="skip" href="#main">{tr(lang, "跳到正文", "Skip to the content")}</a>
                {framed}
            </body>
        </html>
    }
    .into_any()
}

fn main(shell: &Shell, page: &Page, body: AnyView) -> AnyView {
    let lang = shell.lang;
    let back = page.back.clone().map(|to| {
        view! { <p class="back no-print"><a href=to><crate::Icon glyph=crate::Glyph::Back/>{tr(lang, "返回", "Back")}</a></p> }
    });
    let flash = shell.flash.map(|flash| {
        view! { <div class="flash no-print" role="status"><crate::Notice tone=flash.tone>{flash.text(lang)}</crate::Notice></div> }
    });
    let help = crate::components::help(lang, &shell.help);
    let summary = crate::components::place(&page.values);
    view! {
        <main id="main" tabindex="-1" class=if page.wide { "main wide" } else { "main" }>{back}{flash}{summary}{body}{help}</main>
    }
    .into_any()
}

fn full_title(shell: &Shell, page: &Page) -> String {
    let lang = shell.lang;
    let wrong = if page.values.has_errors() { tr(lang, "有误：", "Error: ") } else { "" };
    let bureau = shell.site.bureau.get(lang);
    if page.title.is_empty() { bureau.to_owned() } else { format!("{wrong}{} - {bureau}", page.title) }
}
