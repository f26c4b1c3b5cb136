//! The guide of one page: what to type, in the order in which a campaign goes.

use std::path::PathBuf;

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::campaign::outside_observatories;
use crate::reports::{
    Block, Document, Head, ListItem, ListStyle, ReportFormat, ReportSection, Templates, render,
};

/// What the guide says, and where it goes.
pub(crate) struct GuideRequest {
    /// Steps in order.
    pub steps: Vec<GuideStep>,
    /// The file to write.
    pub out: PathBuf,
    /// Day that the file carries, ISO.
    pub day: Day,
    /// How it is laid out.
    pub format: ReportFormat,
}

/// A step of a campaign.
pub(crate) struct GuideStep {
    /// What it is for.
    pub title: &'static str,
    /// What can be done, in order.
    pub gestures: Vec<GuideGesture>,
}

/// Something to do.
pub(crate) struct GuideGesture {
    /// What it does, as the help says it.
    pub what: String,
    /// What to type.
    pub line: String,
}

/// Writes the guide.
///
/// # Errors
///
/// A place that belongs to an observatory; a disk that refuses; a build without PDF.
pub(crate) fn write_guide(request: &GuideRequest) -> Result<()> {
    let is_other = request.out.exists() && !request.out.is_file();
    if is_other {
        return Err(Error::Usage(format!(
            "{} n’est pas un fichier. Donnez à --sortie le nom d’un fichier à créer.",
            request.out.display()
        )));
    }
    outside_observatories(&request.out)?;
    let templates = Templates::embedded()?;
    let bytes = render(&templates, &document(request), request.format)?;
    write_file(&request.out, &bytes)
}

fn document(request: &GuideRequest) -> Document {
    let sections = request.steps.iter().map(|step| {
        let items = step.gestures.iter().map(|gesture| ListItem {
            strong: gesture.line.clone(),
            text: gesture.what.clone(),
            ..ListItem::default()
        });
        let list = Block::List {
            items: items.collect(),
            style: ListStyle::Bullets,
        };
        ReportSection::new(step.title, step.title, vec![list])
    });
    Document {
        head: Head {
            title: "L’observatoire en une page".to_owned(),
            subtitle: "À taper dans la fenêtre noire, dans l’ordre d’une campagne. « observatoire aide importer » en dit plus ; après chaque commande, « Et maintenant ? » propose la suivante.".to_owned(),
            date: request.day.to_string(),
            ..Head::default()
        },
        sections: sections.collect(),
    }
}
