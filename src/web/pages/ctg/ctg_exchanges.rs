//! **CTG**, exchanges of data: who asks whom for what, where each stands, what is missing and who must give it; a new one.

use serde_json::{Value, json};

use super::TAB;
use crate::actions::echanges::{ExchangeList, lay_exchange, list_exchanges};
use crate::base::error::{Error, Result};
use crate::base::text::count;
use crate::campaign::today;
use crate::convention::{ClosedWord, DataExchange, EXCHANGES_FILE, ExchangeSide, NewExchange};
use crate::web::answer::PageAnswer;
use crate::web::page_ask::PageAsk;
use crate::web::pages::choices_offered::remarks;

const HERE: &str = "/ctg/echanges";

pub(in crate::web) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let list = list_exchanges(&opened, None)?;
    let sides = ExchangeSide::ALL
        .iter()
        .map(|s| json!({ "code": s.key(), "mot": s.label() }));
    let content = json!({
        "fichier": EXCHANGES_FILE,
        "echanges": list.exchanges.iter().map(|e| line(&list, e)).collect::<Vec<_>>(),
        "sens": sides.collect::<Vec<_>>(),
        "remarques": remarks(&list.diagnostics),
    });
    asked.page("ctg_echanges.html", "Échanges de données", TAB, content)
}

fn line(list: &ExchangeList, exchange: &DataExchange) -> Value {
    let lacks = exchange.lacks().into_iter().map(|lack| lack.sentence());
    let sent = list.sent_under(&exchange.id).count();
    json!({
        "id": exchange.id, "sens": exchange.side.label(), "demandeur": exchange.requester, "detenteur": exchange.holder,
        "objet": exchange.subject, "etat": exchange.standing(list.day).label(),
        "manque": lacks.collect::<Vec<_>>(),
        "transmis": if sent == 0 { String::new() } else { count(sent, "transmission", "transmissions") },
    })
}

/// A block more in the register, to be filled in.
pub(in crate::web) fn add(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let wanted = asked.needed("sens", "le sens de l’échange")?;
    let side = ExchangeSide::ALL.iter().find(|s| s.key() == wanted);
    let new = NewExchange {
        side: *side
            .ok_or_else(|| Error::Usage(format!("« {wanted} » n’est pas un sens d’échange.")))?,
        requester: asked.needed("demandeur", "qui demande")?.to_owned(),
        holder: asked
            .needed("detenteur", "qui détient les données")?
            .to_owned(),
        subject: asked.needed("objet", "ce qui est demandé")?.to_owned(),
        day: today(),
    };
    let laid = lay_exchange(&opened, &new)?;
    let said = format!(
        "{} est au registre ({EXCHANGES_FILE}). Ce qui lui manque, et qui doit le donner, est dit ci-dessous ; il se complète dans ce fichier.",
        laid.id
    );
    asked.done(HERE, &said)
}
