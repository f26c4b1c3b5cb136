//! `plan suivi`: the quarterly follow-up.

use super::arguments::FollowUpArgs;
use super::day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::table_files::workbook;
use crate::base::tabular::FileFormat;
use crate::base::text::{date_short, percent};
use crate::cli::Done;
use crate::cli::output::aligned;
use crate::cli::session::{Session, deliver, write_file};
use crate::decide::ctg::{ctg, ctg_table};
use crate::decide::plans::{
    Plans, Quarter, actions_table, follow_up_table, quarters, quarters_table,
};

/// Runs the command.
pub fn run(session: &Session, args: &FollowUpArgs) -> Result<Done> {
    let today = day(args.date.as_ref())?;
    let plans = &session.plans;
    let asked = args.trimestre.or_else(|| Quarter::of(&today));
    let until = asked.ok_or_else(|| Error::Usage(format!("« {today} » n’est pas une date.")))?;
    if until.first_day() > today {
        return Err(Error::Usage(format!(
            "Le {} n’a pas commencé le {}. Pour le voir quand même : --date.",
            until.label(),
            date_short(&today)
        )));
    }
    let seen = quarters(plans, until, &today);
    let structures = session.observatory.registry.all();
    let by_site = follow_up_table(plans, structures, &seen);
    let mut done = match (&args.table.sortie, args.table.format) {
        (Some(path), FileFormat::Xlsx) => {
            let last = &seen[seen.len() - 1..];
            let campaigns = session.observatory.settings.campaigns.iter();
            let figures = campaigns
                .map(|c| Ok(session.indicators(c)?.value))
                .collect::<Result<Vec<_>>>()?;
            let sheets = [
                quarters_table(plans, &seen),
                ctg_table(&ctg(&figures)),
                follow_up_table(plans, structures, last),
                actions_table(&plans.actions, &last[0].1),
            ];
            write_file(path, &workbook(&sheets)?)?;
            Done {
                result: by_site.json(),
                summary: format!("Suivi écrit dans {}.", path.display()),
                diagnostics: vec![Diagnostic::new(
                    Code::NotForPublication,
                    Location::none(),
                    "le classeur donne des effectifs par accueil : il reste au service.",
                )],
                ..Done::default()
            }
        }
        _ if args.table.sortie.is_some() || args.table.format != FileFormat::Csv => {
            deliver(&by_site, &args.table)?
        }
        _ => Done {
            result: by_site.json(),
            ..Done::default()
        },
    };
    if done.bytes.is_none() {
        done.text = territory(plans, &seen);
    }
    Ok(done)
}

/// The territory, quarter by quarter.
fn territory(plans: &Plans, seen: &[(Quarter, String)]) -> String {
    let share = |n: usize, of: usize, share: Option<f64>| match share {
        Some(share) => format!("{n} sur {of} ({})", percent(share)),
        None => "–".to_owned(),
    };
    let row = |(quarter, day): &(Quarter, String)| {
        let c = plans.counts(None, day);
        let in_time = plans.in_time(None, day);
        let r = plans.recommendations(None, day);
        vec![
            quarter.label(),
            date_short(day),
            c.issued.to_string(),
            c.to_launch.to_string(),
            c.running.to_string(),
            c.done.to_string(),
            c.abandoned.to_string(),
            c.late.to_string(),
            share(in_time.closed, in_time.due, in_time.share()),
            share(r.integrated.len(), r.issued, r.share()),
        ]
    };
    let headers = [
        "Trimestre",
        "Vu au",
        "Émises",
        "À lancer",
        "En cours",
        "Réalisées",
        "Abandonnées",
        "En retard",
        "Réalisées à temps",
        "Recommandations intégrées",
    ];
    aligned(&headers, &seen.iter().map(row).collect::<Vec<_>>())
}
