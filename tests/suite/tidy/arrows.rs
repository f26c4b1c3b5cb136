//! The source as a graph: which file uses which. Paths are resolved to the file that defines what
//! they name, through the tree of modules, imports and re-exports; `tests/compte.py` follows the
//! same rules and prints more.

use std::collections::{BTreeMap, BTreeSet};

use super::tokens::{closing, tokens};

/// Names of modules from `crate` down.
type Path = Vec<String>;

#[derive(Default)]
struct Module {
    file: String,
    items: BTreeSet<String>,
    imports: BTreeMap<String, Path>,
    globs: Vec<Path>,
}

/// A path as a file writes it, from one of its modules.
struct Mention {
    file: String,
    module: Path,
    path: Path,
}

/// What a path leads to.
#[derive(Clone)]
enum Target {
    Module(String),
    Item(String),
}

/// Every file of `src`, and what it uses.
#[derive(Default)]
pub struct Arrows {
    modules: BTreeMap<Path, Module>,
    mentions: Vec<Mention>,
    imported: Vec<(Mention, String, bool)>,
    /// Types defined in modules: name, file.
    pub types: Vec<(String, String)>,
    /// From a file to the files that define what it uses.
    pub to: BTreeMap<String, BTreeSet<String>>,
}

impl Arrows {
    /// Files are given with their names from `src` on.
    pub fn of(files: &[(String, String)]) -> Self {
        let mut arrows = Self::default();
        for (name, _) in files {
            let module = arrows.modules.entry(module_of(name)).or_default();
            module.file.clone_from(name);
        }
        for (name, text) in files {
            Reader {
                arrows: &mut arrows,
                file: name,
                tokens: tokens(text),
            }
            .read();
        }
        arrows.draw();
        arrows
    }

    fn draw(&mut self) {
        let mut to: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut draw = |from: &str, target: Option<Target>, import: bool| match target {
            Some(Target::Item(file)) if file != from => {
                to.entry(from.to_owned()).or_default().insert(file);
            }
            // What is reached through an imported module is seen in the paths that use it.
            Some(Target::Module(file)) if file != from && !import => {
                to.entry(from.to_owned()).or_default().insert(file);
            }
            _ => {}
        };
        for (mention, name, public) in &self.imported {
            // A re-export is an arrow only where the file uses the name itself: its paths tell.
            if !public || name == "*" {
                draw(&mention.file, self.target(mention), true);
            }
        }
        for mention in &self.mentions {
            draw(&mention.file, self.target(mention), mention.path.len() == 1);
        }
        self.to = to;
    }

    fn target(&self, mention: &Mention) -> Option<Target> {
        self.resolve(&mention.module, &mention.path, &mut BTreeSet::new())
    }

    fn resolve(
        &self,
        module: &[String],
        path: &[String],
        seen: &mut BTreeSet<(Path, Path)>,
    ) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        if !seen.insert((module.to_vec(), path.to_vec())) {
            return None;
        }
        match first.as_str() {
            "crate" | "observatoire" => self.walk(&["crate".to_owned()], rest, seen),
            "self" => self.walk(module, rest, seen),
            "super" => {
                let up = path.iter().take_while(|p| *p == "super").count();
                let above = module.len().saturating_sub(up);
                self.walk(&module[..above], &path[up..], seen)
            }
            _ => {
                let here = self.modules.get(module)?;
                let known = here.items.contains(first) || here.imports.contains_key(first);
                if known || self.modules.contains_key(&child(module, first)) {
                    self.walk(module, path, seen)
                } else {
                    self.through_globs(module, path, seen)
                }
            }
        }
    }

    fn walk(
        &self,
        module: &[String],
        path: &[String],
        seen: &mut BTreeSet<(Path, Path)>,
    ) -> Option<Target> {
        let here = self.modules.get(module)?;
        let Some((first, rest)) = path.split_first() else {
            return Some(Target::Module(here.file.clone()));
        };
        let below = child(module, first);
        let is_module = self.modules.contains_key(&below);
        if is_module && (!rest.is_empty() || !here.imports.contains_key(first)) {
            return self.walk(&below, rest, seen);
        }
        if here.items.contains(first) {
            return Some(Target::Item(here.file.clone()));
        }
        if let Some(import) = here.imports.get(first) {
            return self.resolve(module, &[import, rest].concat(), seen);
        }
        self.through_globs(module, path, seen)
            .or_else(|| Some(Target::Item(here.file.clone())))
    }

    fn through_globs(
        &self,
        module: &[String],
        path: &[String],
        seen: &mut BTreeSet<(Path, Path)>,
    ) -> Option<Target> {
        for glob in &self.modules.get(module)?.globs {
            let Some(Target::Module(file)) = self.resolve(module, glob, seen) else {
                continue;
            };
            let known = |m: &&Module| m.file == file && m.items.contains(&path[0]);
            if self.modules.values().any(|m| known(&m)) {
                return Some(Target::Item(file));
            }
        }
        None
    }

    /// Groups of files that use each other, directly or through others.
    pub fn circles(&self) -> Vec<BTreeSet<String>> {
        let reached: BTreeMap<&String, BTreeSet<&String>> = self
            .to
            .keys()
            .map(|file| (file, self.reached(file)))
            .collect();
        let mut circles: Vec<BTreeSet<String>> = Vec::new();
        for (file, others) in &reached {
            let back = |other: &&&String| reached.get(**other).is_some_and(|r| r.contains(*file));
            let circle: BTreeSet<String> =
                others.iter().filter(back).map(|o| (**o).clone()).collect();
            if circle.len() > 1 && !circles.contains(&circle) {
                circles.push(circle);
            }
        }
        circles
    }

    fn reached<'a>(&'a self, file: &'a String) -> BTreeSet<&'a String> {
        let (mut reached, mut next) = (BTreeSet::new(), vec![file]);
        while let Some(from) = next.pop() {
            for to in self.to.get(from).into_iter().flatten() {
                if reached.insert(to) {
                    next.push(to);
                }
            }
        }
        reached
    }
}

/// Walks the tokens of one file: its modules, what they define, import and mention.
struct Reader<'a> {
    arrows: &'a mut Arrows,
    file: &'a str,
    tokens: Vec<String>,
}

impl Reader<'_> {
    fn read(&mut self) {
        let end = self.tokens.len();
        self.block(0, end, &module_of(self.file), true);
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", String::as_str)
    }

    /// `items` says whether what is defined here belongs to the module: not inside `impl`, traits
    /// and functions.
    fn block(&mut self, from: usize, to: usize, module: &[String], items: bool) {
        let mut at = from;
        while at < to {
            let word = self.text(at).to_owned();
            at = match word.as_str() {
                "mod" if self.text(at + 2) == "{" => {
                    let inner = child(module, &self.text(at + 1).to_owned());
                    let file = self.file;
                    file.clone_into(&mut self.module(&inner).file);
                    let end = closing(&self.tokens, at + 2);
                    self.block(at + 3, end, &inner, true);
                    end + 1
                }
                "use" if self.text(at + 1) != "<" => self.import(at, module),
                "struct" | "enum" | "trait" | "fn" | "type" | "const" | "static"
                | "macro_rules" => {
                    let at = if self.text(at + 1) == "!" {
                        at + 2
                    } else {
                        at + 1
                    };
                    let name = self.text(at).to_owned();
                    if !is_word(&name) || matches!(name.as_str(), "fn" | "unsafe" | "mut") {
                        at
                    } else {
                        if items {
                            let is_type =
                                matches!(word.as_str(), "struct" | "enum" | "trait" | "type");
                            if is_type {
                                let file = self.file.to_owned();
                                self.arrows.types.push((name.clone(), file));
                            }
                            self.module(module).items.insert(name);
                        }
                        at + 1
                    }
                }
                "{" => {
                    let end = closing(&self.tokens, at);
                    self.block(at + 1, end, module, false);
                    end + 1
                }
                _ if is_word(&word) => self.mention(at, module),
                _ => at + 1,
            };
        }
    }

    fn module(&mut self, path: &[String]) -> &mut Module {
        self.arrows.modules.entry(path.to_vec()).or_default()
    }

    /// A path of several segments is a mention; a lone word is one when it is what was re-exported.
    fn mention(&mut self, at: usize, module: &[String]) -> usize {
        let mut path = vec![self.text(at).to_owned()];
        let mut after = at + 1;
        while self.text(after) == "::" && is_word(self.text(after + 1)) {
            path.push(self.text(after + 1).to_owned());
            after += 2;
        }
        let before = at.checked_sub(1).map_or("", |b| self.text(b)).to_owned();
        let reexported =
            path.len() == 1 && before != "." && self.module(module).imports.contains_key(&path[0]);
        if reexported || (path.len() > 1 && before != "." && before != "::") {
            self.arrows.mentions.push(Mention {
                file: self.file.to_owned(),
                module: module.to_vec(),
                path,
            });
        }
        after
    }

    fn import(&mut self, at: usize, module: &[String]) -> usize {
        let public = at > 0 && matches!(self.text(at - 1), "pub" | ")");
        let mut after = self.use_tree(at + 1, &[], module, public);
        while after < self.tokens.len() && self.text(after) != ";" {
            after += 1;
        }
        after + 1
    }

    fn use_tree(
        &mut self,
        from: usize,
        prefix: &[String],
        module: &[String],
        public: bool,
    ) -> usize {
        let (mut at, mut path) = (from, prefix.to_vec());
        loop {
            let word = self.text(at).to_owned();
            at += 1;
            match word.as_str() {
                "::" => {}
                "{" => {
                    while self.text(at) != "}" {
                        at = self.use_tree(at, &path, module, public);
                        at += usize::from(self.text(at) == ",");
                    }
                    return at + 1;
                }
                "*" => {
                    self.imported("*", &path, module, public);
                    return at;
                }
                _ => {
                    path.push(word);
                    if self.text(at) == "as" {
                        let name = self.text(at + 1).to_owned();
                        self.imported(&name, &path, module, public);
                        return at + 2;
                    }
                    if self.text(at) != "::" {
                        if path.len() > 1 && path.last().is_some_and(|p| p == "self") {
                            path.pop();
                        }
                        let name = path.last().cloned().unwrap_or_default();
                        self.imported(&name, &path, module, public);
                        return at;
                    }
                }
            }
        }
    }

    fn imported(&mut self, name: &str, path: &[String], module: &[String], public: bool) {
        if name == "*" {
            self.module(module).globs.push(path.to_vec());
        } else {
            self.module(module)
                .imports
                .insert(name.to_owned(), path.to_vec());
        }
        let mention = Mention {
            file: self.file.to_owned(),
            module: module.to_vec(),
            path: path.to_vec(),
        };
        self.arrows
            .imported
            .push((mention, name.to_owned(), public));
    }
}

fn child(module: &[String], name: &String) -> Path {
    [module, std::slice::from_ref(name)].concat()
}

fn is_word(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// « crate, a, b » for `a/b.rs` and `a/b/mod.rs`.
fn module_of(file: &str) -> Path {
    if file == "main.rs" {
        return vec!["main".to_owned()];
    }
    let file = file.trim_end_matches(".rs");
    let parts = file.split('/').filter(|p| !matches!(*p, "mod" | "lib"));
    std::iter::once("crate")
        .chain(parts)
        .map(str::to_owned)
        .collect()
}

#[test]
fn arrows_lead_to_the_file_that_defines() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let arrows = Arrows::of(&[
        file("lib.rs", "pub mod a; pub mod b;"),
        file("a/mod.rs", "mod deep; pub use deep::Thing; pub struct Own;"),
        file("a/deep.rs", "use super::Own; pub struct Thing(Own);"),
        file(
            "b.rs",
            "use crate::a::{self, Thing}; fn f(t: Thing) -> a::Own { \"crate::c::X\" } // crate::a::Z",
        ),
        file("c.rs", "#[cfg(test)] mod tests { use crate::b::f; }"),
    ]);
    let to = |from: &str| arrows.to.get(from).cloned().unwrap_or_default();
    assert_eq!(
        to("b.rs"),
        BTreeSet::from(["a/deep.rs".to_owned(), "a/mod.rs".to_owned()])
    );
    assert_eq!(to("a/deep.rs"), BTreeSet::from(["a/mod.rs".to_owned()]));
    assert!(to("a/mod.rs").is_empty(), "a re-export is no use");
    assert!(to("c.rs").is_empty(), "tests are no part of the program");
    assert!(arrows.circles().is_empty());
}

#[test]
fn a_circle_through_a_third_file_is_seen() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let arrows = Arrows::of(&[
        file("lib.rs", "mod a; mod b; mod c; mod d;"),
        file("a.rs", "fn a() { crate::b::b() }"),
        file("b.rs", "use super::c; fn b() { c::c() }"),
        file("c.rs", "use crate::a::a; fn c() { a() }"),
        file("d.rs", "use crate::a::a;"),
    ]);
    let circle = ["a.rs", "b.rs", "c.rs"].map(str::to_owned);
    assert_eq!(arrows.circles(), [BTreeSet::from(circle)]);
}
