//! What every page knows besides its own data.

use crate::{Question, flash::Flash, url};
use kernel::{Day, Instant, Lang, Text};
use std::sync::Arc;

/// The frame around a page's content: reader, language, addresses of the assets, facts about the site.
#[derive(Clone, Debug)]
pub struct Shell {
    /// The page's language.
    pub lang: Lang,
    /// Normal or large type.
    pub mode: ViewMode,
    /// Whether colours are at their strongest.
    pub contrast: Contrast,
    /// Who is signed in.
    pub who: Who,
    /// How many notices the reader has not read, counted up to 100.
    pub unread: i64,
    /// When the session ends, unless it is used again; nothing for visitors.
    pub session: Option<SessionEnd>,
    /// The token every form that changes something carries.
    pub csrf: String,
    /// The script nonce of this answer.
    pub nonce: String,
    /// Addresses of style sheet and scripts.
    pub assets: Arc<Assets>,
    /// Path and query of the page: where the language and type switches come back to.
    pub path: String,
    /// Facts about this installation.
    pub site: Arc<SiteFacts>,
    /// A message shown once after a redirect.
    pub flash: Option<Flash>,
    /// Questions that people ask at this step, shown below the form.
    pub help: Vec<Question>,
    /// The date of the request.
    pub today: Day,
}

impl Shell {
    /// The same frame with the questions that belong to this step of a form.
    pub fn helped(&self, help: Vec<Question>) -> Self {
        Self { help, ..self.clone() }
    }

    /// A shell for tests and samples: an anonymous reader, no scripts, a site called 示范市民政局.
    pub fn sample(lang: Lang) -> Self {
        Self {
            lang,
            mode: ViewMode::Normal,
            contrast: Contrast::Normal,
            who: Who::Nobody,
            unread: 0,
            session: None,
            csrf: "sample-token".to_owned(),
            nonce: "sample-nonce".to_owned(),
            assets: Arc::new(Assets {
                css: "/assets/app.css".to_owned(),
                icon: "/assets/icon.svg".to_owned(),
                loader: None,
                desk: None,
                hall: None,
                client: None,
            }),
            path: "/".to_owned(),
            site: Arc::new(SiteFacts::default()),
            flash: None,
            help: Vec::new(),
            today: Day::ymd(2026, 7, 1),
        }
    }
}

/// How large the page's type is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewMode {
    /// 18 px for citizens, 16 px for staff.
    #[default]
    Normal,
    /// 长辈版: text 24 px, headings 30 px and more, targets 60 px.
    Large,
}

impl ViewMode {
    /// As it stands in the cookie and the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Large => "large",
        }
    }

    /// Reads the cookie; anything unknown is normal.
    pub fn from_code(code: &str) -> Self {
        if code == "large" { Self::Large } else { Self::Normal }
    }
}

/// How strong the page's colours are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    /// The house's colours: text 4.5 : 1 and more.
    #[default]
    Normal,
    /// Black, white and a dark blue: 7 : 1 and more.
    Strong,
}

impl Contrast {
    /// As it stands in the cookie and the form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Normal => "plain",
            Self::Strong => "strong",
        }
    }

    /// Reads the cookie; anything unknown is normal.
    pub fn from_code(code: &str) -> Self {
        if code == "strong" { Self::Strong } else { Self::Normal }
    }
}

/// The end of a session, as the page tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionEnd {
    /// The moment, if nothing is done.
    pub at: Instant,
    /// Seconds until then.
    pub seconds: i64,
}

/// Who reads the page, as far as the frame shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Not signed in.
    Nobody,
    /// A citizen, by the name shown to themselves.
    Citizen {
        /// The name, or what stands for it before the real-name step.
        name: String,
    },
    /// A member of staff.
    Staff {
        /// Name as colleagues know it.
        name: String,
        /// The office or bureau they work for.
        office: String,
        /// Whether the counter's pages are theirs.
        desk: bool,
        /// Whether they work on cases of some service.
        cases: bool,
        /// Whether the desks of ratings and complaints are theirs.
        care: bool,
        /// Whether the figures are theirs to read.
        figures: bool,
        /// Whether supervision's pages are theirs.
        oversight: bool,
        /// Whether the administrator's pages are theirs.
        admin: bool,
    },
}

impl Who {
    /// Where this person's work begins: for staff the first area that they may enter.
    pub fn start(&self) -> String {
        match *self {
            Self::Nobody => url::home(),
            Self::Citizen { .. } => url::me(),
            Self::Staff { desk: true, .. } => url::desk(),
            Self::Staff { cases: true, .. } => url::work(),
            Self::Staff { care: true, .. } => url::desk_complaints(),
            Self::Staff { admin: true, .. } => url::admin(),
            Self::Staff { figures: true, .. } => url::statistics(),
            Self::Staff { .. } => url::desk_notices(),
        }
    }
}

/// Addresses of the built assets, with their content hash in the name.
#[derive(Clone, Debug)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The site's icon.
    pub icon: String,
    /// `web/loader.js`: starts the islands, keeps a form from being sent twice.
    pub loader: Option<String>,
    /// `web/desk.js`: the keys of the counter's pages.
    pub desk: Option<String>,
    /// `web/hall.js`: renews the pages of the hall, rings and speaks calls.
    pub hall: Option<String>,
    /// The browser part; `None` when it was not built: every page works without it.
    pub client: Option<ClientAssets>,
}

/// The two files of the islands.
#[derive(Clone, Debug)]
pub struct ClientAssets {
    /// The glue written by wasm-bindgen.
    pub js: String,
    /// The module.
    pub wasm: String,
}

/// What an installation says about itself on every page; all of it settings.
#[derive(Clone, Debug)]
pub struct SiteFacts {
    /// Name of the bureau: 主办单位.
    pub bureau: Text,
    /// The region it serves.
    pub region: Text,
    /// The bureau's telephone for questions, empty if none.
    pub phone: String,
    /// 主办单位, ICP and 公安备案 numbers, 网站标识码: lines of the footer, those that are set.
    pub footer: Vec<Text>,
    /// Whether the data are invented: a banner says so.
    pub demo: bool,
}

impl Default for SiteFacts {
    fn default() -> Self {
        Self {
            bureau: Text::new("示范市民政局", "Shifan City Civil Affairs Bureau"),
            region: Text::new("示范市", "Shifan City"),
            phone: "12345".to_owned(),
            footer: Vec::new(),
            demo: false,
        }
    }
}
