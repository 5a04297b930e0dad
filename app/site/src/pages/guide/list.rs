//! All items of a region, by theme.

use std::collections::BTreeMap;

use catalog::ItemView;
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Choice, Form, Method, Page, Select, Shell, StatusTag, Tone, Values, tr, url};

/// What the list shows.
#[derive(Clone, Debug, Default)]
pub struct Items {
    /// The items nearest to the region.
    pub items: Vec<ItemView>,
    /// The region that was chosen.
    pub region: String,
    /// Regions to choose from, code and name.
    pub regions: Vec<(String, String)>,
}

/// The page.
pub fn list(shell: &Shell, data: &Items) -> String {
    let lang = shell.lang;
    let mut themes: BTreeMap<String, Vec<AnyView>> = BTreeMap::new();
    for item in &data.items {
        let theme = item.version.elements.topics.person.first();
        let theme = theme.map_or_else(|| tr(lang, "其他", "Other").to_owned(), |text| text.get(lang).to_owned());
        themes.entry(theme).or_default().push(row(lang, item));
    }
    let empty = themes.is_empty();
    let options: Vec<_> = data.regions.iter().map(|(code, name)| Choice::new(code, name.clone())).collect();
    let values = Values::new().with("region", &data.region);
    let title = tr(lang, "可以办的事", "What you can do here");
    ui::render(shell, Page::public(title).indexed().back(url::home()), move || {
        let groups: Vec<_> = themes.into_iter().map(|(theme, rows)| view! { <section><h2>{theme}</h2><ul class="item-list">{rows}</ul></section> }).collect();
        view! {
            <h1>{title}</h1>
            <Form action=url::items() method=Method::Get values class="inline no-print">
                <Select name="region" label=tr(lang, "您在哪里", "Where are you") options/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "看附近的", "Show what is near")}</Button>
            </Form>
            {groups}
            {empty.then(|| view! { <p>{tr(lang, "这里还没有公布事项。请换一个地区。", "Nothing has been published here yet. Choose another region.")}</p> })}
        }
    })
}

fn row(lang: Lang, item: &ItemView) -> AnyView {
    let elements = &item.version.elements;
    let scope = elements.online.scope.map(|scope| view! { <StatusTag tone=Tone::Good word=scope.name().get(lang).to_owned()/> });
    let notice = item.standing.public_notice().map(|text| view! { <StatusTag tone=Tone::Mind word=text.get(lang).to_owned()/> });
    let body = elements.body.as_ref().map(|body| body.name.get(lang).to_owned());
    view! {
        <li>
            <h3><a href=url::item(&item.code)>{elements.name.get(lang).to_owned()}</a></h3>
            <p>{elements.summary.get(lang).to_owned()}</p>
            <p class="note">{body}" "{scope}" "{notice}</p>
        </li>
    }
    .into_any()
}
