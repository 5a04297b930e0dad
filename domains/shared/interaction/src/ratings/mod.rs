//! Ratings (好差评, OVP P3): voluntary, one a matter and service point, and every bad one followed up to the end.

mod desk;
mod figures;
mod follow;
mod import;
pub(crate) mod invite;
mod mine;
mod model;
mod open;
pub(crate) mod publish;
mod rate;
pub mod states;

pub use desk::{Filter, Line, Page, Rater, View, export, list, view};
pub(crate) use desk::READERS;
pub use figures::{Figures, Share, figures};
pub use follow::{Note, follow};
pub use import::{Imported, Scale, import};
pub use mine::{MyMatter, mine};
pub use model::{Channel, Level, Rating, RatingId, Subject, SubjectId, Tag};
pub use open::{Opening, open};
pub(crate) use open::{lang_code, lang_from};
pub use publish::{Month, Published, published};
pub use rate::{Given, Told, change, rate, told};
