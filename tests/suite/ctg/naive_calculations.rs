//! A second computation of the indicators of the convention, written from `docs/ctg.md` over the cells of an exported
//! workbook: texts alone, no type of the program.

use std::collections::{BTreeMap, BTreeSet};

use observatoire::base::sheets::Workbook;

/// A line: heading → text.
pub type Line = BTreeMap<String, String>;

/// Sheets of a workbook by their names.
pub struct Book {
    sheets: BTreeMap<String, Vec<Line>>,
}

/// Over what, and what is known of the territory.
pub struct Asked<'a> {
    pub label: &'a str,
    pub from: &'a str,
    pub to: &'a str,
    pub seen_on: &'a str,
    /// Structures with their first and last days, empty when open.
    pub structures: &'a [(String, String, String)],
    /// The whole `convention.toml`.
    pub convention: &'a toml::Value,
}

/// Value, numerator, denominator, n.
pub type Naive = (Option<f64>, Option<f64>, Option<f64>, usize);

fn plain(text: &str) -> String {
    let mut plain = String::new();
    for c in text.trim().to_lowercase().chars() {
        plain.push(match c {
            'à' | 'â' => 'a',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' => 'o',
            'û' | 'ù' | 'ü' => 'u',
            'ç' => 'c',
            '_' | '’' | '\'' | '-' => ' ',
            other => other,
        });
    }
    // « groupe_travail » is « groupe de travail », « temps_echange » « temps d’échange ».
    plain.replace(" de ", " ").replace(" d ", " ")
}

fn parts(text: &str) -> Vec<&str> {
    text.split(',')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect()
}

/// Days since some day, for differences.
fn days(iso: &str) -> i64 {
    let day: observatoire::base::day::Day = iso.parse().expect("a day");
    i64::from(day.number())
}

impl Book {
    pub fn of(book: &Workbook) -> Self {
        let mut sheets = BTreeMap::new();
        for sheet in &book.sheets {
            let heads = sheet.row(1).map_or_else(Vec::new, |r| r.cells.clone());
            let rows = sheet.rows.iter().filter(|r| r.index > 1);
            let lines = rows.map(|row| {
                let cells = heads.iter().map(|h| (h.value.text(), row.text(h.col)));
                cells.filter(|(_, t)| !t.is_empty()).collect::<Line>()
            });
            sheets.insert(
                sheet.name.to_string(),
                lines.filter(|l| !l.is_empty()).collect(),
            );
        }
        Self { sheets }
    }

    fn sheet(&self, name: &str) -> &[Line] {
        self.sheets.get(name).map_or(&[], Vec::as_slice)
    }

    fn function(&self, name: &str) -> Option<&Line> {
        self.sheet("Fonctions").iter().find(|f| {
            plain(get(f, "Code")) == plain(name) || plain(get(f, "Intitulé")) == plain(name)
        })
    }

    fn nature(&self, name: &str) -> String {
        self.function(name)
            .map_or_else(String::new, |f| plain(get(f, "Nature")))
    }

    fn kind_of(&self, organisation: &str) -> String {
        let partners = self.sheet("Partenaires").iter();
        let mut own = partners.filter(|p| {
            plain(get(p, "Code")) == plain(organisation)
                || plain(get(p, "Organisme (nom)")) == plain(organisation)
        });
        own.next()
            .map_or_else(String::new, |p| plain(get(p, "Type")))
    }

    fn filled(&self, nature: &str) -> Vec<&Line> {
        let all = self.sheet("Fonctions").iter();
        all.filter(|f| plain(get(f, "Nature")) == nature && get(f, "Poste pourvu") == "oui")
            .collect()
    }
}

fn get<'a>(line: &'a Line, heading: &str) -> &'a str {
    line.get(heading).map_or("", String::as_str)
}

fn number(line: &Line, heading: &str) -> Option<f64> {
    get(line, heading).parse().ok()
}

fn present(line: &Line) -> bool {
    match get(line, "Statut") {
        "présent" | "visioconférence" => true,
        "" => number(line, "Présents").unwrap_or(0.0) >= 1.0,
        _ => false,
    }
}

fn words(indicator: &toml::Value, key: &str) -> Vec<String> {
    let all = indicator.get(key).and_then(toml::Value::as_array);
    let all = all.into_iter().flatten().filter_map(toml::Value::as_str);
    all.map(str::to_owned).collect()
}

fn word<'a>(indicator: &'a toml::Value, key: &str) -> &'a str {
    indicator
        .get(key)
        .and_then(toml::Value::as_str)
        .unwrap_or("")
}

fn ratio(n: f64, of: f64, rested: usize) -> Naive {
    if of > 0.0 {
        (Some(n / of), Some(n), Some(of), rested)
    } else {
        (None, None, None, rested)
    }
}

/// One indicator of the file over a period.
pub struct Counting<'a> {
    pub book: &'a Book,
    pub asked: &'a Asked<'a>,
    pub indicator: &'a toml::Value,
}

impl<'a> Counting<'a> {
    fn end(&self) -> &'a str {
        self.asked.to.min(self.asked.seen_on)
    }

    fn inside(&self, day: &str) -> bool {
        !day.is_empty() && self.asked.from <= day && day <= self.end()
    }

    fn filled_period(&self) -> bool {
        self.book
            .sheet("Temps")
            .iter()
            .any(|t| self.inside(get(t, "Date")))
    }

    fn counted(&self, n: usize) -> Naive {
        if n > 0 || self.filled_period() {
            (Some(n as f64), Some(n as f64), None, n)
        } else {
            (None, None, None, 0)
        }
    }

    fn kept(&self) -> Vec<&'a Line> {
        let types: Vec<String> = words(self.indicator, "types")
            .iter()
            .map(|t| plain(t))
            .collect();
        let fiches = words(self.indicator, "fiches");
        let kept = self.book.sheet("Temps").iter().filter(|t| {
            let leader = plain(word(self.indicator, "anime_par"));
            let theme = word(self.indicator, "thematique");
            let experiment = word(self.indicator, "experimentation");
            self.inside(get(t, "Date"))
                && (types.is_empty() || types.contains(&plain(get(t, "Type"))))
                && (theme.is_empty() || plain(theme) == plain(get(t, "Thématique")))
                && (experiment.is_empty() || experiment == get(t, "Expérimentation"))
                && (fiches.is_empty()
                    || fiches
                        .iter()
                        .any(|f| parts(get(t, "Fiches")).contains(&f.as_str())))
                && (leader.is_empty()
                    || parts(get(t, "Animé par (fonction)"))
                        .iter()
                        .any(|f| self.book.nature(f) == leader))
        });
        kept.collect()
    }

    /// Lines of attendance of a meeting, by service: invited, present, persons' functions.
    fn services(&self, temps: &Line) -> BTreeMap<(String, String), Vec<&'a Line>> {
        let mut services: BTreeMap<(String, String), Vec<&Line>> = BTreeMap::new();
        for p in self.book.sheet("Présences") {
            if get(p, "Temps") == get(temps, "Identifiant") {
                let key = (plain(get(p, "Organisme")), plain(get(p, "Service")));
                services.entry(key).or_default().push(p);
            }
        }
        services
    }

    pub fn value(&self) -> Naive {
        if self.asked.from > self.asked.seen_on {
            return (None, None, None, 0);
        }
        match word(self.indicator, "calcul") {
            "compte_temps" => self.counted(self.kept().len()),
            "participation" => self.participation(),
            "presence_fonctions" => self.function_presence(),
            "compte_distinct" => self.counted(self.came().len()),
            "diversite" => self.diversity(),
            "existence_document" => self.document(),
            "part_documents" => self.sent(),
            "part_structures" => self.structures(),
            "part_fonctions" => self.functions(),
            "collaborations" => self.together(),
            "actions" => self.actions(),
            "decisions" => self.decisions(),
            "execution" => self.spending(),
            "compte_pratiques" => self.practices(),
            "releve" => self.declared(),
            _ => (None, None, None, 0),
        }
    }

    fn participation(&self) -> Naive {
        let kinds: Vec<String> = words(self.indicator, "organismes")
            .iter()
            .map(|k| plain(k))
            .collect();
        let (mut n, mut of, mut rested) = (0.0, 0.0, 0);
        for temps in self.kept() {
            let mut asked = 0.0;
            for ((organisation, _), lines) in self.services(temps) {
                if !kinds.is_empty() && !kinds.contains(&self.book.kind_of(&organisation)) {
                    continue;
                }
                if lines.iter().any(|l| get(l, "Invité") != "non") {
                    asked += 1.0;
                    n += f64::from(u8::from(lines.iter().any(|l| present(l))));
                }
            }
            of += asked;
            rested += usize::from(asked > 0.0);
        }
        ratio(n, of, rested)
    }

    fn function_presence(&self) -> Naive {
        let filled = self
            .book
            .filled(&plain(word(self.indicator, "nature_fonction")));
        let (mut n, mut of, mut rested) = (0.0, 0.0, 0);
        for temps in self.kept() {
            let member = |f: &&&Line| {
                parts(get(f, "Membre de (instances)"))
                    .iter()
                    .any(|i| plain(i) == plain(get(temps, "Type")))
            };
            let members: Vec<&&Line> = filled.iter().filter(member).collect();
            let lines = self.book.sheet("Présences").iter();
            let here: Vec<&Line> = lines
                .filter(|p| get(p, "Temps") == get(temps, "Identifiant") && present(p))
                .collect();
            for f in &members {
                let code = get(f, "Code");
                let came = here.iter().any(|p| {
                    self.book
                        .function(get(p, "Fonction"))
                        .is_some_and(|g| get(g, "Code") == code)
                });
                n += f64::from(u8::from(came));
            }
            of += members.len() as f64;
            rested += usize::from(!members.is_empty());
        }
        ratio(n, of, rested)
    }

    fn came(&self) -> BTreeSet<String> {
        let all = self.kept().into_iter().flat_map(|t| self.services(t));
        let came = all.filter(|(_, lines)| lines.iter().any(|l| present(l)));
        came.map(|((organisation, _), _)| organisation).collect()
    }

    fn diversity(&self) -> Naive {
        let kept = self.kept().len();
        let listed = self.book.sheet("Partenaires").iter().filter(|p| {
            let (since, until) = (get(p, "Depuis"), get(p, "Jusqu’à"));
            (since.is_empty() || since <= self.end())
                && (until.is_empty() || until >= self.asked.from)
        });
        let listed: BTreeSet<String> = listed.map(|p| plain(get(p, "Type"))).collect();
        let came: BTreeSet<String> = self
            .came()
            .iter()
            .map(|o| self.book.kind_of(o))
            .filter(|k| listed.contains(k))
            .collect();
        if kept == 0 {
            return (None, None, None, 0);
        }
        ratio(came.len() as f64, listed.len() as f64, kept)
    }

    fn documents(&self) -> Vec<&'a Line> {
        let kinds: Vec<String> = words(self.indicator, "document")
            .iter()
            .map(|k| plain(k))
            .collect();
        let all = self.book.sheet("Documents").iter();
        all.filter(|d| {
            kinds.contains(&plain(get(d, "Type")))
                && !get(d, "Date").is_empty()
                && get(d, "Date") <= self.end()
        })
        .collect()
    }

    fn was_sent(&self, line: &Line, heading: &str) -> bool {
        !get(line, heading).is_empty() && get(line, heading) <= self.end()
    }

    fn document(&self) -> Naive {
        let own = self.documents();
        if own.is_empty() && !self.filled_period() {
            return (None, None, None, 0);
        }
        let value = if own.iter().any(|d| self.was_sent(d, "Diffusé le")) {
            1.0
        } else if own.is_empty() {
            0.0
        } else {
            0.5
        };
        (Some(value), None, None, own.len())
    }

    fn sent(&self) -> Naive {
        let delay = self
            .indicator
            .get("delai_jours")
            .and_then(toml::Value::as_integer)
            .unwrap_or(30);
        let due: Vec<&Line> = self
            .kept()
            .into_iter()
            .filter(|t| days(get(t, "Date")) + delay < days(self.end()))
            .collect();
        let sent = due.iter().filter(|t| {
            let mut documents = self.book.sheet("Documents").iter();
            self.was_sent(t, "Compte rendu diffusé le")
                || documents.any(|d| {
                    get(d, "Temps") == get(t, "Identifiant")
                        && get(d, "Type") == "compte rendu"
                        && self.was_sent(d, "Diffusé le")
                })
        });
        ratio(sent.count() as f64, due.len() as f64, due.len())
    }

    fn experiment(&self) -> Option<&'a toml::Value> {
        let code = word(self.indicator, "experimentation");
        let all = self.asked.convention.get("experimentations")?.as_array()?;
        all.iter()
            .find(|e| word(e, "code") == code && !code.is_empty())
    }

    fn structures(&self) -> Naive {
        let pilots = self.experiment().map(|e| words(e, "pilotes"));
        let without = self
            .indicator
            .get("hors_pilotes")
            .and_then(toml::Value::as_bool)
            == Some(true);
        let open = self.asked.structures.iter().filter(|(_, from, to)| {
            (from.is_empty() || from.as_str() <= self.end())
                && (to.is_empty() || to.as_str() >= self.end())
        });
        let concerned: BTreeSet<&str> = open
            .map(|(code, ..)| code.as_str())
            .filter(|code| {
                pilots
                    .as_ref()
                    .is_none_or(|p| p.iter().any(|x| x == code) != without)
            })
            .collect();
        let fiche = self.experiment().map(|e| word(e, "fiche"));
        let own = self.documents().into_iter();
        let own = own.filter(|d| fiche.is_none_or(|f| parts(get(d, "Fiches")).contains(&f)));
        let proved: BTreeSet<&str> = own
            .flat_map(|d| parts(get(d, "Structure")))
            .filter(|s| concerned.contains(s))
            .collect();
        ratio(proved.len() as f64, concerned.len() as f64, concerned.len())
    }

    fn functions(&self) -> Naive {
        let filled = self
            .book
            .filled(&plain(word(self.indicator, "nature_fonction")));
        let n = if self.indicator.get("document").is_some() {
            let own = self.documents().into_iter();
            own.filter(|d| self.inside(get(d, "Date")) && self.was_sent(d, "Diffusé le"))
                .count()
        } else {
            let since = "« CTG dans ma poche » depuis";
            filled
                .iter()
                .filter(|f| {
                    get(f, "Utilise « CTG dans ma poche »") == "oui"
                        && (get(f, since).is_empty() || get(f, since) <= self.end())
                })
                .count()
        };
        ratio(n as f64, filled.len() as f64, filled.len())
    }

    fn together(&self) -> Naive {
        let nature = plain(word(self.indicator, "nature_fonction"));
        let services: Vec<String> = words(self.indicator, "services")
            .iter()
            .map(|s| plain(s))
            .collect();
        let mut fiches: BTreeSet<&str> = BTreeSet::new();
        let mut n = 0;
        for a in self.book.sheet("Actions") {
            let (from, to) = (get(a, "Début"), get(a, "Échéance"));
            let runs =
                !from.is_empty() && from <= self.end() && (to.is_empty() || to >= self.asked.from);
            let mut who = parts(get(a, "Responsable (fonction)"));
            who.extend(parts(get(a, "Appui")));
            if runs
                && who.iter().any(|w| self.book.nature(w) == nature)
                && who.iter().any(|w| services.contains(&plain(w)))
            {
                n += 1;
                fiches.extend(parts(get(a, "Fiche")));
            }
        }
        for t in self.kept() {
            let lines = self.book.sheet("Présences").iter();
            let here: Vec<&Line> = lines
                .filter(|p| get(p, "Temps") == get(t, "Identifiant") && present(p))
                .collect();
            let service = here.iter().any(|p| {
                services.contains(&plain(get(p, "Service")))
                    || services.contains(&plain(get(p, "Organisme")))
            });
            let function = here
                .iter()
                .any(|p| self.book.nature(get(p, "Fonction")) == nature);
            n += usize::from(
                service && function && !parts(get(t, "Fiches")).iter().any(|f| fiches.contains(f)),
            );
        }
        self.counted(n)
    }

    fn abrogated(&self, fiche: &str) -> bool {
        let all = self
            .asked
            .convention
            .get("fiches")
            .and_then(toml::Value::as_array);
        all.into_iter()
            .flatten()
            .any(|f| word(f, "code") == fiche && word(f, "etat") == "abrogee")
    }

    fn standing(&self) -> Vec<&'a Line> {
        let fiches = words(self.indicator, "fiches");
        let kept = self.book.sheet("Actions").iter().filter(|a| {
            let own = parts(get(a, "Fiche"));
            (fiches.is_empty() || fiches.iter().any(|f| own.contains(&f.as_str())))
                && (own.is_empty() || !own.iter().all(|f| self.abrogated(f)))
        });
        kept.collect()
    }

    fn actions(&self) -> Naive {
        let all = self.standing();
        let done = all
            .iter()
            .filter(|a| get(a, "Statut") == "réalisée")
            .count();
        ratio(done as f64, all.len() as f64, all.len())
    }

    fn decisions(&self) -> Naive {
        let due: Vec<&Line> = (self.book.sheet("Décisions").iter())
            .filter(|d| {
                let day = get(d, "Échéance");
                !day.is_empty()
                    && self.asked.from <= day
                    && day <= self.asked.to
                    && day < self.asked.seen_on
            })
            .collect();
        let followed = due
            .iter()
            .filter(|d| ["réalisée", "en cours", "suspendue"].contains(&get(d, "Statut")));
        ratio(followed.count() as f64, due.len() as f64, due.len())
    }

    fn spending(&self) -> Naive {
        let all = self.standing().into_iter();
        let both: Vec<(f64, f64)> = all
            .filter_map(|a| Some((number(a, "Coût réel")?, number(a, "Coût prévu")?)))
            .collect();
        ratio(
            both.iter().map(|b| b.0).sum(),
            both.iter().map(|b| b.1).sum(),
            both.len(),
        )
    }

    fn practices(&self) -> Naive {
        let experiment = word(self.indicator, "experimentation");
        let pilots = self
            .experiment()
            .map(|e| words(e, "pilotes"))
            .unwrap_or_default();
        let without = self
            .indicator
            .get("hors_pilotes")
            .and_then(toml::Value::as_bool)
            == Some(true);
        let mut pairs: BTreeSet<(String, String)> = BTreeSet::new();
        for p in self.book.sheet("Pratiques") {
            let proved = self.inside(get(p, "Date de la preuve")) && !get(p, "Preuve").is_empty();
            if !proved || (!experiment.is_empty() && get(p, "Expérimentation") != experiment) {
                continue;
            }
            for who in parts(get(p, "Adoptée par")) {
                let own = plain(who) == plain(get(p, "Origine (structure ou service)"));
                if !(own || without && pilots.iter().any(|x| x == who)) {
                    pairs.insert((plain(get(p, "Pratique")), plain(who)));
                }
            }
        }
        let who: BTreeSet<&String> = pairs.iter().map(|p| &p.1).collect();
        self.counted(if experiment.is_empty() {
            pairs.len()
        } else {
            who.len()
        })
    }

    fn declared(&self) -> Naive {
        let code = word(self.indicator, "code");
        let label = self.asked.label;
        let own = self.book.sheet("Relevés").iter().rfind(|r| {
            get(r, "Indicateur") == code
                && get(r, "Période") == label
                && ["", "territoire"].contains(&get(r, "Maille"))
        });
        let Some(row) = own else {
            return (None, None, None, 0);
        };
        let (n, of) = (number(row, "Numérateur"), number(row, "Dénominateur"));
        let divided = n.zip(of).filter(|p| p.1 > 0.0).map(|p| p.0 / p.1);
        (number(row, "Valeur").or(divided), n, of, 1)
    }
}
