//! « Quitter l’observatoire »: the program stops once this page has left, and what is being written is written.

use serde_json::json;

use crate::base::error::Result;
use crate::pages::answer::PageAnswer;
use crate::pages::page_ask::PageAsk;

pub(crate) fn close(asked: &PageAsk) -> Result<PageAnswer> {
    asked.desk.host.close();
    asked.page(
        "ferme.html",
        "À bientôt",
        "",
        json!({ "travail": asked.desk.jobs.is_running() }),
    )
}
