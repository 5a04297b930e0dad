//! One-time codes by short message or mail: made, sent, and used once.

use kernel::{Instant, Lang};
use platform::{Ctx, Error, Result, outbox};
use store::Tx;
use store::keys::Purpose;

use crate::{Contact, guard, issues, notice, store as tables};

/// Minutes for which a code is good.
pub(crate) const MINUTES: i64 = 10;
/// Wrong codes after which a new one has to be asked for.
const MOST_TRIES: i64 = 5;

/// What a code is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum For {
    SignUp,
    Reset,
    Contact,
}

impl For {
    fn code(self) -> &'static str {
        match self {
            For::SignUp => "sign_up",
            For::Reset => "reset",
            For::Contact => "contact",
        }
    }
}

/// A code that is ready to be written.
#[derive(Clone)]
pub(crate) struct Fresh {
    purpose: For,
    contact: Vec<u8>,
    row: tables::code::CodeRow,
    until: Instant,
    message: outbox::Message,
}

/// Who gets which message.
pub(crate) enum Send {
    /// The code.
    Code,
    /// A hint instead of a code: the row that is written has a code that nobody gets.
    Hint {
        /// In Chinese.
        zh: &'static str,
        /// In English.
        en: &'static str,
    },
    /// Nothing: nobody is there.
    Nothing,
}

/// Counts the request and makes a code with what waits for it.
///
/// # Errors
/// 429 when the number, the address or the network asked too often: known here or not, the same.
pub(crate) async fn fresh(ctx: &Ctx, purpose: For, contact: &Contact, payload: &str, send: &Send) -> Result<Fresh> {
    let limits = [(guard::codes(), Some(contact.as_str().to_owned())), (guard::codes_of_network(), ctx.meta().ip.map(|_| ctx.meta().network()))];
    for (limit, name) in limits {
        let Some(name) = name else { continue };
        if let Some(wait) = limit.count(ctx, &limit.key(ctx, &name)).await? {
            return Err(issues::too_many_codes(wait));
        }
    }
    let digits = format!("{:06}", u32::from_be_bytes(ctx.random::<4>()) % 1_000_000);
    let id: kernel::Id<Fresh> = ctx.id();
    let hidden = data_encoding::HEXLOWER.encode(&ctx.random::<16>());
    let stored = if matches!(send, Send::Code) { digits.as_str() } else { hidden.as_str() };
    let row = tables::code::CodeRow {
        id: id.to_vec(),
        code_hash: code_hash(ctx, purpose, contact, stored),
        payload: ctx.keys().seal_text("one_time_code", "payload", &id.to_vec(), payload),
        tries: 0,
    };
    let message = notice::to(ctx, contact, format!("code-{id}"), &text(ctx.lang(), send, &digits));
    Ok(Fresh { purpose, contact: contact.hash(ctx.keys()), row, until: ctx.now().plus_minutes(MINUTES), message })
}

fn text(lang: Lang, send: &Send, digits: &str) -> String {
    match send {
        Send::Code | Send::Nothing => lang.pick(
            format!("验证码 {digits}，{MINUTES} 分钟内有效。请勿告诉他人。"),
            format!("Your code is {digits}. It is good for {MINUTES} minutes. Tell nobody."),
        ),
        Send::Hint { zh, en } => lang.pick(*zh, *en).to_owned(),
    }
}

/// Writes the code, and the message unless nobody is there.
pub(crate) async fn put(tx: &Tx, ctx: &Ctx, fresh: &Fresh, send: bool) -> Result<()> {
    tables::code::put(tx, fresh.purpose.code(), &fresh.contact, &fresh.row, fresh.until).await?;
    if send {
        outbox::put(tx, ctx, fresh.message.clone()).await?;
    }
    Ok(())
}

/// A code that was typed right and waits to be used up in the transaction of what it is for.
#[derive(Clone)]
pub(crate) struct Right {
    id: Vec<u8>,
    /// What waited for it.
    pub(crate) payload: String,
}

/// Compares what was typed. A wrong code is counted; after five the code is worth nothing.
///
/// # Errors
/// The same refusal for a wrong, an expired, a used code, and for one that was never sent.
pub(crate) async fn check(ctx: &Ctx, purpose: For, contact: &Contact, typed: &str) -> Result<Right> {
    let hash = contact.hash(ctx.keys());
    let Some(row) = tables::code::find(ctx.db(), purpose.code(), &hash, ctx.now()).await? else {
        return Err(issues::wrong_code().into());
    };
    let right = row.tries < MOST_TRIES && row.code_hash == code_hash(ctx, purpose, contact, &kernel::text::code(typed));
    if !right {
        let id = row.id.clone();
        ctx.db()
            .write(|tx| {
                let id = id.clone();
                async move { tables::code::count_try(&tx, &id, MOST_TRIES).await }
            })
            .await?;
        return Err(issues::wrong_code().into());
    }
    let payload = ctx.keys().open_text("one_time_code", "payload", &row.id, &row.payload).map_err(Error::internal)?;
    Ok(Right { id: row.id, payload })
}

/// Uses the code up in the transaction of what it is for.
pub(crate) async fn take(tx: &Tx, right: &Right) -> Result<()> {
    if tables::code::take(tx, &right.id).await? { Ok(()) } else { Err(issues::wrong_code().into()) }
}

fn code_hash(ctx: &Ctx, purpose: For, contact: &Contact, code: &str) -> Vec<u8> {
    ctx.keys().hash(Purpose::Token, &format!("{}:{}:{code}", purpose.code(), contact.as_str()))
}
