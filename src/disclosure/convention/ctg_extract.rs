//! The convention reduced to one field: what is owed to who follows early childhood alone.

use super::ctg_indicator::CtgIndicator;
use super::ctg_view::CtgView;

impl CtgView {
    /// The same with the fiches of a field, and what hangs on them.
    #[must_use]
    pub fn of_field(mut self, field: &str) -> Self {
        self.fiches.retain(|f| f.field == field);
        let kept: Vec<String> = self.fiches.iter().map(|f| f.code.clone()).collect();
        let keep = |fiches: &mut Vec<String>| {
            fiches.retain(|code| kept.contains(code));
            !fiches.is_empty()
        };
        self.actions.retain_mut(|a| keep(&mut a.fiches));
        self.decisions.retain_mut(|d| keep(&mut d.fiches));
        self.meetings.retain_mut(|m| keep(&mut m.fiches));
        self.sayings.retain(|s| kept.contains(&s.about));
        // Counted over all that was said.
        self.themes.clear();
        let axes: Vec<&str> = self.fiches.iter().map(|f| f.axis.as_str()).collect();
        self.axes.retain(|axis| axes.contains(&axis.code.as_str()));
        self
    }

    /// Of some indicators, those of its fiches; those of the whole convention where it is whole.
    pub fn own_indicators(&self, all: Vec<CtgIndicator>, is_extract: bool) -> Vec<CtgIndicator> {
        let own = all.into_iter().filter(|i| {
            let is_of_fiche = self.fiche(&i.fiche).is_some();
            is_of_fiche || (i.fiche.is_empty() && !is_extract)
        });
        own.collect()
    }
}
