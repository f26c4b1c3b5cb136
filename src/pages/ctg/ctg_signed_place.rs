//! **CTG**, which of the two conventions a page is about, where it is, what it is called.

use crate::actions::ctg_convention::WrittenConvention;
use crate::base::error::{Error, Result};
use crate::base::text::in_address;
use crate::pages::page_ask::PageAsk;

const HERE: &str = "/ctg/convention";
/// Part of an address, and field of a form, that means the convention that could come next.
const NEXT: &str = "prochaine";

/// Which convention an address or a form means.
pub(super) fn which(asked: &PageAsk) -> Result<WrittenConvention> {
    match (asked.part("laquelle"), asked.field("fichier")) {
        ("", "") => Ok(WrittenConvention::Signed),
        (NEXT, _) | (_, NEXT) => Ok(WrittenConvention::Next),
        _ => Err(Error::Usage("Cette page n’existe pas.".to_owned())),
    }
}

/// As a form names it.
pub(super) fn word(which: WrittenConvention) -> &'static str {
    match which {
        WrittenConvention::Signed => "",
        WrittenConvention::Next => NEXT,
    }
}

/// Its page.
pub(super) fn address(which: WrittenConvention) -> String {
    match which {
        WrittenConvention::Signed => HERE.to_owned(),
        WrittenConvention::Next => format!("{HERE}/{NEXT}"),
    }
}

/// The form of one of its blocks.
pub(super) fn block_address(which: WrittenConvention, id: &str) -> String {
    format!("{}?bloc={}", address(which), in_address(id, ""))
}

/// What its page is called.
pub(super) fn title(which: WrittenConvention) -> &'static str {
    match which {
        WrittenConvention::Signed => "Ce qui a été signé",
        WrittenConvention::Next => "La convention qui pourrait suivre",
    }
}
