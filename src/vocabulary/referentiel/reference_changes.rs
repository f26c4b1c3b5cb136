//! What changed in a référentiel since answers were read with it, élément by élément: a sentence that is no more the one
//! that was asked, an élément that is gone with its answers, a new one that nobody was asked.

use super::model::{Element, Referentiel};

/// What became of an élément.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ElementChange {
    /// It asks something else: as it was asked, as it is written now.
    Reworded {
        /// Its code.
        code: String,
        /// What people answered.
        then: String,
        /// What is printed now.
        now: String,
    },
    /// Its answers mean something else: another scale, direction, anchors.
    Rescaled {
        /// Its code.
        code: String,
    },
    /// It is gone: its answers count nowhere.
    Gone {
        /// Its code.
        code: String,
        /// What people answered.
        then: String,
    },
    /// Nobody was asked.
    New {
        /// Its code.
        code: String,
    },
}

impl ElementChange {
    /// The élément.
    pub fn code(&self) -> &str {
        match self {
            Self::Reworded { code, .. }
            | Self::Rescaled { code }
            | Self::Gone { code, .. }
            | Self::New { code } => code,
        }
    }

    /// What a person reads.
    pub fn sentence(&self) -> String {
        match self {
            Self::Reworded { code, then, now } => {
                format!("{code} demandait « {then} », et dit maintenant « {now} »")
            }
            Self::Rescaled { code } => format!("{code} se répond sur une autre échelle"),
            Self::Gone { code, then } => {
                format!("{code} (« {then} ») a disparu : ses réponses ne comptent plus")
            }
            Self::New { code } => format!("{code} est nouveau : personne n’y a répondu"),
        }
    }
}

impl Referentiel {
    /// What changed since an earlier text of it, what was asked first.
    pub fn changes_since(&self, then: &Self) -> Vec<ElementChange> {
        let mut changes = Vec::new();
        for before in &then.elements {
            let code = before.code.clone();
            let Some(now) = self.element(&code).map(|e| &self.elements[e]) else {
                let then = before.label.clone();
                changes.push(ElementChange::Gone {
                    code,
                    then: then.to_string(),
                });
                continue;
            };
            if now.label != before.label {
                changes.push(ElementChange::Reworded {
                    code,
                    then: before.label.to_string(),
                    now: now.label.to_string(),
                });
            } else if !self.answers_alike(now, then, before) {
                changes.push(ElementChange::Rescaled { code });
            }
        }
        let is_new = |e: &&Element| then.element(&e.code).is_none();
        let new = self.elements.iter().filter(is_new);
        changes.extend(new.map(|e| ElementChange::New {
            code: e.code.clone(),
        }));
        changes
    }

    /// Whether an answer to both is worth the same.
    fn answers_alike(&self, now: &Element, then: &Self, before: &Element) -> bool {
        let [own, other] = [&self.scales[now.scale], &then.scales[before.scale]];
        let same_words = own.modalities.iter().eq(&other.modalities);
        same_words
            && now.negative == before.negative
            && now.anchors == before.anchors
            && now.headcount == before.headcount
            && now.don == before.don
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vocabulary::referentiel::{embedded, parse};

    #[test]
    fn what_changed_is_told_element_by_element() {
        let then = parse("v2", embedded()).expect("the shipped one");
        assert_eq!(then.changes_since(&then), []);
        let edited = embedded()
            .replace(
                "Un adulte salue par son prénom l’enfant qui arrive.",
                "Un adulte salue l’enfant.",
            )
            .replace("REL-2-OBS-1", "REL-2-OBS-9")
            .replacen(
                "label = \"Le plus souvent\", alias = [\"Souvent\"], niveau = 3",
                "label = \"Souvent\", niveau = 3",
                1,
            );
        let now = parse("v2", &edited).expect("still one");
        let changes = now.changes_since(&then);
        let of = |code: &str| {
            changes
                .iter()
                .find(|c| c.code() == code)
                .map(ElementChange::sentence)
        };
        assert!(
            of("REL-1-OBS-1")
                .is_some_and(|s| s.contains("dit maintenant « Un adulte salue l’enfant. »"))
        );
        assert!(of("REL-2-OBS-1").is_some_and(|s| s.contains("a disparu")));
        assert!(of("REL-2-OBS-9").is_some_and(|s| s.contains("est nouveau")));
        assert!(of("REL-2-OBS-2").is_some_and(|s| s.contains("autre échelle")));
        assert_eq!(of("SEC-7-OBS-1"), None);
    }
}
