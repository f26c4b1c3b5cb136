//! What an exchange of data agreed on sends: listed fields alone, as reports already tell them; refused, with who must give
//! what is missing, as long as anything is.

use std::path::{Path, PathBuf};

use super::echanges::{ExchangeList, list_exchanges};
use super::exchange_files::{ExchangeFiles, figures_table, words_table};
use super::exchange_phrases::exchanged_words;
use crate::base::day::Day;
use crate::base::diagnostics::Diagnostic;
use crate::base::error::{Error, Result};
use crate::base::tabular::{FileFormat, Table};
use crate::base::text::safe_file_name;
use crate::campaign::{OpenObservatory, Picture, Reach, today};
use crate::convention::{
    ClosedWord, DataExchange, ExchangeLack, ExchangeSide, ExchangeStanding, ExchangedData,
    ExchangedField, ExchangedTable, Grain, OuiNon, ParolesColumn, Register, Registers, Speaker,
    Transmission,
};
use crate::disclosure::{
    AgreedFigure, ClearedExchange, DeliveryLog, ExchangedFigure, ExchangedWords, SaidWords,
    clear_exchange, clear_said,
};
use crate::exports;
use crate::figures::Level;
use crate::vocabulary::Audience;

/// Whom the reader of an exchange may be one of: what one of them is not told does not leave.
const READERS: [Audience; 2] = [Audience::Elus, Audience::Renouvellement];

/// Longest id in the name of a file.
const LONGEST_ID: usize = 60;

/// What to send.
pub(crate) struct ExchangeRequest {
    /// Id of the exchange.
    pub exchange: String,
    /// The only fields wanted; all that are listed otherwise.
    pub fields: Vec<String>,
    /// Campaign; the latest otherwise.
    pub campaign: Option<String>,
    /// File to write.
    pub out: Option<PathBuf>,
    /// How it is laid out.
    pub format: FileFormat,
    /// Day of the sending, AAAA-MM-JJ; today otherwise.
    pub date: Option<String>,
}

/// What was written.
pub(crate) struct ExchangeSent {
    /// Files, the one asked for first.
    pub files: Vec<PathBuf>,
    /// Lines of figures and words.
    pub lines: usize,
    /// Of those, figures that are hidden.
    pub hidden: usize,
    /// Listed fields that the observatory does not hold.
    pub elsewhere: Vec<String>,
    /// What was noticed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Sends.
///
/// # Errors
///
/// An exchange that lacks something, was refused or is over; a field that is not listed; a file of the observatory.
pub(crate) fn send_exchange(
    opened: &OpenObservatory,
    request: &ExchangeRequest,
) -> Result<ExchangeSent> {
    let list = list_exchanges(opened, request.date.as_deref())?;
    let exchange = list.exchange(&request.exchange)?;
    // A day that is written may be later than today, never earlier: what is over is over.
    may_leave(exchange, list.day.max(today()))?;
    let data = listed(exchange, &request.fields)?;
    let Some(out) = &request.out else {
        return Err(Error::Usage(
            "exporter --echange demande --sortie FICHIER.".to_owned(),
        ));
    };
    let files = ExchangeFiles::at(opened, out, request.format)?;
    write(opened, request, &list, exchange, &data, &files)
}

/// Refuses what may not leave, saying what is missing and who must give it.
fn may_leave(exchange: &DataExchange, day: Day) -> Result<()> {
    let nothing = format!("Rien n’est transmis pour l’échange {}.", exchange.id);
    let refuse = |why: String| Err(Error::Usage(format!("{nothing} {why}")));
    if exchange.side == ExchangeSide::Incoming {
        return refuse(format!(
            "Il est entrant : les données sont à {}, qui les transmet.",
            exchange.holder
        ));
    }
    match exchange.standing(day) {
        ExchangeStanding::Agreed => Ok(()),
        ExchangeStanding::Refused => {
            let when = exchange.decision.day;
            let when = when.map_or_else(String::new, |day| format!(" le {}", day.short()));
            refuse(format!("Il a été refusé{when}."))
        }
        ExchangeStanding::Over => {
            let end = exchange.until.map_or_else(String::new, Day::short);
            refuse(format!(
                "Il a pris fin le {end} : une nouvelle décision du détenteur, {}, est nécessaire.",
                exchange.holder
            ))
        }
        ExchangeStanding::Waiting | ExchangeStanding::AgreedTooSoon => {
            let lacks = exchange.lacks();
            let blocking = lacks.iter().filter(|lack| lack.blocks);
            let sentences: Vec<String> = blocking.map(ExchangeLack::sentence).collect();
            refuse(sentences.join(" "))
        }
    }
}

/// The fields asked for, which are all on the list.
fn listed<'a>(exchange: &'a DataExchange, asked: &[String]) -> Result<Vec<&'a ExchangedData>> {
    for code in asked {
        if !exchange.data.iter().any(|data| data.code == *code) {
            let codes: Vec<&str> = exchange.data.iter().map(|d| d.code.as_str()).collect();
            return Err(Error::Usage(format!(
                "Rien n’est transmis pour l’échange {} : « {code} » n’est pas dans sa liste ({}). Un champ de plus demande un nouvel accord du détenteur, {}.",
                exchange.id,
                codes.join(", "),
                exchange.holder
            )));
        }
    }
    let kept = exchange.data.iter();
    let kept: Vec<_> = kept
        .filter(|data| asked.is_empty() || asked.contains(&data.code))
        .collect();
    if let Some(raw) =
        (kept.iter()).find(|d| d.field == Some(ExchangedField::Table(ExchangedTable::Answers)))
    {
        return Err(Error::Usage(format!(
            "Rien n’est transmis pour l’échange {} : l’observatoire n’envoie jamais de réponses une à une ({}), même avec un accord. Demandez des totaux.",
            exchange.id, raw.code
        )));
    }
    if kept.iter().all(|data| data.field.is_none()) {
        return Err(Error::Usage(format!(
            "Rien n’est transmis pour l’échange {} : l’observatoire ne tient aucune de ces données. Qui les tient les transmet, hors de cet outil.",
            exchange.id
        )));
    }
    Ok(kept)
}

fn write(
    opened: &OpenObservatory,
    request: &ExchangeRequest,
    list: &ExchangeList,
    exchange: &DataExchange,
    data: &[&ExchangedData],
    files: &ExchangeFiles,
) -> Result<ExchangeSent> {
    let observatory = &opened.observatory;
    let campaign = observatory.campaign(request.campaign.as_deref())?;
    let mut log = DeliveryLog::begin(&observatory.root)?;
    let picture = Picture::of(opened, campaign, Reach::Territory, list.day)?;
    let views = READERS.into_iter().map(|reader| {
        let structures = &picture.structures;
        let view = picture.clear(opened, structures, reader, list.day, &log)?;
        log.record(&view.cleared, &view.repeats, list.day)?;
        Ok(view.cleared.for_documents())
    });
    let views = views.collect::<Result<Vec<_>>>()?;
    let cleared = {
        let told: Vec<_> = views.iter().collect();
        clear_exchange(&told, &agreed(data), |site, figure| match figure {
            ExchangedFigure::Activity(code) => {
                let figure = picture.indicators.get(site, Level::Activite, code.as_str());
                figure.map_or(0, |f| if f.expected > 0 { f.expected } else { f.n })
            }
            // Grids and answers that a level of a site can rest on.
            ExchangedFigure::Axis(_) | ExchangedFigure::Critere(_) => {
                let received = told.iter().filter_map(|view| view.site(site));
                let received = received.map(|s| s.received.iter().map(|r| r.count).sum());
                received.min().unwrap_or(0)
            }
        })
    };
    let mut tables: Vec<(&str, Table)> = Vec::new();
    if !cleared.lines.is_empty() {
        tables.push(("", figures_table(&cleared, &picture.structures)));
    }
    let has = |table| (data.iter()).any(|d| d.field == Some(ExchangedField::Table(table)));
    if has(ExchangedTable::Structures) {
        tables.push(("structures", exports::structures(&observatory.registry)));
    }
    if has(ExchangedTable::Words) {
        // Who took an agreement back since is not quoted, whatever day is written.
        let said = said(opened, list.day.max(today()))?;
        let words: Vec<ExchangedWords> =
            clear_said(&said, picture.referentiel, observatory.registry.all());
        tables.push(("paroles", words_table(&words)));
    }
    // Remembered before anything leaves: nothing goes that the log does not know.
    let _held = log.save()?;
    let lines = tables.iter().map(|(_, table)| table.rows.len()).sum();
    let made = files.made(
        &tables,
        exchange,
        &told_fields(data, &cleared),
        &campaign.id,
        list.day,
    )?;
    let mut sent = Transmission::new(&exchange.id, list.day, &campaign.id, &made.sum);
    sent.champs = data.iter().map(|d| d.code.clone()).collect();
    sent.lignes = lines;
    sent.masques = cleared.hidden();
    // Nor that the register of sendings does not: a stop between is sent again, and is the same sending.
    sent.keep(&observatory.root)?;
    let written = files.put(made)?;
    let elsewhere = data.iter().filter(|d| d.field.is_none());
    Ok(ExchangeSent {
        files: written,
        lines,
        hidden: cleared.hidden(),
        elsewhere: elsewhere.map(|d| d.code.clone()).collect(),
        diagnostics: list.diagnostics.clone(),
    })
}

/// What each field of the list is, in words.
fn told_fields(data: &[&ExchangedData], cleared: &ClearedExchange) -> Vec<String> {
    let told = data.iter().map(|data| {
        let mut lines = cleared.lines.iter();
        let line = lines.find(|line| line.code == data.code);
        exchanged_words(data, line.map_or("", |line| &line.label))
    });
    told.collect()
}

/// Figures of the list, in its order.
fn agreed(data: &[&ExchangedData]) -> Vec<AgreedFigure> {
    let figures = data.iter().filter_map(|data| {
        let figure = match data.field.as_ref()? {
            ExchangedField::Activity(code) => ExchangedFigure::Activity(*code),
            ExchangedField::Axis(code) => ExchangedFigure::Axis(code.clone()),
            ExchangedField::Critere(code) => ExchangedFigure::Critere(code.clone()),
            ExchangedField::Table(_) => return None,
        };
        Some(AgreedFigure {
            code: data.code.clone(),
            figure,
            of_sites: data.grain == Grain::Structure,
            least: data.least,
        })
    });
    figures.collect()
}

/// Words of the follow-up whose speaker agreed that they be quoted, as known on a day.
fn said(opened: &OpenObservatory, day: Day) -> Result<Vec<SaidWords>> {
    let registers = Registers::load(&opened.observatory.root, Some(day))?;
    let rows = registers.rows(Register::Paroles).iter();
    let agreed = rows.filter(|row| row.word(ParolesColumn::Accord) == Some(OuiNon::Oui));
    let said = agreed.map(|row| SaidWords {
        month: (row.text(ParolesColumn::Date).get(..7))
            .unwrap_or_default()
            .to_owned(),
        who: (row.word::<Speaker>(ParolesColumn::Qui))
            .map_or("", ClosedWord::label)
            .to_owned(),
        about: row.text(ParolesColumn::Themes).to_owned(),
        text: row.text(ParolesColumn::Propos).to_owned(),
    });
    Ok(said.collect())
}

/// Where a page writes what an exchange sends.
pub(crate) fn usual_place(opened: &OpenObservatory, id: &str, format: FileFormat) -> PathBuf {
    let folder = opened.observatory.root.join("reports").join("ctg");
    let name = safe_file_name(id, LONGEST_ID, "echange");
    let end = if format == FileFormat::Xlsx {
        "xlsx"
    } else {
        "csv"
    };
    folder
        .join("echanges")
        .join(&name)
        .join(format!("{name}-{}.{end}", today()))
}

/// The format that the name of the file asks for, unless one was given.
pub(crate) fn format_of(out: Option<&Path>, given: FileFormat) -> FileFormat {
    let extension = out.and_then(Path::extension);
    let extension = extension.map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") if given == FileFormat::Csv => FileFormat::Xlsx,
        _ => given,
    }
}
