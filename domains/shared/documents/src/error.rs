use std::path::PathBuf;

/// Why a document could not be made.
///
/// None of these is the fault of the person who asked: they are told to try again, and the message here goes to the log
/// and to the administrator.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No font that can write Chinese was found.
    #[error(
        "no Chinese font found in {}; install one (Debian: apt-get install fonts-noto-cjk) or name its folder in the \
         setting `fonts`",
        list(.searched)
    )]
    NoFont {
        /// The folders that were searched.
        searched: Vec<PathBuf>,
    },
    /// There is no template of that name, neither built in nor in the bureau's folder.
    #[error("there is no template named {name}")]
    NoTemplate {
        /// File stem, as `marriage-certificate`.
        name: String,
    },
    /// The template does not compile, or a character of the data is in none of the fonts.
    #[error("template {name}: {problems}")]
    Template {
        /// File stem of the template.
        name: String,
        /// What Typst says, with file and line, one problem after the other.
        problems: String,
    },
    /// The data cannot be written as JSON.
    #[error("the data of the document cannot be written as JSON")]
    Data(#[from] serde_json::Error),
    /// A text is too long for a QR symbol.
    #[error("the text is too long for a QR symbol: {bytes} bytes")]
    Qr {
        /// Length of the text in bytes.
        bytes: usize,
    },
    /// The worker thread ended before it answered (a defect of this crate or of Typst).
    #[error("the document worker ended early")]
    Worker,
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}
