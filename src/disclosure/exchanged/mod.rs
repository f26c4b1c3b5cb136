//! What may leave under an exchange of data: never more than what reports to élus and to partners already tell, less what
//! is under the least number agreed on.
//!
//! | question | file |
//! |---|---|
//! | which figures of what two audiences are told; open answers, screened | `clear_exchange` |
//! | – what is hidden besides, so that no total gives it back | `small_groups` |

mod clear_exchange;
mod small_groups;

pub(crate) use clear_exchange::{
    AgreedFigure, ClearedExchange, ExchangedFigure, ExchangedWords, SaidWords, clear_exchange,
    clear_said,
};
