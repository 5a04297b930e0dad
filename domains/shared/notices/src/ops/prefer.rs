//! Which topics a citizen wants by which channel, and whether the night is quiet.

use kernel::Issues;
use platform::{AccountId, Ctx, Error, Result, audit};

use crate::model::Channel;
use crate::store::preferences as table;
use crate::topics::Topic;
use crate::issues;

/// What holds for one topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TopicChoice {
    /// The topic.
    pub topic: Topic,
    /// Short messages.
    pub sms: bool,
    /// Mails.
    pub mail: bool,
}

impl TopicChoice {
    /// Whether it goes out by this channel.
    pub fn by(&self, channel: Channel) -> bool {
        match channel {
            Channel::Sms => self.sms,
            Channel::Mail => self.mail,
        }
    }
}

/// What a citizen has chosen, or would have by default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preferences {
    /// Every topic of citizens.
    pub topics: Vec<TopicChoice>,
    /// Whether what can wait waits for the morning.
    pub quiet: bool,
}

/// What holds for the citizen who acts.
///
/// # Errors
/// `SignIn` for visitors; staff have their page alone, and nothing to choose.
pub async fn preferences(ctx: &Ctx) -> Result<Preferences> {
    let account = own_account(ctx)?;
    let chosen = table::all(ctx.db(), account).await?;
    let choice = |topic: Topic| {
        let facts = topic.facts();
        let usual = (facts.by(Channel::Sms), facts.by(Channel::Mail));
        let found = chosen.iter().find(|(code, _, _)| code == topic.code() && !facts.required).map(|(_, sms, mail)| (*sms, *mail));
        let (sms, mail) = found.unwrap_or(usual);
        TopicChoice { topic, sms, mail }
    };
    Ok(Preferences { topics: Topic::of_citizens().map(choice).collect(), quiet: !table::awake(ctx.db(), account).await? })
}

/// Keeps what the citizen who acts has chosen; topics that are absent stay as they are.
///
/// # Errors
/// `SignIn`; `E-N02` at each required topic that would be switched off.
pub async fn choose(ctx: &Ctx, chosen: Preferences) -> Result<()> {
    let account = own_account(ctx)?;
    let mut found = Issues::default();
    for choice in &chosen.topics {
        let facts = choice.topic.facts();
        let whole = Channel::ALL.into_iter().all(|channel| choice.by(channel) || !facts.by(channel));
        found.ensure(!facts.required || whole, || issues::required(choice.topic.code()));
    }
    found.finish()?;
    let wanted: Vec<_> = chosen.topics.iter().filter(|choice| !choice.topic.facts().required).copied().collect();
    let (now, quiet) = (ctx.now(), chosen.quiet);
    ctx.db()
        .write(|tx| {
            let (ctx, wanted) = (ctx.clone(), wanted.clone());
            async move {
                for choice in wanted {
                    table::put(&tx, account, choice.topic, [choice.sms, choice.mail]).await?;
                }
                table::set_quiet(&tx, account, quiet, now).await?;
                audit::record(&tx, &ctx, audit::Event::new("notices.choose", "account", account)).await
            }
        })
        .await
}

fn own_account(ctx: &Ctx) -> Result<AccountId> {
    ctx.actor().citizen().map(|citizen| citizen.account).ok_or(Error::SignIn)
}
