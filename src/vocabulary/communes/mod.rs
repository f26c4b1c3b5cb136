//! EPCI and communes of France, by their names: one dated list, embedded (Licence Ouverte 2.0; `packaging/decoupage.py`
//! makes it again).
//!
//! | question | file |
//! |---|---|
//! | the list: EPCI, their communes and populations, communes of before | `official_list` |
//! | which EPCI does a typed name lead to? | `epci_search` |
//! | what is a written commune: of the territory, of another, of before, several? | `commune_lookup` |

mod commune_lookup;
mod epci_search;
mod official_list;

pub(crate) use commune_lookup::{CommuneReading, read_commune};
pub(crate) use epci_search::{EpciFound, find_epci, search_epci};
pub(crate) use official_list::{Epci, LIST_YEAR, OfficialCommune, official_list};
