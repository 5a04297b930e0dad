//! Islands: the only code that reaches the browser, compiled to WebAssembly.
//!
//! Place: above `kernel`, below `site` and the pages of a service; it knows no domain and no store. An island adds what a person
//! feels (search as one types, the slot picker, checks while typing) to a page that works without it, and holds no rule that the server
//! does not hold as well. Its props stand in the page as JSON: never pass what the visitor may not see.
//!
//! # An island, to copy
//! ```ignore
//! /// Counts what is typed.
//! #[island]
//! pub fn Counter(lang: Lang, name: String, value: String) -> impl IntoView {
//!     let typed = RwSignal::new(value.clone());
//!     view! {
//!         <input class="input" name=name value=value on:input=move |ev| typed.set(event_target_value(&ev))/>
//!         <output>{move || typed.get().chars().count()}</output>
//!     }
//! }
//! ```
//! * Keep islands flat: none inside the children of another.
//! * What the browser alone can do (asking the server, leaving the page) goes through `fetch`, so that the same code renders on the
//!   server.

mod fetch;
mod id_check;
mod search_box;
mod slot_picker;

use kernel::Lang;

pub use id_check::*;
pub use search_box::*;
pub use slot_picker::*;

/// One of two words, by the page's language.
pub(crate) fn words(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}
