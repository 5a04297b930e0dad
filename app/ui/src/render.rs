//! From a view to the bytes of a page: synchronously, without streaming, without a router.

use crate::{Shell, Values, components::{self, Labels}, layout};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use std::sync::Arc;

/// What a page says to its frame. `"title".into()` is a public page.
#[derive(Clone, Debug)]
pub struct Page {
    pub(crate) title: String,
    pub(crate) layout: Layout,
    pub(crate) values: Values,
    pub(crate) back: Option<String>,
    pub(crate) wide: bool,
    pub(crate) indexed: bool,
    pub(crate) refresh: Option<u16>,
    pub(crate) live: bool,
}

/// The frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    Public,
    Staff,
    Print,
    Kiosk,
    Screen,
}

impl Page {
    /// A page for citizens.
    pub fn public(title: impl Into<String>) -> Self {
        Self::new(title.into(), Layout::Public)
    }

    /// A page for staff: sticky header, denser type, dark mode.
    pub fn staff(title: impl Into<String>) -> Self {
        Self::new(title.into(), Layout::Staff)
    }

    /// A document: looks on the screen as it prints on A4.
    pub fn print(title: impl Into<String>) -> Self {
        Self::new(title.into(), Layout::Print)
    }

    /// A page of a self-service kiosk: nothing leads away from it, and everything is large.
    pub fn kiosk(title: impl Into<String>) -> Self {
        Self::new(title.into(), Layout::Kiosk).wide()
    }

    /// A page on a screen at the wall: only to be looked at.
    pub fn screen(title: impl Into<String>) -> Self {
        Self::new(title.into(), Layout::Screen).wide()
    }

    fn new(title: String, layout: Layout) -> Self {
        Self { title, layout, values: Values::new(), back: None, wide: layout == Layout::Staff, indexed: false, refresh: None, live: false }
    }

    /// Shows the summary of what is wrong at the top and says so in the title. Give the form's values here as well.
    pub fn values(mut self, values: &Values) -> Self {
        self.values = values.clone();
        self
    }

    /// A link back to the page before, by its address.
    pub fn back(mut self, to: String) -> Self {
        self.back = Some(to);
        self
    }

    /// As wide as the window allows, instead of a line of 40 characters.
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// Lets search engines show the page: guides, offices, public registers. Everything else is not indexed.
    pub fn indexed(mut self) -> Self {
        self.indexed = true;
        self
    }

    /// Reloads itself after so many seconds without script: for pages that wait for something.
    pub fn refresh(mut self, seconds: u16) -> Self {
        self.refresh = Some(seconds);
        self
    }

    /// Renews itself after so many seconds, with script in place and without by reloading; calls are rung and spoken.
    pub fn live(mut self, seconds: u16) -> Self {
        self.live = true;
        self.refresh(seconds)
    }
}

impl From<&str> for Page {
    fn from(title: &str) -> Self {
        Self::public(title)
    }
}

impl From<String> for Page {
    fn from(title: String) -> Self {
        Self::public(title)
    }
}

/// Renders a whole page. `view` runs inside, so that components find the shell.
pub fn render<V: IntoView + 'static>(shell: &Shell, page: impl Into<Page>, view: impl FnOnce() -> V) -> String {
    let page = page.into();
    let owner = Owner::new_root(Some(Arc::new(SsrSharedContext::new_islands())));
    let html = owner.with(|| {
        provide_context(shell.clone());
        provide_context(Labels::default());
        let body = view().into_any();
        let values = page.values.clone();
        let html = layout::document(shell, page, body).to_html();
        components::fill(shell.lang, &values, html)
    });
    owner.unset_with_forced_cleanup();
    html
}

/// The shell of the page being rendered.
pub(crate) fn shell() -> Shell {
    expect_context::<Shell>()
}

/// The date of the request, inside a page: for islands that judge a date.
pub fn today() -> kernel::Day {
    shell().today
}
