//! One row.

use kernel::text;

/// From here on a spreadsheet's number no longer holds every digit (2⁵³).
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;

/// A row of a table that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// The line at which it begins, from 1 on, as an editor or a spreadsheet shows it.
    pub number: u64,
    /// Its cells, without an apostrophe that only keeps a spreadsheet from taking a cell for a formula.
    pub cells: Vec<String>,
    /// Cells that hold a number whose last digits a spreadsheet has lost, by their place.
    pub lossy: Vec<usize>,
}

impl Row {
    /// The cell at a place; empty where the row is shorter.
    pub fn cell(&self, place: usize) -> &str {
        self.cells.get(place).map_or("", String::as_str)
    }

    /// Where in this row, which is a head, a column stands that has one of these names; case and blanks around do not matter.
    pub fn find(&self, names: &[&str]) -> Option<usize> {
        self.cells.iter().position(|cell| {
            let cell = text::line(cell).to_lowercase();
            names.iter().any(|name| cell == *name)
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    /// Adds a cell as it was written.
    pub(crate) fn push(&mut self, place: usize, cell: String, lossy: bool) {
        self.cells.resize(self.cells.len().max(place + 1), String::new());
        self.cells[place] = plain(cell);
        if lossy {
            self.lossy.push(place);
        }
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn plain(cell: String) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if crate::harmless(rest) != rest => rest.to_owned(),
        _ => cell,
    }
}

/// Whether a spreadsheet keeps no more than the first digits of a number.
pub(crate) fn is_lossy(number: f64) -> bool {
    number.abs() >= EXACT_BELOW
}

/// Whether text is a number as a spreadsheet writes one of which it keeps the first digits only: `9.90101E+17`.
pub(crate) fn was_lossy(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_digit()) && text.contains("E+") && text.parse().is_ok_and(is_lossy)
}
