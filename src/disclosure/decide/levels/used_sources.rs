//! Sources that enter a critère.

use super::site_view::SiteView;
use crate::disclosure::cleared::Mask;
use crate::figures::UsedSource;

/// Why a critère that rests on few people alone is masked: every source that carries it is a
/// questionnaire under the audience's threshold, and its value would be that questionnaire's mean.
pub(crate) fn rests_on_few(view: &SiteView, critere: usize) -> Option<Mask> {
    let used = used_sources(view, critere);
    let few = !used.is_empty() && used.iter().all(|u| view.is_few(u.source, critere));
    let never = used.iter().all(|u| view.thresholds.per_site(u.source) == 0);
    let own = used.iter().all(|u| view.has_few(u.source, critere));
    few.then_some(match (never, own) {
        (true, _) => Mask::NotForAudience,
        (_, true) => Mask::TooFew,
        _ => Mask::Derivable,
    })
}

/// Sources that enter a critère.
pub(crate) fn used_sources<'a>(view: &SiteView<'a>, position: usize) -> &'a [UsedSource] {
    view.figures.table(view.site).used(position)
}
