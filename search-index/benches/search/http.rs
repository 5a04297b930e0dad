//! The mix of questions to a program that serves, as browsers ask: the whole page of results, without JavaScript.

use ureq::Agent;

use crate::CLIENTS;
use crate::figures::{Timing, timed};
use crate::load::clients;
use crate::mix::Question;

/// Questions of each client.
const EACH: usize = 100;

/// Asks the instance at this address: one client first, then several at once. Its register is its own; the questions may find nothing.
pub(crate) fn asked(origin: &str, questions: &[Question]) -> Result<(), Box<dyn std::error::Error>> {
    // A proxy of the environment would be measured with it.
    let agent = || Agent::config_builder().proxy(None).build().new_agent();
    let one = agent();
    let mut largest = 0;
    let mut alone = Timing::default();
    for question in questions {
        let (page, took) = timed(|| page(&one, origin, question));
        largest = largest.max(page?.len());
        alone.add(took);
    }
    println!("through HTTP: {}, the largest page has {largest} bytes before compression", alone.told());
    let (together, took) = timed(|| clients(CLIENTS, |client| {
        let agent = agent();
        let mut timing = Timing::default();
        for n in 0..EACH {
            let (page, took) = timed(|| page(&agent, origin, &questions[(n * 7 + client * 131) % questions.len()]));
            page.expect("a page for every question");
            timing.add(took);
        }
        timing
    }));
    let rate = f64::from(u32::try_from(together.count())?) / took.as_secs_f64();
    println!("through HTTP, {CLIENTS} clients: {rate:.0} pages a second, {}", together.told());
    Ok(())
}

/// The page of results, filtered as the question is.
fn page(agent: &Agent, origin: &str, question: &Question) -> Result<Vec<u8>, ureq::Error> {
    let mut request = agent.get(format!("{origin}/search")).query("kind", "organization").query("q", &question.text);
    if let Some(province) = &question.province {
        request = request.query("region", province);
    }
    if let Some(kind) = question.kind {
        request = request.query("type", kind.to_string());
    }
    request.call()?.body_mut().read_to_vec()
}
