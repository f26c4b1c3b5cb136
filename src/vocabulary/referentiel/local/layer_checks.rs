//! What a layer may not say, each with its place: codes that lead nowhere, a target out of scale, an impératif put aside,
//! the same thing said twice.

use std::collections::HashSet;

use super::entry_places::{EntryPlaces, EntryRank};
use super::layer_file::{LOCAL_FILE, LocalLayer};
use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::text::{list, suggest};
use crate::vocabulary::referentiel::local_tables::{AsideEntry, LocalTables, TargetEntry};
use crate::vocabulary::referentiel::model::{Critere, Referentiel};

/// Problems of a layer, over the référentiels of the folder.
pub(super) struct LayerChecker<'a> {
    places: EntryPlaces<'a>,
    /// One of each version that a campaign uses.
    pub(super) known: &'a [&'a Referentiel],
    problems: Vec<String>,
}

impl LocalLayer {
    /// Everything that the layer says can be, over the référentiels of the folder's campaigns (one of each version): what
    /// none of them has is a mistake.
    ///
    /// # Errors
    ///
    /// [`Error::Config`] with every problem found, one per line, each with its file, line and column.
    pub(crate) fn check(&self, known: &[&Referentiel]) -> Result<()> {
        let mut checker = LayerChecker {
            places: EntryPlaces::of(&self.text),
            known,
            problems: Vec::new(),
        };
        let tables = &self.tables;
        for (rank, target) in tables.cibles.iter().enumerate() {
            checker.target(rank, target);
        }
        for (rank, aside) in tables.sans_objet.iter().enumerate() {
            checker.aside(rank, aside, &tables.sans_objet[..rank]);
        }
        for (rank, added) in tables.ajouts.iter().enumerate() {
            checker.addition(rank, added);
        }
        for (rank, reworded) in tables.reformulations.iter().enumerate() {
            checker.rewording(rank, reworded, &tables.ajouts);
        }
        checker.twice(tables);
        if !checker.problems.is_empty() {
            return Err(Error::Config(checker.problems.join("\n")));
        }
        self.tried(known)
    }

    /// All of it at once, over each référentiel: what only the whole shows (weights, anchors, ages).
    fn tried(&self, known: &[&Referentiel]) -> Result<()> {
        for referentiel in known {
            let mut tables = self.tables.clone();
            let has = |code: &str| referentiel.critere(code).is_some();
            tables.ajouts.retain(|a| has(&a.critere));
            self.put(&referentiel.version, referentiel, &tables)?;
        }
        Ok(())
    }
}

impl<'a> LayerChecker<'a> {
    /// A problem of a key of an entry.
    pub(super) fn at(&mut self, entry: EntryRank, key: &str, message: &str) {
        let place = self.places.place(entry, key);
        self.problems
            .push(format!("{LOCAL_FILE}, {place} : « {key} » : {message}."));
    }

    /// The critères of this code, one a version; a code that none has is told.
    pub(super) fn criteres(&mut self, entry: EntryRank, key: &str, code: &str) -> Vec<&'a Critere> {
        let known = self.known.iter();
        let found: Vec<&Critere> = known
            .filter_map(|r| r.criteres.iter().find(|c| c.code == code))
            .collect();
        if found.is_empty() {
            let codes = self.known.iter().flat_map(|r| &r.criteres);
            let near = suggest(code, codes.map(|c| c.code.as_str())).best_clause();
            let message = format!("le critère « {code} » n’existe pas{near}");
            self.at(entry, key, &message);
        }
        found
    }

    fn target(&mut self, rank: usize, target: &TargetEntry) {
        let entry = EntryRank {
            table: "cibles",
            rank,
        };
        let mut axes = self.known.iter().flat_map(|r| &r.axes);
        if !axes.any(|a| a.code == target.code) {
            self.criteres(entry, "code", &target.code);
        }
        if !(1.0..=4.0).contains(&target.cible) {
            self.at(entry, "cible", "une cible est comprise entre 1 et 4");
        }
    }

    fn aside(&mut self, rank: usize, aside: &AsideEntry, before: &[AsideEntry]) {
        let entry = EntryRank {
            table: "sans_objet",
            rank,
        };
        if aside.motif.trim().is_empty() {
            let message = "dites pourquoi ce critère ne s’applique pas ici : le motif s’imprime";
            self.at(entry, "motif", message);
        }
        if aside.retire.is_some_and(|retired| retired < aside.decision) {
            self.at(entry, "retire", "le retrait vient après la décision");
        }
        let open = |b: &&AsideEntry| {
            b.critere == aside.critere && b.retire.is_none_or(|r| r > aside.decision)
        };
        if before.iter().any(|b| open(&b)) {
            let message = format!("« {} » est déjà sans objet plus haut", aside.critere);
            self.at(entry, "critere", &message);
        }
        for critere in self.criteres(entry, "critere", &aside.critere) {
            if let Some(message) = self.refused(critere, aside) {
                self.at(entry, "critere", &message);
                break;
            }
        }
    }

    /// Why a critère may not be put aside.
    fn refused(&self, critere: &Critere, aside: &AsideEntry) -> Option<String> {
        let code = &critere.code;
        if critere.imperatif {
            return Some(format!(
                "« {code} » est un impératif : aucun accueil ne s’en dispense. Là où un élément ne peut pas se voir, répondez « non vérifié » ou « sans objet » dans la grille, avec le motif"
            ));
        }
        if critere.protection || critere.hors_observatoire {
            return Some(format!(
                "« {code} » protège les enfants : il ne s’écarte pas pour tout le territoire. Là où un élément ne s’applique pas (aucune baignade, aucun car), répondez « NC » dans la grille, avec le motif"
            ));
        }
        let owners = self.known.iter();
        let mut laws: Vec<&str> = owners
            .filter(|r| r.criteres.iter().any(|c| std::ptr::eq(c, critere)))
            .flat_map(|r| critere.elements.iter().map(|e| &r.elements[*e]))
            .filter_map(|e| e.origin.article())
            .collect();
        laws.dedup();
        (!laws.is_empty() && aside.regle.trim().is_empty()).then(|| {
            format!(
                "« {code} » tient une règle de droit ({}), qui reste due : dites dans « regle » pourquoi elle n’est pas en jeu ici",
                list(&laws)
            )
        })
    }

    /// The same thing said twice.
    fn twice(&mut self, tables: &LocalTables) {
        let targets = tables.cibles.iter();
        let targets: Vec<_> = targets
            .map(|t| (t.code.as_str(), Some(t.decision)))
            .collect();
        self.repeated("cibles", "code", &targets);
        let reworded = tables.reformulations.iter();
        let reworded: Vec<_> = reworded
            .map(|r| (r.element.as_str(), Some(r.depuis)))
            .collect();
        self.repeated("reformulations", "element", &reworded);
        let added = tables.ajouts.iter();
        let added: Vec<_> = added.map(|a| (a.code.as_str(), None)).collect();
        self.repeated("ajouts", "code", &added);
    }

    fn repeated(&mut self, table: &'static str, key: &str, said: &[(&str, Option<Day>)]) {
        let mut seen = HashSet::new();
        for (rank, (code, day)) in said.iter().enumerate() {
            if !seen.insert((*code, *day)) {
                let dated = day.map_or_else(String::new, |d| format!(" pour le {}", d.short()));
                let message = format!("« {code} » est écrit deux fois{dated}");
                self.at(EntryRank { table, rank }, key, &message);
            }
        }
    }
}
