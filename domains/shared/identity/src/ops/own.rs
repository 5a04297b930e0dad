//! What this crate keeps about the citizen who asks, as his copy has it; and that the copy was taken.

use kernel::{Lang, Text};
use platform::own::Section;
use platform::{Ctx, Result, audit};

use super::{my_data, own_account};
use crate::store::token::Owner;
use crate::store as tables;

/// Account, documents, tokens, and everybody who looked.
///
/// # Errors
/// [`platform::Error::SignIn`] for whoever is no citizen.
pub async fn own_data(ctx: &Ctx) -> Result<Vec<Section>> {
    let mut data = my_data(ctx, None).await?;
    let text = |part: Option<String>| part.unwrap_or_default();
    let mut account = Section::new(
        "account",
        Text::fixed("账号", "Account"),
        &[("phone", "手机号", "Mobile number"), ("email", "电子邮箱", "E-mail"), ("level", "实名等级", "Level"), ("vouched_by", "核验方", "Vouched for by"), ("since", "开通", "Since"), ("lang", "语言", "Language")],
    );
    let contact = &data.contact;
    account.add(
        data.since.day(),
        [
            text(contact.phone.as_ref().map(|phone| phone.as_str().to_owned())),
            text(contact.email.as_ref().map(|email| email.as_str().to_owned())),
            data.level.to_string(),
            text(data.vouched_by.clone()),
            data.since.to_string(),
            contact.lang.code().to_owned(),
        ],
    );
    let mut documents = Section::new(
        "documents",
        Text::fixed("身份信息", "Identity"),
        &[("name", "姓名", "Name"), ("sex", "性别", "Sex"), ("birth", "出生日期", "Date of birth"), ("kind", "证件类型", "Kind of document"), ("country", "签发国家", "Country"), ("number", "证件号码", "Number")],
    );
    if let Some(person) = &data.person {
        for (kind, country, number) in &person.documents {
            let sex = person.sex.map(|sex| sex.text(Lang::Zh).to_string());
            documents.add(data.since.day(), [person.name.clone(), text(sex), text(person.birth.map(|day| day.to_string())), kind.clone(), country.clone(), number.clone()]);
        }
    }
    let mut tokens = Section::new("tokens", Text::fixed("个人令牌", "Personal tokens"), &[("name", "用途", "For"), ("created_at", "创建", "Made"), ("until", "有效期至", "Until")]);
    for token in tables::token::of_owner(ctx.db(), Owner::Citizen(own_account(ctx)?)).await? {
        tokens.add(token.created_at.day(), [token.name, token.created_at.to_string(), token.until.to_string()]);
    }
    let mut looks = Section::new(
        "looks",
        Text::fixed("谁看过或用过", "Who looked at or used it"),
        &[("at", "时间", "When"), ("who", "谁", "Who"), ("name", "姓名", "Name"), ("org", "单位", "Body"), ("action", "做了什么", "What"), ("reason", "事由", "Why")],
    );
    loop {
        for look in &data.looks {
            let org = look.org.as_ref().map(|org| org.zh.to_string());
            looks.add(look.at.day(), [look.at.to_string(), look.who.clone(), text(look.name.clone()), text(org), look.action.clone(), text(look.reason.clone())]);
        }
        match data.older {
            Some(before) => data = my_data(ctx, Some(before)).await?,
            None => return Ok(vec![account, documents, tokens, looks]),
        }
    }
}

/// Writes down that a citizen took his copy.
///
/// # Errors
/// [`platform::Error::SignIn`] for whoever is no citizen.
pub async fn copy_taken(ctx: &Ctx, kind: &'static str) -> Result<()> {
    let account = own_account(ctx)?;
    let person = ctx.actor().citizen().and_then(|citizen| citizen.person);
    let event = audit::Event::new("account.copy", "account", account).person(person).detail(serde_json::json!({ "kind": kind }));
    ctx.db()
        .write(|tx| {
            let (ctx, event) = (ctx.clone(), event.clone());
            async move { audit::record(&tx, &ctx, event).await }
        })
        .await
}

/// Whether the processing of what is kept about a person has stopped, because he closed his account: it is stored and nothing else.
///
/// # Errors
/// Only those of the database.
pub async fn only_stored(ctx: &Ctx, person: platform::PersonId) -> Result<bool> {
    tables::stored::is(ctx.db(), person).await
}
