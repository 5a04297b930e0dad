//! The design system: what every page is made of. It renders on the server only and fetches nothing.
//!
//! May use `kernel`; may be used by `site`, the pages of a service and `server`. The rules for looks and words are
//! the house's design brief; the classes used here are styled in `web/css`.
//!
//! # A page, to copy
//! A page is a pure function of loaded data. Fields find what was typed and what is wrong with it in the `Form`
//! around them; the error summary and the title's prefix come from `Page::values`.
//! ```
//! use leptos::prelude::*;
//! use ui::{Button, Field, Form, Kind, Page, Shell, Values, tr, url};
//!
//! /// Asks for a phone number.
//! pub fn phone(shell: &Shell, values: Values) -> String {
//!     let lang = shell.lang;
//!     ui::render(shell, Page::public(tr(lang, "手机号", "Your phone number")).values(&values), move || view! {
//!         <h1>{tr(lang, "您的手机号是多少？", "What is your phone number?")}</h1>
//!         <Form action=url::sign_up() values>
//!             <Field name="phone" label=tr(lang, "手机号", "Phone number") kind=Kind::Tel
//!                 hint=tr(lang, "用来收短信。", "We send text messages to it.")/>
//!             <Button>{tr(lang, "继续", "Continue")}</Button>
//!         </Form>
//!     })
//! }
//! ```
//! # Rules of the view
//! * Both languages, always: `tr(lang, "中文", "English")`; ready-made pairs (`kernel::Text`) by `.get(lang)`.
//! * Links come from [`url`], never from `format!`; classes, never `style=`; no inline handlers.
//! * A field is made between the tags of its [`Form`], by a closure or a function called there, and the form has `values`: made before it,
//!   the field would lose what was typed. Builds with assertions stop at one that is not.
//! * Never a bare textarea element: [`TextArea`] (Leptos 0.8 writes its content unescaped).
//! * Children of components must be `'static`: move values out of structs before `view!`.
//! * Release builds have the full view types: where the arms of an `if` or `match` hold different markup, end each in
//!   `.into_any()`; for "maybe", use `condition.then(|| view! { … })`.
//! * One primary [`Button`] a page. States with icon and word: [`StatusTag`].
//!
//! # What there is
//! Layouts `Page::public`, `Page::staff`, `Page::print`. Forms: [`Form`], [`Field`], [`TextArea`], [`Select`],
//! [`Radios`], [`Checkboxes`], [`Checkbox`], [`FileField`], [`Hidden`], [`Button`], [`LinkButton`], [`Fieldset`].
//! Reading: [`Facts`], [`DataTable`], [`Pager`], [`StepTrack`], [`Timeline`], [`Notice`], [`Answer`], [`Tabs`],
//! [`SlotGrid`], [`Question`] (by `Shell::helped`), [`BarChart`], [`ColumnChart`], [`LimitBar`], [`Qr`], [`StatusTag`], [`Glyph`], [`PrintButton`].

#![expect(unreachable_pub, reason = "the component macro writes a public function beside each component")]

mod components;
mod escape;
pub mod flash;
mod forms;
mod layout;
mod render;
mod shell;
mod text;
pub mod url;

pub use components::*;
pub use layout::contrast_switch;
pub use forms::Values;
pub use render::{Page, render, today};
pub use shell::{Assets, ClientAssets, Contrast, SessionEnd, Shell, SiteFacts, ViewMode, Who};
pub use text::{date, moment, sentences, size, time_range, tr, working_days};
