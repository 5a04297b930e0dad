//! A table to take along: the same figures as on the page, as CSV and XLSX.

use interaction::ratings::Share;
use kernel::{Lang, Text};
use platform::{Error, Result};

use crate::complaints::Counted;
use crate::shown::Mean;

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// Words.
    Text(Text),
    /// How many.
    Count(i64),
    /// How many questions and complaints, with the list behind them.
    Complaints(i64, Counted),
    /// A part of a whole.
    Share(Share),
    /// A mean of working days.
    Mean(Mean),
    /// A figure that the reader may not see, because it is small.
    Hidden,
}

impl Datum {
    /// A number, or what stands for a hidden one.
    pub fn count(n: Option<i64>) -> Self {
        n.map_or(Self::Hidden, Self::Count)
    }

    /// A share, or what stands for a hidden one.
    pub fn share(share: Option<Share>) -> Self {
        share.map_or(Self::Hidden, Self::Share)
    }

    /// A mean, or what stands for a hidden one.
    pub fn mean(mean: Option<Mean>) -> Self {
        mean.map_or(Self::Hidden, Self::Mean)
    }

    /// As it is read; a hidden figure is an asterisk.
    pub fn text(&self, lang: Lang) -> String {
        match self {
            Self::Text(text) => text.get(lang).to_owned(),
            Self::Count(n) | Self::Complaints(n, _) => n.to_string(),
            Self::Share(share) => share.text(),
            Self::Mean(mean) => mean.text(),
            Self::Hidden => "*".to_owned(),
        }
    }
}

/// A table with its title.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// What it shows, of whom and when.
    pub title: Text,
    /// Heads of the columns, and whether figures stand in them.
    pub columns: Vec<(Text, bool)>,
    /// The rows, each with as many cells as there are columns.
    pub rows: Vec<Vec<Datum>>,
}

impl Sheet {
    /// As CSV in UTF-8 with its mark, so that office programs read Chinese.
    ///
    /// # Errors
    /// `Internal` if it cannot be written.
    pub fn csv(&self, lang: Lang) -> Result<Vec<u8>> {
        let mut out = sheets::Csv::new(Vec::new()).map_err(Error::internal)?;
        out.row(self.columns.iter().map(|(name, _)| name.get(lang))).map_err(Error::internal)?;
        for row in &self.rows {
            let cells = row.iter().map(|cell| match cell {
                Datum::Text(text) => sheets::Cell::from(text.get(lang)),
                other => sheets::Cell::Figure(other.text(lang)),
            });
            out.row(cells).map_err(Error::internal)?;
        }
        out.finish().map_err(Error::internal)
    }

    /// As XLSX with the title above; counts and means are numbers there.
    ///
    /// # Errors
    /// `Internal` if it cannot be written.
    pub fn xlsx(&self, lang: Lang) -> Result<Vec<u8>> {
        use rust_xlsxwriter::{Format, Workbook};
        let mut book = Workbook::new();
        let (bold, percent, tenth) = (Format::new().set_bold(), Format::new().set_num_format("0.0%"), Format::new().set_num_format("0.0"));
        let sheet = book.add_worksheet();
        sheet.write_string_with_format(0, 0, self.title.get(lang), &bold).map_err(Error::internal)?;
        for (at, (name, is_figure)) in (0..).zip(&self.columns) {
            sheet.write_string_with_format(2, at, name.get(lang), &bold).map_err(Error::internal)?;
            sheet.set_column_width(at, if *is_figure { 12 } else { 26 }).map_err(Error::internal)?;
        }
        for (line, row) in (3..).zip(&self.rows) {
            for (at, cell) in (0..).zip(row) {
                let written = match cell {
                    Datum::Count(n) | Datum::Complaints(n, _) => sheet.write_number(line, at, *n as f64),
                    Datum::Share(share) if share.whole > 0 => sheet.write_number_with_format(line, at, share.part as f64 / share.whole as f64, &percent),
                    Datum::Mean(mean) if mean.cases > 0 => sheet.write_number_with_format(line, at, mean.days as f64 / mean.cases as f64, &tenth),
                    other => sheet.write_string(line, at, other.text(lang)),
                };
                written.map_err(Error::internal)?;
            }
        }
        sheet.set_freeze_panes(3, 1).map_err(Error::internal)?;
        book.save_to_buffer().map_err(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_of_a_table_becomes_a_formula() {
        let rows = ["=HYPERLINK(\"x\")", "+1", "-1", "@x", "\t=1", " =1", "名称,带\"引号\""].map(|text| vec![Datum::Text(Text::same(text)), Datum::Count(-3)]).to_vec();
        let sheet = Sheet { title: Text::same("t"), columns: vec![(Text::same("=a"), false), (Text::same("n"), true)], rows };
        let csv = String::from_utf8(sheet.csv(Lang::Zh).expect("written")).expect("UTF-8");
        assert!(csv.starts_with("\u{feff}'=a,n\r\n"), "{csv}");
        let firsts: Vec<&str> = csv.lines().skip(1).take(6).collect();
        assert!(firsts.iter().all(|line| line.trim_start_matches('"').starts_with('\'') && line.ends_with(",-3")), "{firsts:?}");
        assert!(csv.ends_with("\"名称,带\"\"引号\"\"\",-3\r\n"), "{csv}");
        let xlsx = sheet.xlsx(Lang::Zh).expect("written");
        assert!(xlsx.starts_with(b"PK"));
    }
}
