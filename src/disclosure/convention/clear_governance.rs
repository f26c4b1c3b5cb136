//! The governance as an audience may see it: functions by their title, services one by one, answers sentence by sentence
//! for those who type them; for others, kinds of functions and the most reserved sentences, without figures.

use std::collections::BTreeSet;

use super::ctg_audience::CtgAudience;
use super::ctg_governance::{CtgAttendance, CtgGovernance, CtgItem, CtgPost};
use super::ctg_material::CtgMaterial;
use super::told_functions::kind;
use crate::base::text::{Datum, count};
use crate::convention::{
    AttendingService, Came, ClosedWord, FonctionsColumn, FunctionNature, FunctionTree, ItemCount,
    OuiNon, SuiviPeriod, SurveyCount, TempsKind, TreeFunction, attendance_matrix,
};

impl CtgMaterial<'_> {
    /// The governance over a period.
    pub(crate) fn governance(
        &self,
        period: &SuiviPeriod,
        survey: Option<(&str, &SurveyCount)>,
        audience: CtgAudience,
    ) -> CtgGovernance {
        let tree = FunctionTree::of(self.registers);
        let filled = tree.functions.iter().filter(|f| is_filled(f)).count();
        let untied = tree
            .functions
            .iter()
            .filter(|f| is_filled(f) && f.above.is_none() && f.outside.is_empty());
        let mut told = CtgGovernance {
            functions: tree.functions.len(),
            filled,
            untied: untied.count(),
            circles: tree.circles.len(),
            posts: if audience.reads_all() {
                each(&tree)
            } else {
                by_kind(&tree)
            },
            ..CtgGovernance::default()
        };
        self.came(period, audience, &mut told);
        if let Some((title, counted)) = survey {
            title.clone_into(&mut told.survey);
            told.items = items(counted, audience);
        }
        told
    }

    fn came(&self, period: &SuiviPeriod, audience: CtgAudience, told: &mut CtgGovernance) {
        let services = attendance_matrix(self.registers, period);
        // Formations, visits and the like are no instances.
        let met: BTreeSet<TempsKind> = services
            .iter()
            .flat_map(|s| s.by_instance.keys().copied())
            .filter(|kind| *kind <= TempsKind::Coordination)
            .collect();
        told.instances = met.iter().map(|k| k.label()).collect();
        // Who came is in no document of others: of all services together, `participation` tells it, which the log of
        // deliveries watches.
        if audience.reads_all() {
            let line = |service: &AttendingService| CtgAttendance {
                who: service.name.clone(),
                came: met
                    .iter()
                    .map(|k| times(service.by_instance.get(k)))
                    .collect(),
            };
            told.attendance = services.iter().map(line).collect();
        }
    }
}

fn is_filled(function: &TreeFunction) -> bool {
    function.row.word(FonctionsColumn::Pourvu) == Some(OuiNon::Oui)
}

/// « 3 sur 4 »; nothing where it was never invited.
fn times(came: Option<&Came>) -> Datum {
    let Some(came) = came else {
        return Datum::none();
    };
    Datum {
        text: format!("{} sur {}", came.came, came.invited),
        ..Datum::count(came.came)
    }
}

fn instances(function: &TreeFunction) -> Vec<&'static str> {
    let named = function.row.list(FonctionsColumn::Instances).into_iter();
    named
        .filter_map(TempsKind::read)
        .map(ClosedWord::label)
        .collect()
}

/// Function by function.
fn each(tree: &FunctionTree) -> Vec<CtgPost> {
    let title = |id: &str| {
        let own = tree.functions.iter().find(|f| f.row.id == id);
        own.map_or("", |f| f.row.text(FonctionsColumn::Intitule))
            .to_owned()
    };
    let posts = tree.functions.iter().map(|f| CtgPost {
        title: f.row.text(FonctionsColumn::Intitule).to_owned(),
        nature: f
            .row
            .word::<FunctionNature>(FonctionsColumn::Nature)
            .map_or("", ClosedWord::label)
            .to_owned(),
        instances: instances(f),
        depth: f.depth,
        above: f.above.map_or_else(|| f.outside.to_owned(), title),
        filled: if is_filled(f) {
            "pourvue"
        } else {
            "non pourvue"
        }
        .to_owned(),
        is_vacant: !is_filled(f),
    });
    posts.collect()
}

/// Kind by kind: what one post does is nobody else's business.
fn by_kind(tree: &FunctionTree) -> Vec<CtgPost> {
    let nature_of = |f: &TreeFunction| f.row.word::<FunctionNature>(FonctionsColumn::Nature);
    let above_of = |f: &TreeFunction| {
        let own = f
            .above
            .and_then(|id| tree.functions.iter().find(|g| g.row.id == id));
        own.and_then(nature_of)
    };
    let mut groups: Vec<(Option<FunctionNature>, Vec<&TreeFunction>)> = Vec::new();
    for function in &tree.functions {
        let nature = nature_of(function);
        match groups.iter_mut().find(|(n, _)| *n == nature) {
            Some((_, own)) => own.push(function),
            None => groups.push((nature, vec![function])),
        }
    }
    let words =
        |nature: Option<FunctionNature>| nature.map_or_else(|| "autres fonctions".to_owned(), kind);
    let posts = groups.iter().map(|(nature, own)| {
        let above: BTreeSet<String> = own
            .iter()
            .filter_map(|f| above_of(f))
            .filter(|n| Some(*n) != *nature)
            .map(kind)
            .collect();
        let seen: BTreeSet<&str> = own.iter().flat_map(|f| instances(f)).collect();
        CtgPost {
            title: format!(
                "{} ({})",
                begun(&words(*nature)),
                count(own.len(), "fonction", "fonctions")
            ),
            nature: nature.map_or("", ClosedWord::label).to_owned(),
            instances: seen.into_iter().collect(),
            depth: own.iter().map(|f| f.depth).min().unwrap_or(0).min(1),
            above: above.into_iter().collect::<Vec<_>>().join(", "),
            filled: String::new(),
            is_vacant: false,
        }
    });
    posts.collect()
}

/// A kind as a box begins.
fn begun(kind: &str) -> String {
    let mut chars = kind.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

/// Items that enough people answered, the most reserved first. Others than those who type them are told the three first,
/// without figures: one answer more between two editions would be read in them.
fn items(counted: &SurveyCount, audience: CtgAudience) -> Vec<CtgItem> {
    let told = |item: &ItemCount, favourable| CtgItem {
        words: item.quoted(),
        favourable,
    };
    if !audience.reads_all() {
        let is_ranked = counted.told().count() > counted.most_reserved().len();
        let reserved = counted.most_reserved().into_iter().filter(|_| is_ranked);
        return reserved.map(|item| told(item, Datum::none())).collect();
    }
    let mut all: Vec<&ItemCount> = counted.told().collect();
    all.sort_by(|a, b| a.share().total_cmp(&b.share()));
    let exact = all
        .into_iter()
        .map(|item| told(item, Datum::share(item.share())));
    exact.collect()
}
