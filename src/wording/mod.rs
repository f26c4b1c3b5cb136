//! The French that is no template: what computing found, put into sentences where it is printed.
//! Nothing here computes; whoever computes holds numbers and reasons.
//!
//! | what is said | file |
//! |---|---|
//! | what the rules of the référentiel ask | `rule_sentences` |

pub(crate) mod rule_sentences;
