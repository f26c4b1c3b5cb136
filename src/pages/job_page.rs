//! A long job: how far it is; where it leads once it ended.
#![expect(
    clippy::unnecessary_wraps,
    reason = "every page has the same signature"
)]

use serde_json::json;

use crate::base::error::Result;
use crate::pages::answer::{PageAnswer, SentBytes};
use crate::pages::page_ask::PageAsk;

/// Where the job stands; its end leads to what it made.
pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let job = asked.desk.jobs.state();
    let end = job.as_ref().and_then(|job| job.end.as_ref());
    if let Some(Ok(address)) = end {
        return Ok(PageAnswer::See(address.clone()));
    }
    let title = job
        .as_ref()
        .map_or("Travail en cours", |job| job.title.as_str());
    let content = json!({
        "en_cours": job.is_some() && end.is_none(),
        "erreur": end.and_then(|end| end.as_ref().err()),
        "etape": job.as_ref().map_or("", |job| job.step),
        "faits": job.as_ref().map_or(0, |job| job.done),
        "total": job.as_ref().map_or(0, |job| job.total),
    });
    asked.page("travail.html", title, "travail", content)
}

/// The same for the script, which asks again by itself.
pub(crate) fn state(asked: &PageAsk) -> Result<PageAnswer> {
    let job = asked.desk.jobs.state();
    let told = json!({
        "en_cours": job.as_ref().is_some_and(|job| job.end.is_none()),
        "etape": job.as_ref().map_or("", |job| job.step),
        "faits": job.as_ref().map_or(0, |job| job.done),
        "total": job.as_ref().map_or(0, |job| job.total),
    });
    let event = format!("retry: 500\ndata: {told}\n\n");
    Ok(PageAnswer::Bytes(SentBytes::shown(
        "text/event-stream",
        event,
    )))
}
