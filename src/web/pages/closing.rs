//! « Quitter l’observatoire »: the program stops once this page has left, and what is being written is written.

use serde_json::json;

use crate::base::error::Result;
use crate::web::answer::PageAnswer;
use crate::web::page_ask::PageAsk;

pub(in crate::web) fn close(asked: &PageAsk) -> Result<PageAnswer> {
    asked.desk.life.close();
    asked.page(
        "ferme.html",
        "À bientôt",
        "",
        json!({ "travail": asked.desk.jobs.is_running() }),
    )
}
