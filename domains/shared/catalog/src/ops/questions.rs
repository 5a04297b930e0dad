//! 常见问题: the questions of the items that are offered, for the help, for the steps of forms and for the search.
//!
//! Every implementation of an item may answer for itself; the help shows the one nearest to the whole region that is served.

use platform::{Ctx, Error, Result};

use super::{find_any, list, nearest};
use crate::model::{Faq, FormStep, ItemView};

/// An item with its questions: a topic of the help.
#[derive(Debug, Clone)]
pub struct Topic {
    /// The item.
    pub item: ItemView,
    /// Its questions that have an address of their own.
    pub questions: Vec<Faq>,
}

impl Topic {
    fn of(item: ItemView) -> Option<Self> {
        let questions: Vec<Faq> = item.version.elements.faq.iter().filter(|faq| !faq.key.is_empty()).cloned().collect();
        (!questions.is_empty()).then_some(Self { item, questions })
    }

    /// The question with this key.
    pub fn question(&self, key: &str) -> Option<&Faq> {
        self.questions.iter().find(|faq| faq.key == key)
    }
}

/// Every topic of the region that is served, by the code of its item.
///
/// # Errors
/// Only those of the database.
pub async fn topics(ctx: &Ctx) -> Result<Vec<Topic>> {
    match list(ctx, &ctx.settings().region).await {
        Ok(items) => Ok(items.into_iter().filter_map(Topic::of).collect()),
        Err(Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// The topic of one basic item.
///
/// # Errors
/// `NotFound` where nobody offers the item, or it has no questions.
pub async fn topic(ctx: &Ctx, basic_code: &str) -> Result<Topic> {
    Topic::of(nearest(ctx, &ctx.settings().region, basic_code).await?).ok_or(Error::NotFound)
}

/// The questions that stand beside these steps of a form, as the item with this code (of either layer) answers them today. None where the
/// item is not in force.
///
/// # Errors
/// Only those of the database.
pub async fn beside(ctx: &Ctx, code: &str, steps: &[FormStep]) -> Result<Option<Topic>> {
    let item = match find_any(ctx, code).await {
        Ok(item) => item,
        Err(Error::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let topic = Topic::of(item).map(|mut topic| {
        topic.questions.retain(|faq| faq.steps.iter().any(|step| steps.contains(step)));
        topic
    });
    Ok(topic.filter(|topic| !topic.questions.is_empty()))
}
