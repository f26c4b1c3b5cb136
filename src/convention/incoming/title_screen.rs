//! Titles and words that come from other tools: one that names or reaches someone is not kept.

use super::made_lines::IncomingSetting;
use crate::convention::register_columns::{
    ActionsColumn, FonctionsColumn, PartenairesColumn, Register, TempsColumn,
};
use crate::privacy::{Motif, QuoteScreen, names_someone};

/// What words of other tools are screened with.
pub(super) struct TitleScreen(Option<QuoteScreen>);

impl TitleScreen {
    /// Names of fiches, partners, accueils and past meetings are nobody's.
    pub(super) fn of(setting: &IncomingSetting) -> Self {
        let mut own: Vec<&str> = Vec::new();
        for s in setting.observatory.registry.all() {
            own.extend([s.nom.as_str(), s.commune.as_str(), s.secteur.as_str()]);
        }
        let rows = |register| setting.registers.rows(register).iter();
        own.extend(rows(Register::Partenaires).map(|r| r.text(PartenairesColumn::Nom)));
        own.extend(rows(Register::Fonctions).map(|r| r.text(FonctionsColumn::Intitule)));
        own.extend(rows(Register::Temps).map(|r| r.text(TempsColumn::Intitule)));
        let mut corpus: Vec<&str> = rows(Register::Actions)
            .map(|r| r.text(ActionsColumn::Action))
            .collect();
        corpus.extend(own.iter().copied());
        let fiches = setting.convention.fiches.iter();
        own.extend(fiches.flat_map(|f| [f.code.as_str(), f.title.as_str()]));
        own.extend(
            setting
                .convention
                .experiments
                .iter()
                .map(|e| e.title.as_str()),
        );
        // Words of the titles are spared one by one: « Passerelles » stands elsewhere than in its own title.
        let words: Vec<&str> = own
            .iter()
            .flat_map(|t| t.split_whitespace())
            .filter(|w| w.chars().count() > 3)
            .collect();
        own.extend(words);
        let observatory = setting.observatory;
        let mut all = observatory
            .referentiels
            .values()
            .chain(observatory.shipped.values());
        Self(all.next().map(|r| QuoteScreen::new(r, own, corpus)))
    }

    /// The text; none when it names or reaches someone.
    pub(super) fn kept(&self, text: &str) -> Option<String> {
        let motifs = self.0.as_ref().map(|screen| screen.motifs(text));
        let is_seen = motifs.is_some_and(|m| m.has(Motif::Nom) || m.has(Motif::Contact));
        let is_person = is_seen || names_someone(text);
        (!is_person).then(|| text.to_owned())
    }
}
