//! The register of exchanges of data, `ctg/echanges.toml`: who asks what of whom, what was said of it, what is missing
//! before anything leaves (`docs/ctg.md` §6).
//!
//! | question | file |
//! |---|---|
//! | an exchange | `exchange_model`; its closed words: `exchange_words` |
//! | how is the file read | `exchange_file`; as it is written: `exchange_raw` |
//! | – what may be asked of the observatory | `exchanged_field` |
//! | – dates and words that do not hold together | `exchange_checks` |
//! | what is missing, and who must give it | `exchange_lacks` |
//! | what was sent, and when | `transmissions` |
//! | a block to fill, below what is there | `exchange_draft` |

mod exchange_checks;
mod exchange_draft;
mod exchange_file;
mod exchange_lacks;
mod exchange_model;
mod exchange_raw;
mod exchange_words;
mod exchanged_field;
mod transmissions;

pub(crate) use exchange_draft::{NewExchange, with_new_exchange};
pub(crate) use exchange_file::exchanges_among;
pub use exchange_file::{load_exchanges, parse_exchanges};
pub use exchange_lacks::{ExchangeLack, ExchangeStanding};
pub use exchange_model::{
    DataExchange, DpoOpinion, EXCHANGES_FILE, ExchangeDecision, ExchangeOpinion, ExchangedData,
    RegisterEntry,
};
pub use exchange_words::{
    DataNature, DecisionWord, DpoWord, ExchangeSide, ImpactStudy, OpinionWord,
};
pub use exchanged_field::{ExchangedField, ExchangedTable};
pub use transmissions::{Transmission, transmissions};
