//! The French that is no template: what computing found, put into sentences where it is printed.
//! Nothing here computes; whoever computes holds numbers and reasons.
//!
//! | question | file |
//! |---|---|
//! | what the rules of the référentiel ask (« plus de 0,3 niveau ») | `rule_sentences` |
//! | why a line of a comparison reads as it does | `comparison_reasons` |
//! | what questionnaires (alpha under 0.6) and trainees are worth | `reliability_words` |
//! | what is said where a figure changed its source | `source_breaks` |
//! | « en hausse », « plutôt en hausse », « on ne sait pas encore » | `verdict_words` |
//! | what a territory's own layer changes, and which comparisons it costs | `layer_sentences` |
//! | what a critère is about for a parent; which actions families may read as they are | `family_words` |
//! | the carte d’identité of an accueil, line by line | `identity_words` |
//! | why a practice is worth a visit | `practice_words` |
//! | what a collection would show, and what to add to it | `power_words` |

pub(crate) mod comparison_reasons;
pub(crate) mod family_words;
pub(crate) mod identity_words;
pub(crate) mod layer_sentences;
pub(crate) mod power_words;
pub(crate) mod practice_words;
pub(crate) mod reliability_words;
pub(crate) mod rule_sentences;
pub(crate) mod source_breaks;
pub(crate) mod verdict_words;
