//! The treatments that each agreed exchange of data makes, beside those of the observatory.

use super::treatments::Treatment;
use crate::base::text::list;
use crate::convention::{ClosedWord, DataExchange, DataNature, ExchangeSide};

/// An entry for each exchange that was agreed to.
pub(crate) fn exchange_treatments(exchanges: &[DataExchange]) -> Vec<Treatment> {
    let agreed = exchanges.iter().filter(|exchange| exchange.is_agreed());
    agreed.map(treatment).collect()
}

fn treatment(exchange: &DataExchange) -> Treatment {
    let outgoing = exchange.side == ExchangeSide::Outgoing;
    let fields = exchange.data.iter();
    let fields: Vec<String> = fields
        .map(|d| {
            format!(
                "{} (donnée {}, par {})",
                d.code,
                d.nature.label(),
                d.grain.label()
            )
        })
        .collect();
    let people = match (exchange.is_sensitive(), exchange.tells_of_health()) {
        (false, _) => "aucune personne prise une à une : des totaux",
        (true, false) => "personnes que ces données concernent",
        (true, true) => "personnes que ces données concernent, dont leur santé",
    };
    let kept = exchange.months.map_or_else(
        || "[à compléter]".to_owned(),
        |months| {
            format!(
                "{months}\u{a0}mois chez {}, puis détruites",
                exchange.requester
            )
        },
    );
    Treatment {
        code: format!("ECH-{}", exchange.id),
        name: format!("Échange de données : {}", exchange.subject),
        sources: &[],
        purpose: exchange.purpose.clone(),
        basis: exchange.basis.clone(),
        people: people.to_owned(),
        data: list(&fields),
        recipients: exchange.requester.clone(),
        retention: kept,
        measures: measures(exchange, outgoing),
    }
}

/// What this program does of an exchange, no more; the DPO's own words after.
fn measures(exchange: &DataExchange, outgoing: bool) -> String {
    let mut said = Vec::new();
    if outgoing {
        said.push("les seuls champs de la liste".to_owned());
        if exchange
            .data
            .iter()
            .any(|d| d.nature == DataNature::Aggregated)
        {
            said.push(
                "chiffres déjà diffusés dans les rapports, petits effectifs masqués".to_owned(),
            );
        }
        said.push("empreinte SHA-256 et date de chaque transmission au journal".to_owned());
    } else {
        said.push(format!("celles de {}, qui transmet", exchange.holder));
    }
    said.extend(
        exchange
            .dpo
            .advice
            .iter()
            .map(|a| format!("recommandation du DPO : {a}")),
    );
    said.join(" ; ")
}
