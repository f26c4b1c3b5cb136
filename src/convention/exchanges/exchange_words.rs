//! The closed words of an exchange of data.

use crate::convention::convention_words::{ClosedWord, closed_words};

closed_words! {
    /// Which way data go.
    ExchangeSide {
        Outgoing "sortant" "sortant (nous transmettons)";
        Incoming "entrant" "entrant (nous demandons)";
    }
}

closed_words! {
    /// How near to persons data are.
    DataNature {
        Aggregated "agregee" "agrégée";
        Pseudonymous "pseudonymisee" "pseudonymisée";
        Personal "personnelle" "personnelle";
        Health "sante" "de santé";
    }
}

closed_words! {
    /// What someone thinks of an exchange.
    OpinionWord {
        Yes "oui" "oui";
        WithReserve "sous_reserve" "oui, sous réserve";
        No "non" "non";
    }
}

closed_words! {
    /// What the délégué à la protection des données says.
    DpoWord {
        Favourable "favorable" "favorable";
        WithReserves "favorable_avec_reserves" "favorable avec réserves";
        Unfavourable "defavorable" "défavorable";
    }
}

closed_words! {
    /// Whether the consequences for persons were studied (RGPD, art. 35).
    ImpactStudy {
        NotNeeded "non_requise" "non requise";
        Due "a_mener" "à mener";
        Done "menee" "menée";
    }
}

closed_words! {
    /// What was decided.
    DecisionWord {
        Waiting "en_attente" "en attente";
        Agreed "accord" "accord";
        Refused "refus" "refus";
    }
}
