//! Telling the holder that a licence can be taken.

use ::notices::{Notice, To, Topic, tell};
use ::store::Tx;
use kernel::Text;
use platform::{Ctx, Error, PersonId, Result};

use crate::model::EntryId;
use crate::store::entry::ToMake;

/// The file is there. What it is a certificate of stands on the page alone: outside it, who issued it.
pub(crate) async fn ready(tx: &Tx, ctx: &Ctx, id: EntryId, row: &ToMake) -> Result<()> {
    let Some(person) = row.holder_person.clone() else { return Ok(()) };
    let person = PersonId::try_from(person).map_err(Error::internal)?;
    let body = Text::new(
        format!("您的{}已制作完成，可以查看、下载，也可以向别人出示。", row.type_zh),
        format!("Your certificate ({}) is ready: see it, download it or show it to others.", row.type_en),
    );
    let notice = Notice::new(To::Person(person), Topic::Certificate, format!("licence-ready-{id}"), Text::fixed("电子证照已制作完成", "Your electronic certificate is ready"), body)
        .discreet(Text::same(row.issuer_name.clone()))
        .link("/me/certificates");
    tell(tx, ctx, notice).await
}
