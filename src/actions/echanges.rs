//! The register of exchanges of data: listed, checked, a block more.

use std::path::PathBuf;

use crate::base::day::Day;
use crate::base::diagnostics::{Code, Diagnostic, Location};
use crate::base::error::{Error, Result};
use crate::base::files::write_file;
use crate::base::text::suggest;
use crate::campaign::{OpenObservatory, day_or_today, today};
use crate::convention::{
    DataExchange, EXCHANGES_FILE, ExchangeStanding, KnownFiles, NewExchange, Transmission,
    exchanges_among, load_exchanges, parse_exchanges, transmissions, with_new_exchange,
};
use crate::vocabulary::config::read_text;

/// The register on a day.
pub(crate) struct ExchangeList {
    /// Exchanges, in the order of the file.
    pub exchanges: Vec<DataExchange>,
    /// What was sent.
    pub sent: Vec<Transmission>,
    /// Day of the list.
    pub day: Day,
    /// What was noticed in the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads the register.
///
/// # Errors
///
/// A register that does not hold together; a day that is none; sendings that cannot be read.
pub(crate) fn list_exchanges(opened: &OpenObservatory, date: Option<&str>) -> Result<ExchangeList> {
    let read = load_exchanges(&opened.observatory)?;
    Ok(ExchangeList {
        exchanges: read.value,
        sent: transmissions(&opened.observatory.root)?,
        day: day_or_today(date)?,
        diagnostics: read.diagnostics,
    })
}

/// The register as it was known on a day: nothing is sent by it, what was withdrawn since is not agreed on any more.
///
/// # Errors
///
/// As [`list_exchanges`].
pub(crate) fn exchanges_known_on(
    opened: &OpenObservatory,
    date: Option<&str>,
) -> Result<ExchangeList> {
    let root = &opened.observatory.root;
    let day = day_or_today(date)?;
    let past = Some(day).filter(|day| date.is_some() && *day < today());
    let files = KnownFiles::on(root, past)?;
    let read = exchanges_among(&opened.observatory, &files)?;
    let mut sent = transmissions(root)?;
    sent.retain(|s| past.is_none_or(|past| s.date.parse::<Day>().is_ok_and(|sent| sent <= past)));
    Ok(ExchangeList {
        exchanges: read.value,
        sent,
        day,
        diagnostics: read.diagnostics,
    })
}

impl ExchangeList {
    /// An exchange by its id, whatever its case.
    ///
    /// # Errors
    ///
    /// None has it; the nearest is told.
    pub(crate) fn exchange(&self, id: &str) -> Result<&DataExchange> {
        let mut all = self.exchanges.iter();
        all.find(|e| e.id.eq_ignore_ascii_case(id)).ok_or_else(|| {
            let near = suggest(id, self.exchanges.iter().map(|e| e.id.as_str()));
            Error::Usage(format!(
                "L’échange « {id} » n’est pas dans {EXCHANGES_FILE}.{}",
                near.question()
            ))
        })
    }

    /// What was sent under an exchange, oldest first.
    pub(crate) fn sent_under<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Transmission> {
        self.sent.iter().filter(move |sent| sent.echange == id)
    }

    /// What each exchange lacks, as findings.
    pub(crate) fn findings(&self) -> Vec<Diagnostic> {
        let all = self.exchanges.iter();
        all.flat_map(|exchange| self.findings_of(exchange))
            .collect()
    }

    fn findings_of(&self, exchange: &DataExchange) -> Vec<Diagnostic> {
        let told = |code, message| Diagnostic::new(code, place(exchange), message);
        let lacks = exchange.lacks();
        let (blocking, alerts): (Vec<_>, Vec<_>) = lacks.iter().partition(|lack| lack.blocks);
        let sentences: Vec<String> = blocking.iter().map(|lack| lack.sentence()).collect();
        let mut found = Vec::new();
        match exchange.standing(self.day) {
            ExchangeStanding::Waiting => {
                found.push(told(Code::ExchangeWaiting, sentences.join(" ")));
            }
            ExchangeStanding::AgreedTooSoon => {
                let message = format!("L’accord est donné. {}", sentences.join(" "));
                found.push(told(Code::ExchangeTooSoon, message));
            }
            ExchangeStanding::Over => {
                let end = exchange.until.map_or_else(String::new, Day::short);
                found.push(told(
                    Code::ExchangeOver,
                    format!("L’échange a pris fin le {end}."),
                ));
            }
            ExchangeStanding::Agreed | ExchangeStanding::Refused => {}
        }
        let unregistered = alerts.iter().map(|lack| lack.sentence());
        found.extend(unregistered.map(|message| told(Code::ExchangeUnregistered, message)));
        found.extend(self.kept_too_long(exchange));
        found
    }

    /// What was sent so long ago that who received it should have destroyed it.
    fn kept_too_long(&self, exchange: &DataExchange) -> Option<Diagnostic> {
        let months = exchange.months?;
        let due = self.sent_under(&exchange.id).filter_map(Transmission::day);
        let due = due.filter_map(|day| day.months_after(months));
        let oldest = due.filter(|due| *due < self.day).min()?;
        let message = format!(
            "Des données transmises devaient être détruites par {} avant le {}.",
            exchange.requester,
            oldest.short()
        );
        Some(Diagnostic::new(
            Code::ExchangeOver,
            place(exchange),
            message,
        ))
    }
}

fn place(exchange: &DataExchange) -> Location {
    Location {
        cell: Some(format!("échange {}", exchange.id)),
        ..Location::file(EXCHANGES_FILE)
    }
}

/// A block laid.
pub(crate) struct ExchangeLaid {
    /// The register.
    pub file: PathBuf,
    /// Id of the exchange.
    pub id: String,
}

/// Adds a block to the register, below what is there.
///
/// # Errors
///
/// A register that does not hold together, so that nobody knows which id is free; one that changed meanwhile; a disk
/// that refuses.
pub(crate) fn lay_exchange(opened: &OpenObservatory, new: &NewExchange) -> Result<ExchangeLaid> {
    let observatory = &opened.observatory;
    let file = observatory.root.join(EXCHANGES_FILE);
    let text = if file.exists() {
        read_text(&file)?
    } else {
        String::new()
    };
    let known = parse_exchanges(EXCHANGES_FILE, &text, observatory)?.value;
    let (whole, id) = with_new_exchange(&text, &known, new);
    // What is written reads back, or is not written.
    parse_exchanges(EXCHANGES_FILE, &whole, observatory)?;
    write_file(&file, whole.as_bytes())?;
    Ok(ExchangeLaid { file, id })
}
