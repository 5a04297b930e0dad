//! Components, one group a file.

mod answer;
mod button;
mod chart;
mod choice;
mod facts;
mod field;
mod form;
mod help;
mod icon;
mod pager;
mod qr;
mod slots;
mod summary;
mod table;
mod tabs;
mod text_area;
mod track;

pub use answer::{Answer, Notice, StatusTag, Tone};
pub use button::{Button, ButtonKind, LinkButton, PrintButton};
pub use chart::{Bar, BarChart, ColumnChart, LimitBar, Tile, TileMap};
pub use choice::{Checkbox, Checkboxes, Choice, Radios, Select};
pub use facts::{Fact, Facts};
pub use field::{Field, FileField, Kind, Width};
pub use form::{Fieldset, Form, Hidden, Method};
pub use help::Question;
pub(crate) use help::help;
pub use icon::{Glyph, Icon};
pub use pager::Pager;
pub use qr::Qr;
pub use slots::{SlotCell, SlotDay, SlotGrid, SlotPick};
pub(crate) use summary::{Labels, fill, place};
pub use table::{Cell, Column, DataTable, Empty, Sorted};
pub use tabs::{Tab, Tabs};
pub use text_area::TextArea;
pub use track::{Event, Step, StepState, StepTrack, Timeline};
