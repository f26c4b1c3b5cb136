//! **CTG**, exchanges of data: who asks whom for what, where each stands, what is missing and who must give it; a new one.

use serde_json::{Value, json};

use super::TAB;
use crate::actions::echanges::{ExchangeList, lay_exchange, list_exchanges};
use crate::actions::exporter_echange::{ExchangeRequest, send_exchange, usual_place};
use crate::base::error::{Error, Result};
use crate::base::tabular::FileFormat;
use crate::base::text::count;
use crate::campaign::today;
use crate::convention::{
    ClosedWord, DataExchange, EXCHANGES_FILE, ExchangeSide, ExchangeStanding, NewExchange,
};
use crate::pages::answer::PageAnswer;
use crate::pages::choices_offered::{campaigns, remarks};
use crate::pages::page_ask::PageAsk;

const HERE: &str = "/ctg/echanges";

pub(crate) fn show(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let list = list_exchanges(&opened, None)?;
    let sides = ExchangeSide::ALL
        .iter()
        .map(|s| json!({ "code": s.key(), "mot": s.label() }));
    let content = json!({
        "fichier": EXCHANGES_FILE,
        "echanges": list.exchanges.iter().map(|e| line(&list, e)).collect::<Vec<_>>(),
        "sens": sides.collect::<Vec<_>>(),
        "campagnes": campaigns(&opened),
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
        "part": exchange.side == ExchangeSide::Outgoing && exchange.standing(list.day) == ExchangeStanding::Agreed,
        "transmis": if sent == 0 { String::new() } else { count(sent, "transmission", "transmissions") },
    })
}

/// A block more in the register, to be filled in.
pub(crate) fn add(asked: &PageAsk) -> Result<PageAnswer> {
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

/// What an exchange agreed on sends, written to be handed over; what may not leave is refused with who must give what.
pub(crate) fn send(asked: &PageAsk) -> Result<PageAnswer> {
    let opened = asked.open()?;
    let id = asked.needed("id", "l’échange")?;
    let format = match asked.needed("format", "la forme du fichier")? {
        "xlsx" => FileFormat::Xlsx,
        "csv" => FileFormat::Csv,
        other => {
            return Err(Error::Usage(format!(
                "« {other} » n’est pas une forme de fichier."
            )));
        }
    };
    let request = ExchangeRequest {
        exchange: id.to_owned(),
        fields: Vec::new(),
        campaign: Some(asked.field("campagne"))
            .filter(|c| !c.is_empty())
            .map(str::to_owned),
        out: Some(usual_place(&opened, id, format)),
        format,
        date: None,
    };
    let sent = send_exchange(&opened, &request)?;
    let hidden = match sent.hidden {
        0 => String::new(),
        n => format!(", dont {}", count(n, "chiffre masqué", "chiffres masqués")),
    };
    let elsewhere = match sent.elsewhere.as_slice() {
        [] => String::new(),
        all => format!(" L’observatoire ne tient pas : {}.", all.join(", ")),
    };
    let said = format!(
        "{id} : {}{hidden}. Le fichier, ce qu’il est (LISEZMOI) et ses empreintes sont dans « Ce qui est écrit ». L’envoi est au registre des transmissions.{elsewhere}",
        count(sent.lines, "ligne à transmettre", "lignes à transmettre")
    );
    asked.done("/ctg/documents#ecrits", &said)
}
