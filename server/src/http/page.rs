//! What a handler of pages works with.

use std::sync::Arc;

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, header, request::Parts},
    response::{Html, IntoResponse},
};
use kernel::Lang;
use platform::{Ctx, Error};
use ui::{Shell, Values, flash::Flash};

use super::{
    Answer, Fault, Visit,
    cookies::{self, Life},
    security,
};
use crate::App;

/// The visit and the program, and the ways to answer.
#[derive(Clone)]
pub struct Page {
    app: App,
    visit: Arc<Visit>,
}

impl FromRequestParts<App> for Page {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Fault> {
        let visit = parts.extensions.get::<Arc<Visit>>().cloned().ok_or_else(|| Error::internal("a page outside of the visit"))?;
        Ok(Self { app: app.clone(), visit })
    }
}

impl Page {
    /// Who acts, and when: the first argument of every operation.
    pub fn ctx(&self) -> &Ctx {
        &self.visit.ctx
    }

    /// The frame: the first argument of every page.
    pub fn shell(&self) -> &Shell {
        &self.visit.shell
    }

    /// The program.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// Whether the member of staff who asks has to change his password before anything else.
    pub fn must_change(&self) -> bool {
        self.visit.must_change
    }

    /// The page's language.
    pub fn lang(&self) -> Lang {
        self.visit.shell.lang
    }

    /// Shows a page.
    pub fn html(&self, html: String) -> Answer {
        Ok(Html(html).into_response())
    }

    /// Goes to another page after a change (303), so that a reload does not repeat it.
    pub fn go(&self, to: String) -> Answer {
        Ok((StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response())
    }

    /// The same with a message that the next page shows once: a code of `ui::flash`.
    pub fn go_with(&self, to: String, flash: &'static str) -> Answer {
        debug_assert!(Flash::find(flash).is_some(), "{flash} has no words in ui::flash");
        let mut response = self.go(to)?;
        let cookie = cookies::set(cookies::FLASH, flash, Life::Seconds(60), security::is_https(&self.app));
        response.headers_mut().append(header::SET_COOKIE, cookie);
        Ok(response)
    }

    /// Answers an operation that did not do what was asked. A refusal shows the form again with what was typed and the
    /// issues at their fields (422); a lost session keeps what was typed until the person has signed in; anything else becomes
    /// its own page.
    ///
    /// # Errors
    /// Everything but a refusal, as [`Fault`].
    pub fn again(&self, error: Error, values: &Values, view: impl FnOnce(Values) -> String) -> Answer {
        match error {
            Error::Refused(refusal) => {
                let html = view(values.clone().with_issues(refusal.0));
                Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(html)).into_response())
            }
            Error::SignIn => Err(Fault::SignInFirst { values: values.clone() }),
            other => Err(Fault::from(other)),
        }
    }
}
