//! A block to fill, commented, below what the register holds: not a byte of the rest changes.

use super::exchange_model::DataExchange;
use super::exchange_words::ExchangeSide;
use crate::base::day::Day;
use crate::convention::convention_words::ClosedWord;

/// What is known of a new exchange.
pub(crate) struct NewExchange {
    /// Which way data go.
    pub side: ExchangeSide,
    /// Who asks; empty when not said.
    pub requester: String,
    /// Who holds them; empty when not said.
    pub holder: String,
    /// What is asked, in words.
    pub subject: String,
    /// Day of the request.
    pub day: Day,
}

const HEAD: &str = "# Registre des échanges de données de la convention (article 3 de l’avenant).
# Un bloc par échange. « observatoire echange verifier » dit ce qui manque, et à qui le demander.
# Aucun nom de personne : des fonctions et des services.
";

/// The text with a block more, and the id of the new exchange; `text` is empty where there is no file yet.
pub(crate) fn with_new_exchange(
    text: &str,
    known: &[DataExchange],
    new: &NewExchange,
) -> (String, String) {
    let id = next_id(known);
    let block = block(&id, new);
    let ends = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let added = block.replace('\n', ends);
    let mut whole = if text.is_empty() {
        HEAD.to_owned()
    } else {
        text.to_owned()
    };
    if !whole.ends_with('\n') {
        whole.push_str(ends);
    }
    whole.push_str(ends);
    whole.push_str(&added);
    (whole, id)
}

/// `E03` after `E02`, whatever lies between.
fn next_id(known: &[DataExchange]) -> String {
    let numbers = known.iter().filter_map(|exchange| {
        let digits = exchange.id.trim_start_matches(['E', 'e']);
        digits.parse::<u32>().ok()
    });
    format!("E{:02}", numbers.max().unwrap_or(0) + 1)
}

fn block(id: &str, new: &NewExchange) -> String {
    let quoted = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!(
        r#"[[echanges]]
id = "{id}"
sens = "{side}"                  # sortant : nous transmettons ; entrant : nous demandons
demandeur = {requester}
detenteur = {holder}
demande_le = "{day}"
objet = {subject}
finalite = ""                    # à quoi ces données serviront, en une phrase
base_legale = ""                 # par exemple : mission d’intérêt public (RGPD 6.1.e)
# La liste exacte, un champ par ligne. nature : agregee, pseudonymisee, personnelle, sante ; maille : structure, territoire.
# Champs de l’observatoire : I20, O2, axe:REL, critere:LIE-3, table:structures, table:paroles ; ce qu’il ne tient pas : autre:…
donnees = [
#  {{ champ = "I20", nature = "agregee", maille = "structure", effectif_min = 5 }},
]
# Tout ce qui n’est pas agrégé demande ces quatre avis avant l’accord. avis : oui, sous_reserve, non.
opportunite = {{ avis = "", motif = "", le = "", par = "" }}
faisabilite = {{ avis = "", motif = "", le = "", par = "" }}
conformite = {{ avis = "", motif = "", le = "", par = "", aipd = "" }}      # aipd : non_requise, a_mener, menee (santé : obligatoire)
dpo = {{ de = "detenteur", saisi_le = "", avis = "", recommandations = [], le = "" }}      # favorable, favorable_avec_reserves, defavorable
decision = {{ etat = "en_attente", motif = "", le = "" }}      # en_attente, accord, refus
registre = {{ inscrit_le = "", reference = "" }}
# conservation_mois = 24         # combien de temps qui reçoit les garde
# fin = "AAAA-MM-JJ"             # dernier jour où l’on transmet
"#,
        side = new.side.key(),
        requester = quoted(&new.requester),
        holder = quoted(&new.holder),
        day = new.day,
        subject = quoted(&new.subject),
    )
}
