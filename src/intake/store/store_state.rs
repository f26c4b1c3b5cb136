//! What all manifests of a store add up to, in an order that depends only on their set: a manifest
//! comes after those that it had seen, then by name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::manifest::{ActionManifest, ImportManifest, StoreAction, TakenBack};
use super::purge_manifest::{PurgeRecord, PurgedPart, records, stand_ins, with_stand_ins};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::lineage::{Ancestry, Lineage};
use crate::base::text::list;

/// One run of `importer`, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Import {
    /// Its manifest.
    pub(crate) name: String,
    /// `I001`; followed by the start of its manifest's name where two machines gave the same one.
    pub(crate) label: String,
    /// Day of the run.
    pub(crate) date: Day,
    /// Machine that brought it; empty when it is not known.
    pub(crate) machine: String,
    /// Its place in the order of all actions.
    pub(super) rank: usize,
    /// What it brought.
    pub(crate) manifest: ImportManifest,
    /// Whether each file has been taken back.
    pub(crate) taken_back: Vec<bool>,
    /// What `purger` replaced by aggregates, if anything.
    pub(crate) purged: Option<PurgedPart>,
    /// What it had seen.
    pub(super) seen: Vec<String>,
}

impl Import {
    /// Whether some of it may still be visible.
    pub(crate) fn is_live(&self) -> bool {
        self.taken_back.iter().any(|t| !t)
    }

    /// « I002 (12/05/2026, poste PC-ACCUEIL) ».
    pub(crate) fn described(&self) -> String {
        let day = self.date.short();
        if self.machine.is_empty() {
            format!("{} ({day})", self.label)
        } else {
            format!("{} ({day}, poste {})", self.label, self.machine)
        }
    }

    /// What to do when one of its files is damaged.
    pub(super) fn remedy(&self) -> String {
        if let Some(purged) = &self.purged {
            return format!(
                "Il fait partie de l’import {}, dont des réponses ont été purgées le {} et ne permettent pas de le refaire. Remettez-le depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente.",
                self.label,
                purged.date.short()
            );
        }
        let mut names: Vec<String> = (self.manifest.files.iter())
            .map(|f| format!("« {} »", f.name))
            .collect();
        let others = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        if others > 0 {
            names.push(crate::base::text::count(others, "autre", "autres"));
        }
        format!(
            "Il fait partie de l’import {}. Remettez-le depuis une sauvegarde, ou demandez au logiciel de synchronisation sa version précédente ; à défaut, « observatoire annuler {} », puis « observatoire importer » avec {} (campagne {}).",
            self.label,
            self.label,
            list(&names),
            self.manifest.campaign
        )
    }
}

/// Those of a day and before, as if nothing had followed: what one of them had seen of later ones, on a machine whose
/// clock was late, is not seen yet.
fn until(
    manifests: Cow<'_, BTreeMap<String, ActionManifest>>,
    day: Option<Day>,
) -> Cow<'_, BTreeMap<String, ActionManifest>> {
    let Some(day) = day else {
        return manifests;
    };
    let mut known = manifests.into_owned();
    known.retain(|_, m| m.date <= day || matches!(m.action, StoreAction::Purge(_)));
    let names: BTreeSet<String> = known.keys().cloned().collect();
    for manifest in known.values_mut() {
        manifest.seen.retain(|name| names.contains(name));
        match &mut manifest.action {
            StoreAction::Import(brought) => {
                brought.replaces.retain(|back| names.contains(&back.import));
            }
            StoreAction::Annulation(back) if !names.contains(&back.import) => back.files.clear(),
            StoreAction::Annulation(_) | StoreAction::Purge(_) => {}
        }
    }
    known.retain(
        |_, m| !matches!(&m.action, StoreAction::Annulation(back) if back.files.is_empty()),
    );
    Cow::Owned(known)
}

/// Files of an import that are named to whoever must bring them again.
const NAMED: usize = 3;

/// The state of a store.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct StoreState {
    /// Every import ever made, those taken back included, the earlier first.
    pub(crate) imports: Vec<Import>,
    /// Manifests that no other has seen: what the next one will have seen.
    pub(crate) heads: Vec<String>,
    /// Answers that are no more, by campaign and source.
    pub(crate) purges: Vec<PurgeRecord>,
    /// Which action had seen which.
    pub(super) ancestry: Ancestry,
}

impl StoreState {
    /// Adds up manifests.
    ///
    /// # Errors
    ///
    /// A manifest that another had seen and that is no more: the folder is not whole.
    pub(super) fn of(manifests: &BTreeMap<String, ActionManifest>) -> Result<Self> {
        Self::known_on(manifests, None)
    }

    /// Adds up those of a day and before, whatever came since; all of them without a day. Answers that were purged since
    /// are no more on any day.
    ///
    /// # Errors
    ///
    /// As [`Self::of`].
    pub(super) fn known_on(
        manifests: &BTreeMap<String, ActionManifest>,
        day: Option<Day>,
    ) -> Result<Self> {
        let purged = stand_ins(manifests);
        let manifests = &*until(with_stand_ins(manifests), day);
        let mut state = Self {
            purges: records(manifests),
            ..Self::default()
        };
        let mut positions: HashMap<&str, usize> = HashMap::new();
        let mut taken: Vec<&TakenBack> = Vec::new();
        let seen = manifests.iter();
        let seen = seen.map(|(name, m)| (name.as_str(), m.seen.as_slice()));
        let lineage = Lineage::of(&seen.collect()).map_err(|m| missing(&m.name))?;
        for (rank, name) in lineage.order.iter().map(String::as_str).enumerate() {
            let manifest = &manifests[name];
            match &manifest.action {
                StoreAction::Import(brought) => {
                    positions.insert(name, state.imports.len());
                    state.imports.push(Import {
                        name: name.to_owned(),
                        label: brought.label.clone(),
                        date: manifest.date,
                        machine: manifest.machine.clone(),
                        rank,
                        manifest: brought.clone(),
                        taken_back: vec![false; brought.files.len()],
                        purged: purged.get(name).map(|dated| PurgedPart {
                            date: dated.date,
                            sources: dated.import.purged.clone(),
                            kept: dated.import.kept.clone(),
                        }),
                        seen: manifest.seen.clone(),
                    });
                }
                StoreAction::Annulation(back) => taken.push(back),
                StoreAction::Purge(_) => {}
            }
        }
        state.tell_labels_apart();
        state.take_away(&positions, &taken)?;
        // What an import took the place of is in place again once it is taken back itself.
        let standing = state.imports.iter().filter(|i| i.is_live());
        let replaced: Vec<TakenBack> = standing
            .flat_map(|i| i.manifest.replaces.iter().cloned())
            .collect();
        state.take_away(&positions, &replaced.iter().collect::<Vec<_>>())?;
        state.heads = lineage.heads;
        state.ancestry = lineage.ancestry;
        Ok(state)
    }

    fn take_away(&mut self, positions: &HashMap<&str, usize>, taken: &[&TakenBack]) -> Result<()> {
        for back in taken {
            let import = positions.get(back.import.as_str());
            let import = *import.ok_or_else(|| missing(&back.import))?;
            for &file in &back.files {
                if let Some(mark) = self.imports[import].taken_back.get_mut(file) {
                    *mark = true;
                }
            }
        }
        Ok(())
    }

    /// Files in place in a campaign, by the SHA-256 of their bytes. What was purged stays: what it had replaced is no
    /// more.
    pub(super) fn in_place(&self, campaign: &str, sums: &[String]) -> Vec<TakenBack> {
        let own =
            (self.imports.iter()).filter(|i| i.manifest.campaign == campaign && i.purged.is_none());
        let found = own.map(|import| {
            let files = import.manifest.files.iter().enumerate();
            let files = files
                .filter(|(rank, file)| !import.taken_back[*rank] && sums.contains(&file.sha256));
            TakenBack {
                import: import.name.clone(),
                files: files.map(|(rank, _)| rank).collect(),
            }
        });
        found.filter(|back| !back.files.is_empty()).collect()
    }

    /// Two machines may have given the same label: then neither is called by it alone, or
    /// `annuler I002` would one day take back somebody else's.
    fn tell_labels_apart(&mut self) {
        let mut given: BTreeMap<String, usize> = BTreeMap::new();
        for import in &self.imports {
            *given.entry(import.label.clone()).or_default() += 1;
        }
        for import in &mut self.imports {
            if given.get(&import.label).is_some_and(|n| *n > 1) {
                let start: String = import.name.chars().take(LABEL_DIGITS).collect();
                import.label = format!("{}-{start}", import.label);
            }
        }
    }

    /// The greatest number that a label ever bore.
    pub(super) fn last_number(&self) -> u32 {
        let numbers = self.imports.iter().filter_map(|import| {
            let digits = import.manifest.label.strip_prefix('I')?;
            digits.parse::<u32>().ok()
        });
        numbers.max().unwrap_or(0)
    }

    /// Answers of a campaign that are no more.
    pub(crate) fn purges_of(&self, campaign: &str) -> Vec<PurgeRecord> {
        let records = self.purges.iter().filter(|r| r.campaign == campaign);
        records.cloned().collect()
    }

    /// What `annuler` takes back: a whole import, or its files of a name.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`]: an import that does not exist or has been taken back, a file that it does not
    /// hold.
    pub(super) fn take_back(&self, label: &str, file: Option<&str>) -> Result<Undone> {
        let named = |i: &&Import| i.label.eq_ignore_ascii_case(label);
        let Some(import) = self.imports.iter().find(named) else {
            let given = |i: &&Import| i.manifest.label.eq_ignore_ascii_case(label);
            let several: Vec<String> = (self.imports.iter().filter(given))
                .map(Import::described)
                .collect();
            if !several.is_empty() {
                return Err(Error::Usage(format!(
                    "Deux postes ont donné l’étiquette « {label} » : dites laquelle, {}.",
                    list(&several)
                )));
            }
            let live = self.imports.iter().filter(|i| i.is_live());
            let live: Vec<&str> = live.map(|i| i.label.as_str()).collect();
            return Err(Error::Usage(format!(
                "L’import « {label} » n’existe pas ; imports en place : {}.",
                if live.is_empty() {
                    "aucun".to_owned()
                } else {
                    live.join(", ")
                }
            )));
        };
        if !import.is_live() {
            return Err(Error::Usage(format!(
                "L’import « {label} » est déjà annulé."
            )));
        }
        if let Some(purged) = &import.purged {
            return Err(Error::Usage(format!(
                "L’import « {label} » a été purgé le {} : ce qu’il remplaçait n’existe plus, il ne s’annule plus.",
                purged.date.short()
            )));
        }
        let files = &import.manifest.files;
        let positions: Vec<usize> = (0..files.len())
            .filter(|&f| !import.taken_back[f])
            .filter(|&f| file.is_none_or(|wanted| wanted == files[f].name))
            .collect();
        if positions.is_empty() {
            let names: Vec<&str> = files.iter().map(|f| f.name.as_str()).collect();
            return Err(Error::Usage(format!(
                "L’import « {label} » ne contient pas « {} » ; ses fichiers : {}.",
                file.unwrap_or(""),
                names.join(", ")
            )));
        }
        Ok(Undone {
            label: import.label.clone(),
            names: positions.iter().map(|&f| files[f].name.clone()).collect(),
            taken_back: TakenBack {
                import: import.name.clone(),
                files: positions,
            },
        })
    }
}

/// Digits of a manifest's name that tell two equal labels apart.
const LABEL_DIGITS: usize = 4;

/// What is taken back, and the names of the files for whoever asked.
pub(super) struct Undone {
    pub(super) label: String,
    pub(super) names: Vec<String>,
    pub(super) taken_back: TakenBack,
}

fn missing(name: &str) -> Error {
    Error::Store(format!(
        "data/store/manifestes/{name}.json manque : un autre fichier de la base en dépend, et aucun chiffre n’est calculé sans lui. Attendez la fin de la synchronisation, ou remettez ce fichier depuis une sauvegarde."
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::on;
    use crate::intake::store::manifest::ImportedFile;

    fn import(label: &str, files: &[&str], seen: &[&str]) -> ActionManifest {
        let file = |name: &&str| ImportedFile {
            name: (*name).to_owned(),
            sha256: String::new(),
            tool: String::new(),
            mapping: String::new(),
            wordings: None,
            questions: BTreeMap::new(),
            rows: 1,
            cells: Vec::new(),
            corrected: Vec::new(),
            diagnostics: BTreeMap::new(),
        };
        let brought = ImportManifest {
            label: label.to_owned(),
            campaign: "C1".to_owned(),
            version: "v1".to_owned(),
            referentiel: String::new(),
            content: String::new(),
            files: files.iter().map(file).collect(),
            replaces: Vec::new(),
            tables: BTreeMap::new(),
        };
        let seen = seen.iter().map(|s| (*s).to_owned()).collect();
        ActionManifest::new(on("2026-05-12"), seen, StoreAction::Import(brought))
    }

    fn back(import: &str, files: &[usize], seen: &[&str]) -> ActionManifest {
        let taken = TakenBack {
            import: import.to_owned(),
            files: files.to_vec(),
        };
        let seen = seen.iter().map(|s| (*s).to_owned()).collect();
        ActionManifest::new(on("2026-05-13"), seen, StoreAction::Annulation(taken))
    }

    fn state(manifests: &[(&str, ActionManifest)]) -> Result<StoreState> {
        let named = manifests.iter().map(|(n, m)| ((*n).to_owned(), m.clone()));
        StoreState::of(&named.collect())
    }

    #[test]
    fn what_was_seen_comes_first_then_names_decide() {
        // « aaaa » and « zzzz » were written by two people who had both seen « mmmm ».
        let all = [
            ("zzzz", import("I002", &["z.csv"], &["mmmm"])),
            ("mmmm", import("I001", &["m.csv"], &[])),
            ("aaaa", import("I002", &["a.csv"], &["mmmm"])),
            ("bbbb", back("mmmm", &[0], &["aaaa", "zzzz"])),
        ];
        let whole = state(&all).expect("a state");
        let labels: Vec<&str> = whole.imports.iter().map(|i| i.label.as_str()).collect();
        assert_eq!(labels, ["I001", "I002-aaaa", "I002-zzzz"]);
        assert!(whole.take_back("I002-zzzz", None).is_ok());
        let several = whole.take_back("I002", None).err().map(|e| e.to_string());
        let several = several.unwrap_or_default();
        assert!(
            several.contains("I002-aaaa") && several.contains("I002-zzzz"),
            "{several}"
        );
        // « mmmm » was seen by both, which had not seen each other.
        let rank = |i: usize| whole.imports[i].rank;
        assert!(whole.ancestry.precedes(rank(0), rank(1)));
        assert!(!whole.ancestry.precedes(rank(1), rank(2)));
        assert_eq!(whole.heads, ["bbbb"]);
        assert!(!whole.imports[0].is_live() && whole.imports[1].is_live());
        assert_eq!(whole.last_number(), 2);
        let reversed: Vec<_> = all.iter().rev().cloned().collect();
        assert_eq!(state(&reversed).expect("a state"), whole);
    }

    #[test]
    fn a_folder_that_is_not_whole_is_refused() {
        let refused = state(&[("aaaa", import("I002", &["a.csv"], &["mmmm"]))]);
        let said = refused.expect_err("not whole").to_string();
        assert!(said.contains("mmmm.json manque"), "{said}");
        let refused = state(&[("aaaa", back("mmmm", &[0], &[]))]);
        assert!(refused.is_err());
    }

    #[test]
    fn files_are_taken_back_one_by_one_or_all_at_once() {
        let two = import("I001", &["a.csv", "b.csv"], &[]);
        let before = state(&[("mmmm", two.clone())]).expect("a state");
        let one = before.take_back("i001", Some("b.csv")).expect("a file");
        assert_eq!(one.names, ["b.csv"]);
        assert_eq!(one.taken_back.files, [1]);
        let whole = before.take_back("I001", None).expect("an import");
        assert_eq!(whole.names, ["a.csv", "b.csv"]);
        let after = [
            ("mmmm", two.clone()),
            ("bbbb", back("mmmm", &[1], &["mmmm"])),
        ];
        let after = state(&after).expect("a state");
        assert_eq!(after.imports[0].taken_back, [false, true]);
        assert!(after.take_back("I001", Some("b.csv")).is_err());
        let gone = [
            ("mmmm", two),
            ("bbbb", back("mmmm", &[1], &["mmmm"])),
            ("cccc", back("mmmm", &[0], &["bbbb"])),
        ];
        let gone = state(&gone).expect("a state");
        let said = gone.take_back("I001", None).err().map(|e| e.to_string());
        assert_eq!(said.as_deref(), Some("L’import « I001 » est déjà annulé."));
        // Its label is not given again.
        assert_eq!(gone.last_number(), 1);
        let unknown = gone.take_back("I009", None).err().map(|e| e.to_string());
        assert!(unknown.is_some_and(|s| s.contains("imports en place : aucun")));
    }
}
