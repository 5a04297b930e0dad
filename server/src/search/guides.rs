//! Guides: the questions that people ask about an item, with their answers.
//!
//! All implementations of a basic item answer alike, so the questions are indexed once: from the implementation nearest to the whole
//! region that is served.

use catalog::model::{Elements, Faq};
use catalog::{ItemView, ops};
use kernel::Text;
use platform::{Ctx, Error, Result, ports::BoxFuture};
use search_index::{Change, Entry, Kind};

use super::items::{basic_of, english, is_offered, passages};
use super::source::{Scan, Source};

/// Questions of one item; what is beyond is not looked for by anybody.
const QUESTIONS: usize = 20;
/// Weight among equals.
const PRIOR: u8 = 6;

pub(super) struct Guides;

impl Source for Guides {
    fn kind(&self) -> Kind {
        Kind::Guide
    }

    fn watches(&self) -> &'static str {
        "item"
    }

    fn key(&self, changed: &str) -> String {
        basic_of(changed)
    }

    fn key_of_entry<'a>(&self, id: &'a str) -> &'a str {
        id.rsplit_once('-').map_or(id, |(basic, _)| basic)
    }

    fn load<'a>(&'a self, ctx: &'a Ctx, key: &'a str) -> BoxFuture<'a, Result<Vec<Change>>> {
        Box::pin(async move {
            let basic = basic_of(key);
            let item = match ops::nearest(ctx, &ctx.settings().region, &basic).await {
                Ok(item) => Some(item).filter(is_offered),
                Err(Error::NotFound) => None,
                Err(error) => return Err(error),
            };
            let mut changes: Vec<Change> = item.iter().flat_map(entries).map(Change::put).collect();
            changes.extend((changes.len()..QUESTIONS).map(|n| Change::remove(Kind::Guide, &id(&basic, n))));
            Ok(changes)
        })
    }

    fn scan<'a>(&'a self, ctx: &'a Ctx, _after: &'a str) -> BoxFuture<'a, Result<Scan>> {
        Box::pin(async move {
            let items = match ops::list(ctx, &ctx.settings().region).await {
                Err(Error::NotFound) => Vec::new(),
                other => other?,
            };
            Ok(Scan { entries: items.iter().filter(|item| is_offered(item)).flat_map(entries).collect(), next: None })
        })
    }

    /// Questions have no codes, and nobody types one word for word.
    fn exact<'a>(&'a self, _ctx: &'a Ctx, _text: &'a str) -> BoxFuture<'a, Result<Vec<Entry>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

fn id(basic: &str, n: usize) -> String {
    format!("{basic}-{n}")
}

fn entries(item: &ItemView) -> Vec<Entry> {
    let elements = &item.version.elements;
    let questions = elements.faq.iter().take(QUESTIONS).enumerate();
    questions
        .map(|(n, faq)| Entry {
            title_en: faq.q.en.to_string(),
            text: passages(texts(faq, elements).map(|text| text.zh.to_string())),
            text_en: passages(texts(faq, elements).filter_map(english)),
            facets: vec![format!("service/{}", elements.house.service.split('.').next().unwrap_or_default())],
            prior: PRIOR,
            url: address(item, faq),
            ..Entry::new(Kind::Guide, &id(&item.basic_code, n), &faq.q.zh)
        })
        .collect()
}

/// What is looked through: the answer, what it rests on, and the name of the item.
fn texts<'a>(faq: &'a Faq, elements: &'a Elements) -> impl Iterator<Item = &'a Text> {
    [&faq.a].into_iter().chain(&faq.basis).chain([&elements.name])
}

/// Its own page; questions of versions from before there were any stand in the guide.
fn address(item: &ItemView, faq: &Faq) -> String {
    if faq.key.is_empty() { ui::url::item(&item.code) } else { ui::url::question(&item.basic_code, &faq.key) }
}
