//! Icons: drawn lines of one weight, always beside a word and hidden from screen readers.

use leptos::prelude::*;

/// The icons there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Done, valid.
    Check,
    /// Refused, invalid.
    Cross,
    /// Mind this.
    Warning,
    /// For information.
    Info,
    /// Waiting, a time limit.
    Clock,
    /// Searching.
    Search,
    /// Back.
    Back,
    /// Onward.
    Forward,
    /// Printing.
    Printer,
    /// A person.
    Person,
    /// A telephone.
    Phone,
    /// A day.
    Calendar,
    /// A paper.
    Document,
    /// A place.
    Pin,
    /// A fee.
    Money,
    /// Not there, not known.
    Question,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Check => "M4 12.5l5.5 5.5L20 6.5",
            Self::Cross => "M5.5 5.5l13 13M18.5 5.5l-13 13",
            Self::Warning => "M12 3.5L22 20.5H2zM12 10v5M12 17.6v.4",
            Self::Info => "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M12 11v6M12 7v.4",
            Self::Clock => "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M12 6.5V12l4 2.5",
            Self::Search => "M10.5 3.5a7 7 0 1 0 0 14a7 7 0 1 0 0-14M15.5 15.5l5.5 5.5",
            Self::Back => "M14.5 5l-7 7l7 7",
            Self::Forward => "M9.5 5l7 7l-7 7",
            Self::Printer => "M7 8V3h10v5M7 17H3.5V8h17v9H17M7 14h10v7H7z",
            Self::Person => "M12 3a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9M3.5 21.5c0-9 17-9 17 0",
            Self::Phone => "M5 3h4l2 5-2.5 2a13 13 0 0 0 5.5 5.5L16 13l5 2v4c0 1.5-1 2-2 2C10 21 3 14 3 5c0-1 .5-2 2-2z",
            Self::Calendar => "M3.5 5.5h17v15h-17zM3.5 10h17M8 3v5M16 3v5",
            Self::Document => "M6 2.5h8l5 5v14H6zM14 2.5v5h5M9 12.5h7M9 16.5h7",
            Self::Pin => "M12 21.5c-9-10-7-18.5 0-18.5s9 8.5 0 18.5zM12 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5",
            Self::Money => "M5 3.5l7 8.5l7-8.5M12 12v9M6.5 12.5h11M6.5 16.5h11",
            Self::Question => "M12 2.5a9.5 9.5 0 1 0 0 19a9.5 9.5 0 1 0 0-19M9 9.5c0-4 6-4 6 0c0 2.500-3 2.500-3 5M12 17v.4",
        }
    }
}

/// One icon, as large as the text around it.
#[component]
pub fn Icon(
    /// Which.
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=glyph.path()/></svg>
    }
}
