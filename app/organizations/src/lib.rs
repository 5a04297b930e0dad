//! Pages of the register of social organisations, as pure functions of loaded data; the recipe stands in `ui`.

pub mod import;
pub mod public;
pub mod registration;
pub mod supervision;
