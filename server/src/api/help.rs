//! Questions and answers, for programs: those that the help, the guides and the search show.

use axum::{Json, extract::Path};
use catalog::model::Faq;
use catalog::ops::{self, Topic};
use kernel::Text;
use platform::Error;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use super::{ApiAnswer, Caller};
use crate::http::{Access, Routes};

#[derive(OpenApi)]
#[openapi(paths(topics, question), components(schemas(TopicsBody, TopicBody, QuestionBody)))]
pub(crate) struct Doc;

pub(crate) fn routes() -> Routes {
    Routes::new().get("/api/v1/help", Access::Anyone, topics).get("/api/v1/help/{basic}/{key}", Access::Anyone, question)
}

/// All topics.
#[derive(Debug, Serialize, ToSchema)]
struct TopicsBody {
    /// The topics, by the code of their item.
    topics: Vec<TopicBody>,
}

/// The questions of one item.
#[derive(Debug, Serialize, ToSchema)]
struct TopicBody {
    /// 基本编码.
    #[schema(example = "000711001001")]
    basic_code: String,
    /// Name of the item in Chinese.
    name_zh: String,
    /// The same in English.
    name_en: String,
    /// Id of the version that answers.
    version_id: String,
    /// The questions.
    questions: Vec<QuestionBody>,
}

/// A question with its answer.
#[derive(Debug, Serialize, ToSchema)]
struct QuestionBody {
    /// Its key within the item.
    #[schema(example = "booking")]
    key: String,
    /// The question in Chinese.
    question_zh: String,
    /// The same in English.
    question_en: String,
    /// The answer in Chinese.
    answer_zh: String,
    /// The same in English.
    answer_en: String,
    /// Law and article, in Chinese.
    basis_zh: Option<String>,
    /// The same in English.
    basis_en: Option<String>,
    /// Steps of forms beside which it stands: `booking`, `party`, `application`, `agreement`, `statement`, `second_visit`.
    steps: Vec<String>,
    /// Address of its page on this site.
    #[schema(example = "/help/000711001001/booking")]
    page: String,
}

fn both(text: &Text) -> (String, String) {
    (text.zh.to_string(), text.en.to_string())
}

impl QuestionBody {
    fn new(basic_code: &str, faq: &Faq) -> Self {
        let ((question_zh, question_en), (answer_zh, answer_en)) = (both(&faq.q), both(&faq.a));
        let (basis_zh, basis_en) = faq.basis.as_ref().map(both).unzip();
        let steps = faq.steps.iter().map(|step| step.code().to_owned()).collect();
        let page = ui::url::question(basic_code, &faq.key);
        Self { key: faq.key.clone(), question_zh, question_en, answer_zh, answer_en, basis_zh, basis_en, steps, page }
    }
}

impl From<Topic> for TopicBody {
    fn from(topic: Topic) -> Self {
        let (name_zh, name_en) = both(&topic.item.version.elements.name);
        let questions = topic.questions.iter().map(|faq| QuestionBody::new(&topic.item.basic_code, faq)).collect();
        Self { name_zh, name_en, version_id: topic.item.version.id.to_string(), questions, basic_code: topic.item.basic_code }
    }
}

/// Every question of the region that is served, by topic.
#[utoipa::path(get, path = "/api/v1/help", tag = "help", responses((status = 200, body = TopicsBody)))]
async fn topics(caller: Caller) -> ApiAnswer<TopicsBody> {
    let topics = ops::topics(caller.ctx()).await?;
    Ok(Json(TopicsBody { topics: topics.into_iter().map(TopicBody::from).collect() }))
}

/// One question.
#[utoipa::path(get, path = "/api/v1/help/{basic}/{key}", tag = "help",
    params(("basic" = String, Path, description = "基本编码, 12 digits"), ("key" = String, Path, description = "Key of the question within the item")),
    responses((status = 200, body = QuestionBody)))]
async fn question(caller: Caller, Path((basic, key)): Path<(String, String)>) -> ApiAnswer<QuestionBody> {
    let topic = ops::topic(caller.ctx(), &basic).await?;
    let faq = topic.question(&key).ok_or(Error::NotFound)?;
    Ok(Json(QuestionBody::new(&topic.item.basic_code, faq)))
}
