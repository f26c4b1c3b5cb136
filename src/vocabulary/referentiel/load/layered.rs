//! A territory's own layer put over what is shipped, before anything is checked and hashed; then, once hashed, what it
//! says that is no part of what a critère is.

use toml::Spanned;

use super::raw::{BetterSide, Number, Polarity, RawElement, RawFile};
use crate::vocabulary::referentiel::ids::TypeSet;
use crate::vocabulary::referentiel::local_marks::{
    LocalDecision, LocalSentence, LocalTarget, PutAside,
};
use crate::vocabulary::referentiel::local_tables::{AdditionEntry, LocalTables};
use crate::vocabulary::referentiel::model::Referentiel;

/// Éléments added, then sentences said otherwise; what is replaced is kept in the entry itself, for [`mark`].
pub(super) fn apply(raw: &mut RawFile) {
    let RawFile {
        criteres, local, ..
    } = raw;
    for added in &local.ajouts {
        let own = criteres
            .iter_mut()
            .find(|c| *c.code.get_ref() == added.critere);
        if let Some(critere) = own {
            critere.elements.push(element(added));
        }
    }
    for reworded in &mut local.reformulations {
        let mut all = criteres.iter_mut().flat_map(|c| &mut c.elements);
        if let Some(element) = all.find(|e| *e.code.get_ref() == reworded.element) {
            std::mem::swap(&mut element.label, &mut reworded.phrase);
        }
    }
}

fn element(added: &AdditionEntry) -> RawElement {
    let spanned = |text: &str| Spanned::new(0..0, text.to_owned());
    RawElement {
        code: spanned(&added.code),
        source: added.source,
        echelle: spanned(&added.echelle),
        label: added.phrase.clone(),
        polarite: Polarity::Positive,
        poids: Number(added.poids),
        types: added.types.clone(),
        mesure: None,
        seuils: None,
        sens: BetterSide::Haut,
        origine: None,
        article: None,
        compte_imperatif: false,
        moments: added.moments.clone(),
        ancres: added.ancres.clone(),
        ages: added.ages,
        comptage: false,
        filtre: None,
        is_local: true,
    }
}

/// Targets, critères put aside, and which sentences are the territory's own.
pub(super) fn mark(local: &LocalTables, r: &mut Referentiel) {
    for added in &local.ajouts {
        if let Some(e) = r.element(&added.code) {
            r.elements[e].local = Some(LocalSentence::Added);
        }
    }
    for reworded in &local.reformulations {
        if let Some(e) = r.element(&reworded.element)
            && r.elements[e].local.is_none()
        {
            let shipped = reworded.phrase.clone();
            r.elements[e].local = Some(LocalSentence::Reworded { shipped });
        }
    }
    for target in &local.cibles {
        let decision = LocalDecision {
            day: target.decision,
            by: target.instance.clone(),
        };
        let own = |shipped: f64| LocalTarget { shipped, decision };
        if let Some(c) = r.critere(&target.code) {
            r.criteres[c].local_target = Some(own(r.criteres[c].cible));
            r.criteres[c].cible = target.cible;
        } else if let Some(axe) = r.axes.iter_mut().find(|a| a.code == target.code) {
            axe.local_target = Some(own(axe.cible));
            axe.cible = target.cible;
        }
    }
    for aside in &local.sans_objet {
        let Some(c) = r.critere(&aside.critere) else {
            continue;
        };
        r.criteres[c].put_aside = Some(PutAside {
            reason: aside.motif.clone(),
            law: aside.regle.clone(),
            decision: LocalDecision {
                day: aside.decision,
                by: aside.instance.clone(),
            },
        });
        r.criteres[c].types = TypeSet::NONE;
        for e in r.criteres[c].elements.clone() {
            r.elements[e].types = TypeSet::NONE;
        }
    }
}
