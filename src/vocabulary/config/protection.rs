//! Whom to call when a child is in danger: local numbers that a territory writes once, national ones that are
//! known (119: CASF L.226-6; 17 and 112: numbers of emergency).

use serde::{Deserialize, Serialize};

use crate::base::error::{Error, Result};

/// `[protection]` of the settings. A local number that nobody wrote is empty, and left to be written by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProtectionNumbers {
    /// On-call number of the organiser.
    pub organisateur: String,
    /// Service of the State for youth (SDJES).
    pub sdjes: String,
    /// Cell of the département that collects worrying information (CRIP).
    pub crip: String,
    /// Childhood in danger.
    pub enfance_en_danger: String,
    /// Police and gendarmerie.
    pub police: String,
    /// Emergencies.
    pub urgences: String,
}

impl Default for ProtectionNumbers {
    fn default() -> Self {
        Self {
            organisateur: String::new(),
            sdjes: String::new(),
            crip: String::new(),
            enfance_en_danger: "119".to_owned(),
            police: "17".to_owned(),
            urgences: "112".to_owned(),
        }
    }
}

/// A number and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProtectionNumber<'a> {
    /// Key of the settings.
    pub key: &'static str,
    /// Whose it is, as people say it.
    pub label: &'static str,
    /// The number, with what is written beside it; empty when nobody wrote it.
    pub number: &'a str,
}

impl ProtectionNumbers {
    /// All of them, in the order in which they are called.
    pub fn all(&self) -> [ProtectionNumber<'_>; 6] {
        let number = |key, label, number| ProtectionNumber { key, label, number };
        [
            number(
                "urgences",
                "Danger immédiat, toutes urgences",
                self.urgences.as_str(),
            ),
            number(
                "police",
                "Danger immédiat, police ou gendarmerie",
                &self.police,
            ),
            number(
                "enfance_en_danger",
                "Enfance en danger, jour et nuit, gratuit",
                &self.enfance_en_danger,
            ),
            number("organisateur", "Organisateur", &self.organisateur),
            number("sdjes", "SDJES", &self.sdjes),
            number("crip", "Cellule départementale (CRIP)", &self.crip),
        ]
    }

    /// Those that are known, as one sentence.
    pub fn line(&self) -> String {
        let all = self.all();
        let known = all.iter().filter(|n| !n.number.is_empty());
        let known: Vec<String> = known
            .map(|n| format!("{} : {}", n.label, n.number))
            .collect();
        format!("{}.", known.join(" ; "))
    }

    /// Refuses what is no number to call.
    ///
    /// # Errors
    ///
    /// A number without a digit; a national one that was emptied.
    pub(super) fn check(&self, name: &str) -> Result<()> {
        for ProtectionNumber { key, number, .. } in self.all() {
            let is_local = matches!(key, "organisateur" | "sdjes" | "crip");
            if number.is_empty() && is_local {
                continue;
            }
            if !number.contains(|c: char| c.is_ascii_digit()) {
                return Err(Error::Config(format!(
                    "{name} : protection.{key} = « {number} » : un numéro à appeler a au moins un chiffre. Écrivez le numéro du service, sans nom de personne."
                )));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_called_is_refused() {
        let with = |numbers: ProtectionNumbers| numbers.check("observatoire.toml");
        assert!(with(ProtectionNumbers::default()).is_ok());
        let own = ProtectionNumbers {
            sdjes: "02 00 00 00 00 (jour)".to_owned(),
            ..ProtectionNumbers::default()
        };
        assert!(with(own).is_ok());
        let named = ProtectionNumbers {
            crip: "la cellule".to_owned(),
            ..ProtectionNumbers::default()
        };
        let said = with(named).expect_err("no digit").to_string();
        assert!(said.contains("protection.crip"), "{said}");
        let emptied = ProtectionNumbers {
            police: String::new(),
            ..ProtectionNumbers::default()
        };
        assert!(with(emptied).is_err());
    }
}
