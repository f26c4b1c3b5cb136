//! The files of an exchange: tables, a page that says what they are, their SHA-256. None takes the place of a file of the
//! observatory.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::base::day::Day;
use crate::base::error::{Error, Result};
use crate::base::files::sha256;
use crate::base::tabular::{Field, FileFormat, Heading, Table};
use crate::campaign::OpenObservatory;
use crate::convention::DataExchange;
use crate::disclosure::{ClearedExchange, ExchangedWords, Shown};
use crate::vocabulary::config::Structure;

/// Where the files of an exchange go.
pub(super) struct ExchangeFiles<'a> {
    opened: &'a OpenObservatory,
    out: PathBuf,
    format: FileFormat,
}

/// Files of an exchange, to be put in place.
pub(super) struct MadeExchange {
    /// Tables first, the page and the sums last.
    files: Vec<(PathBuf, Vec<u8>)>,
    /// SHA-256 of the first.
    pub sum: String,
}

impl<'a> ExchangeFiles<'a> {
    /// Refused before anything is computed where the file may not be written.
    pub(super) fn at(opened: &'a OpenObservatory, out: &Path, format: FileFormat) -> Result<Self> {
        if out.file_stem().is_none() {
            return Err(Error::Usage(
                "Donnez à --sortie le nom d’un fichier à créer.".to_owned(),
            ));
        }
        let files = Self {
            opened,
            out: out.to_path_buf(),
            format,
        };
        for path in [out.to_path_buf(), files.page(), files.sums()] {
            opened.destination(&path)?;
        }
        Ok(files)
    }

    /// « retours-paroles.csv » beside « retours.csv ».
    fn beside(&self, what: &str, extension: &str) -> PathBuf {
        let stem = self.out.file_stem().unwrap_or_default().to_string_lossy();
        self.out.with_file_name(format!("{stem}-{what}{extension}"))
    }

    fn page(&self) -> PathBuf {
        self.beside("LISEZMOI", ".txt")
    }

    fn sums(&self) -> PathBuf {
        self.beside("SHA256", ".txt")
    }

    fn table_path(&self, rank: usize, what: &str) -> PathBuf {
        if rank == 0 {
            return self.out.clone();
        }
        let extension = self.out.extension();
        let extension = extension.map_or_else(String::new, |e| format!(".{}", e.to_string_lossy()));
        self.beside(what, &extension)
    }

    /// Tables, then the page, then the sums, none in place yet.
    pub(super) fn made(
        &self,
        tables: &[(&str, Table)],
        exchange: &DataExchange,
        data: &[String],
        campaign: &str,
        day: Day,
    ) -> Result<MadeExchange> {
        let mut files = Vec::new();
        for (rank, (what, table)) in tables.iter().enumerate() {
            files.push((self.table_path(rank, what), table.write(self.format)?));
        }
        let territory = &self.opened.observatory.settings.territory;
        let page = read_me(exchange, data, campaign, day, &territory.nom);
        files.push((self.page(), page.replace('\n', "\r\n").into_bytes()));
        let sum = files
            .first()
            .map_or_else(String::new, |(_, bytes)| sha256(bytes));
        // As `sha256sum -c` reads them.
        let listed = files.iter().map(|(path, bytes)| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            format!("{}  {name}\n", sha256(bytes))
        });
        let listed: String = listed.collect();
        files.push((self.sums(), listed.into_bytes()));
        Ok(MadeExchange { files, sum })
    }

    /// Puts them in place.
    pub(super) fn put(&self, made: MadeExchange) -> Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for (path, bytes) in made.files {
            self.opened.destination(&path)?.write(&bytes)?;
            paths.push(path);
        }
        Ok(paths)
    }
}

/// Figures, a line each; a hidden one says why.
pub(super) fn figures_table(cleared: &ClearedExchange, structures: &[&Structure]) -> Table {
    let columns = vec![
        Heading::text("champ"),
        Heading::text("libelle"),
        Heading::text("maille"),
        Heading::text("structure"),
        Heading::text("nom"),
        Heading::decimal("valeur"),
        Heading::text("masque"),
    ];
    let text = |t: &str| Field::Text(t.to_owned());
    let rows = cleared.lines.iter().map(|line| {
        let named = structures.iter().find(|s| s.code == line.structure);
        let (value, mask) = match line.value {
            Some(Shown::Value(value)) => (Field::Decimal(value), ""),
            Some(Shown::Masked(mask)) => (Field::Empty, mask.words()),
            None => (Field::Empty, "non calculable"),
        };
        let grain = if line.structure.is_empty() {
            "territoire"
        } else {
            "structure"
        };
        vec![
            text(&line.code),
            text(&line.label),
            text(grain),
            text(&line.structure),
            text(named.map_or("", |s| s.nom.as_str())),
            value,
            text(mask),
        ]
    });
    Table::new("Echange", columns, rows.collect())
}

/// Words, a line each.
pub(super) fn words_table(words: &[ExchangedWords]) -> Table {
    let columns = ["mois", "qui", "themes", "propos"];
    let columns = columns.iter().map(|c| Heading::text(c)).collect();
    let rows = words.iter().map(|w| {
        [&w.month, &w.who, &w.about, w.text.as_str()]
            .map(|t: &str| Field::Text(t.to_owned()))
            .to_vec()
    });
    Table::new("Paroles", columns, rows.collect())
}

/// What goes with the files: what they are, what they may serve, until when.
fn read_me(
    exchange: &DataExchange,
    data: &[String],
    campaign: &str,
    day: Day,
    territory: &str,
) -> String {
    let mut page = format!(
        "Échange de données {} : {}\n\nTransmis le {} par {}, à {}.\nTerritoire : {territory}. Campagne : {campaign}.\n\nÀ quoi ces données servent : {}\nFondement : {}\n",
        exchange.id,
        exchange.subject,
        day.long(),
        exchange.holder,
        exchange.requester,
        exchange.purpose,
        exchange.basis
    );
    if let Some(decided) = exchange.decision.day {
        let _ = writeln!(page, "Accord donné le {}.", decided.long());
    }
    if !exchange.register.reference.is_empty() {
        let _ = writeln!(
            page,
            "Registre des traitements : {}.",
            exchange.register.reference
        );
    }
    if let Some((months, end)) = exchange
        .months
        .and_then(|m| Some((m, day.months_after(m)?)))
    {
        let _ = writeln!(
            page,
            "À détruire au bout de {months} mois, le {} au plus tard.",
            end.long()
        );
    }
    page.push_str("\nLa liste exacte\n");
    for data in data {
        let _ = writeln!(page, "- {data}");
    }
    for advice in &exchange.dpo.advice {
        let _ = writeln!(page, "- Recommandation du DPO : {advice}.");
    }
    page.push_str(
        "\nComment lire\n\
         - Les parts vont de 0 à 1, les niveaux de 1 à 4.\n\
         - Une valeur absente dit pourquoi dans la colonne « masque » : trop peu de réponses ou de cas, ou chiffre qui en donnerait un autre par soustraction. Elle n’est pas zéro.\n\
         - N’essayez pas de retrouver ce qui est masqué, ne rapprochez pas ces chiffres de données nominatives, ne les transmettez pas plus loin sans un nouvel accord.\n",
    );
    page
}
