//! Words of people: those who agreed, those that the screen lets through; themes of all, few of them untold.

use std::collections::BTreeMap;

use super::ctg_scope::CtgScope;
use super::ctg_view::{CtgSaying, CtgTheme};
use super::person_figures::persons_words;
use crate::base::text::fold;
use crate::convention::{ClosedWord, OuiNon, ParolesColumn, Register, RegisterRow, Speaker};

/// Words that may be quoted, in the order of the register.
pub(super) fn sayings(scope: &CtgScope, withheld: &mut usize) -> Vec<CtgSaying> {
    if !scope.audience.reads_words() {
        return Vec::new();
    }
    let rows = spoken(scope);
    let agreed = rows.filter(|row| row.word(ParolesColumn::Accord) == Some(OuiNon::Oui));
    let mut sayings = Vec::new();
    for row in agreed {
        let texts = &scope.material.texts;
        let about = texts.title(row.text(ParolesColumn::Fiche), scope.audience);
        match texts.quote(row.text(ParolesColumn::Propos)) {
            Some(words) => sayings.push(CtgSaying {
                who: row
                    .word::<Speaker>(ParolesColumn::Qui)
                    .map_or("", ClosedWord::label),
                about: about.unwrap_or_default(),
                themes: owned(&row.list(ParolesColumn::Themes)),
                words,
            }),
            None => *withheld += 1,
        }
    }
    sayings
}

/// Themes of everything that was said, agreement or not, most frequent first. A number of persons: few are untold.
pub(super) fn themes(scope: &CtgScope) -> Vec<CtgTheme> {
    if !scope.audience.reads_words() {
        return Vec::new();
    }
    let mut counted: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for row in spoken(scope) {
        for theme in row.list(ParolesColumn::Themes) {
            let entry = counted.entry(fold(theme));
            entry.or_insert_with(|| (theme.to_owned(), 0)).1 += 1;
        }
    }
    let mut themes: Vec<(String, usize)> = counted.into_values().collect();
    // Ranks would tell few apart: those under the threshold stay in alphabetical order.
    themes.sort_by_key(|(_, n)| {
        std::cmp::Reverse(if scope.audience.reads_all() {
            *n
        } else {
            n / 5
        })
    });
    themes
        .into_iter()
        .filter_map(|(theme, n)| {
            Some(CtgTheme {
                theme: scope.material.texts.title(&theme, scope.audience)?,
                told: persons_words(n, scope.audience),
            })
        })
        .collect()
}

/// Lines of what was said that this audience may know of.
fn spoken<'a>(scope: &'a CtgScope<'_>) -> impl Iterator<Item = &'a RegisterRow> {
    let rows = scope.material.registers.rows(Register::Paroles).iter();
    rows.filter(|row| {
        let about = row.text(ParolesColumn::Fiche);
        scope.reads_the_rest || scope.fiches.contains(about)
    })
}

fn owned(list: &[&str]) -> Vec<String> {
    list.iter().map(|t| (*t).to_owned()).collect()
}
