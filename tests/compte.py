#!/usr/bin/env python3
"""Counts what a newcomer stumbles on in the code: names borne twice, circles, tuples, long files.

    python3 tests/compte.py [ROOT] [--all] [--binary PATH] [--cold-build] [--no-cargo]

Reads ROOT/src (the folder of this script's repository by default) and leaves aside what is under
`#[cfg(test)]`. Prints each finding with its place, then the totals, one a line, « name: value ».
`--all` prints every arrow of a circle instead of a few; `--cold-build` times the README's first build
in an empty folder (leave the machine idle). Python 3, standard library only.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

TOKEN = re.compile(
    r"""
    (?P<comment>//[^\n]*|/\*)
  | (?P<raw>(?:br|cr|r)(?P<hashes>\#*)")
  | (?P<string>[bc]?"(?:\\.|[^"\\])*")
  | (?P<char>b?'(?:\\(?:x[0-9a-fA-F]{2}|u\{[^}]*\}|.)|[^'\\\n])')
  | (?P<life>'[A-Za-z_]\w*)
  | (?P<ident>(?:r\#)?[A-Za-z_]\w*)
  | (?P<number>\d[\w]*(?:\.\d[\w]*)?)
  | (?P<op>::|->|=>|\|\||&&|\.\.=|\.\.|[^\s])
    """,
    re.X | re.S,
)
NETWORK = ("reqwest", "hyper", "rustls", "ring", "quinn", "openssl", "native-tls")
LONG_FILE, LONG_FUNCTION = 300, 60


@dataclass
class Token:
    kind: str
    text: str
    line: int


def tokens_of(text):
    """The tokens of a Rust file, without comments."""
    tokens, at, line = [], 0, 1
    while at < len(text):
        if text[at].isspace():
            line += text[at] == "\n"
            at += 1
            continue
        match = TOKEN.match(text, at)
        end, kind = match.end(), match.lastgroup
        if match["comment"] == "/*":
            end = end_of_block_comment(text, at)
        elif match["raw"] is not None:
            close = '"' + match["hashes"]
            end = text.index(close, end) + len(close)
            kind = "string"
        if match["comment"] is None:
            tokens.append(Token(kind, text[at:end], line))
        line += text.count("\n", at, end)
        at = end
    return tokens


def end_of_block_comment(text, at):
    depth, at = 1, at + 2
    while depth and at < len(text):
        if text.startswith("/*", at):
            depth, at = depth + 1, at + 2
        elif text.startswith("*/", at):
            depth, at = depth - 1, at + 2
        else:
            at += 1
    return at


OPEN, CLOSE = "([{", ")]}"


def closing(tokens, at):
    """The index of the bracket that closes the one at `at`."""
    depth = 0
    for index in range(at, len(tokens)):
        if tokens[index].kind == "op":
            if tokens[index].text in OPEN:
                depth += 1
            elif tokens[index].text in CLOSE:
                depth -= 1
                if depth == 0:
                    return index
    return len(tokens) - 1


def end_of_item(tokens, at):
    """The index after the item that begins at `at`: past its `;` or its braces."""
    while at < len(tokens):
        text = tokens[at].text
        if tokens[at].kind == "op" and text in OPEN:
            at = closing(tokens, at)
            if text == "{":
                return at + 1
        elif text in (";", ",") or (tokens[at].kind == "op" and text in CLOSE):
            return at + (text == ";")
        at += 1
    return at


def without_tests(tokens):
    """The tokens outside `#[cfg(test)]`, the lines that were left out, and `mod x;` of tests."""
    kept, lines, test_files, at = [], set(), set(), 0
    while at < len(tokens):
        if tokens[at].text == "#" and tokens[at + 1].text in ("[", "!"):
            opening = at + 1 + (tokens[at + 1].text == "!")
            end = closing(tokens, opening) + 1
            words = [t.text for t in tokens[opening:end]]
            if words[1] == "cfg" and "test" in words and "not" not in words:
                item = end
                while item < len(tokens) and tokens[item].text == "#":
                    item = closing(tokens, item + 1) + 1
                after = end_of_item(tokens, item)
                names = [t.text for t in tokens[item:after]]
                if "mod" in names and names[-1] == ";":
                    test_files.add(names[names.index("mod") + 1])
                lines.update(range(tokens[at].line, tokens[after - 1].line + 1))
                at = after
                continue
            kept.extend(tokens[at:end])
            at = end
            continue
        kept.append(tokens[at])
        at += 1
    return kept, lines, test_files


@dataclass
class Import:
    name: str
    path: tuple
    public: bool
    line: int


@dataclass
class Module:
    path: tuple
    file: str
    items: set = field(default_factory=set)
    imports: dict = field(default_factory=dict)
    globs: list = field(default_factory=list)


@dataclass
class Source:
    name: str
    module: tuple
    tokens: list
    lines: int
    imports: list = field(default_factory=list)
    paths: list = field(default_factory=list)
    words: Counter = field(default_factory=Counter)


@dataclass
class Finding:
    place: str
    text: str


class House:
    """Everything found in ROOT/src."""

    def __init__(self, root):
        self.root, self.sources, self.modules = Path(root), [], {}
        self.types, self.public = defaultdict(list), []
        self.tuple_patterns, self.public_tuples, self.closures = [], [], []
        self.indicator_codes, self.enum_words = [], []
        self.functions, self.lets = [], 0
        src = self.root / "src"
        read, aside = {}, set()
        for path in sorted(src.rglob("*.rs")):
            text = path.read_text(encoding="utf-8")
            tokens, left_out, tests = without_tests(tokens_of(text))
            name = path.relative_to(src).as_posix()
            read[name] = (tokens, len(text.splitlines()) - len(left_out))
            folder = folder_of(name)
            for test in tests:
                aside |= {f"{folder}{test}.rs", f"{folder}{test}/mod.rs"}
        for name, (tokens, lines) in read.items():
            if name not in aside:
                source = Source(name, module_of(name), tokens, lines)
                self.sources.append(source)
                self.modules.setdefault(source.module, Module(source.module, name)).file = name
        for source in self.sources:
            Reader(self, source).read()

    def place(self, source, token):
        return f"{source.name}:{token.line}"


def folder_of(name):
    """Where the modules that a file declares are: « a/ » for a/mod.rs, « a/b/ » for a/b.rs."""
    folder, _, file = name.rpartition("/")
    folder = f"{folder}/" if folder else ""
    return folder if file in ("mod.rs", "lib.rs", "main.rs") else f"{folder}{file[:-3]}/"


def module_of(name):
    if name == "main.rs":
        return ("main",)
    return ("crate", *[part for part in folder_of(name).split("/") if part])


TYPE_WORDS = ("struct", "enum", "trait", "union")


class Reader:
    """Walks the tokens of one file, with the modules and blocks that it is in."""

    def __init__(self, house, source):
        self.house, self.source, self.tokens = house, source, source.tokens
        self.blocks = []  # (closing index, kind, module)
        self.module = source.module

    def read(self):
        at = 0
        while at < len(self.tokens):
            while self.blocks and at > self.blocks[-1][0]:
                self.blocks.pop()
            self.module = self.blocks[-1][2] if self.blocks else self.source.module
            at = self.step(at)

    def text(self, at):
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def add(self, findings, at, text):
        findings.append(Finding(self.house.place(self.source, self.tokens[at]), text))

    def kind(self):
        return self.blocks[-1][1] if self.blocks else "mod"

    def here(self):
        return self.house.modules.setdefault(self.module, Module(self.module, self.source.name))

    def step(self, at):
        token = self.tokens[at]
        if token.kind == "ident":
            keyword = getattr(self, f"on_{token.text}", None)
            if keyword is not None:
                after = keyword(at)
                if after is not None:
                    return after
            return self.on_path(at)
        if token.kind == "string" and re.fullmatch(r'"I\d\d"', token.text):
            self.add(self.house.indicator_codes, at, token.text)
        if token.text == "::" and self.text(at - 1) not in (">",):
            return at + 1
        if token.text == "[" and [self.text(at + n) for n in range(1, 5)] == ["self", "as", "usize", "]"]:
            if self.text(at - 1) in ("]", ")") or self.tokens[at - 1].kind == "ident":
                self.add(self.house.enum_words, at, "[…][self as usize]")
        return at + 1

    def on_path(self, at):
        """A path of several segments, or a lone word."""
        segments, after = [self.tokens[at].text], at + 1
        while self.text(after) == "::" and after + 1 < len(self.tokens) and self.tokens[after + 1].kind == "ident":
            segments.append(self.tokens[after + 1].text)
            after += 2
        self.source.words.update(segments)
        if len(segments) > 1 and self.text(at - 1) not in (".", "::"):
            self.source.paths.append((self.module, tuple(segments), self.tokens[at].line))
        return after

    def visibility(self, at):
        """Whether the item whose keyword is at `at` has a `pub`, and the word of it."""
        back = at - 1
        while self.text(back) in ("async", "const", "unsafe", "extern", "default"):
            back -= 1
        if self.text(back) == ")" and self.text(back - 2) == "(" and self.text(back - 3) == "pub":
            return f"pub({self.text(back - 1)})"
        return "pub" if self.text(back) == "pub" else ""

    def block(self, at, kind, module=None):
        """Enters the braces that come first after `at`; the index after the opening one."""
        while at < len(self.tokens) and self.text(at) not in ("{", ";"):
            at = closing(self.tokens, at) + 1 if self.text(at) in ("(", "[") else at + 1
        if self.text(at) == "{":
            self.blocks.append((closing(self.tokens, at), kind, module or self.module))

    def on_mod(self, at):
        if self.text(at + 2) == "{":
            self.block(at, "mod", (*self.module, self.text(at + 1)))
        return at + 2

    def on_impl(self, at):
        # `impl Trait` in a signature opens nothing; an `impl` block begins an item.
        if self.text(at - 1) in ("", "}", ";", "]", "unsafe", "{"):
            self.block(at, "impl")
        return at + 1

    def define(self, at):
        name = self.text(at + 1)
        if self.kind() == "mod":
            self.here().items.add(name)
        if self.visibility(at):
            self.house.public.append((name, self.visibility(at), self.house.place(self.source, self.tokens[at])))
        return name

    def on_struct(self, at):
        return self.on_type_name(at, "struct")

    def on_enum(self, at):
        return self.on_type_name(at, "enum")

    def on_union(self, at):
        return self.on_type_name(at, "union") if self.text(at - 1) in ("pub", ")", "}", ";") else None

    def on_trait(self, at):
        after = self.on_type_name(at, "trait")
        self.block(at, "trait")
        return after

    def on_type(self, at):
        if self.kind() in ("impl", "trait") or self.tokens[at + 1].kind != "ident":
            return at + 2
        after = self.on_type_name(at, "type")
        equals = at + 2
        while self.text(equals) not in ("=", ";"):
            equals += 1
        if self.visibility(at) and self.text(equals + 1) == "(" and self.comma_within(equals + 1):
            self.add(self.house.public_tuples, at, f"type {self.text(at + 1)} = (…)")
        return after

    def on_type_name(self, at, what):
        if self.tokens[at + 1].kind != "ident":
            return None
        name = self.define(at)
        self.house.types[name].append(Finding(self.house.place(self.source, self.tokens[at]), what))
        if what == "struct":
            self.struct_fields(at)
        return at + 2

    def struct_fields(self, at):
        name, body = self.text(at + 1), at + 2
        while self.text(body) not in ("{", "(", ";"):
            body += 1
        if self.text(body) == ";":
            return
        end = closing(self.tokens, body)
        public = [i for i in range(body, end) if self.text(i) == "pub"]
        if self.text(body) == "(":
            if len(public) > 1 and self.visibility(at):
                self.add(self.house.public_tuples, at, f"struct {name}(pub …, pub …)")
            return
        for index in public:
            colon = index + 1
            while self.text(colon) != ":":
                colon += 1
            if self.tuple_in_type(colon + 1):
                self.add(self.house.public_tuples, index, f"{name}.{self.text(colon - 1)}: …(…, …)…")

    def tuple_in_type(self, at):
        """Whether a field's type, which begins at `at`, holds a tuple of two things or more."""
        depth = 0
        while at < len(self.tokens):
            text = self.text(at)
            if text == "(":
                if self.tokens[at - 1].kind != "ident" and self.comma_within(at):
                    return True
                at = closing(self.tokens, at)
            elif text == "<":
                depth += 1
            elif text == ">":
                depth -= 1
            elif text in ("}", ";") or (text == "," and depth <= 0):
                return False
            at += 1
        return False

    def comma_within(self, at):
        end, depth, index = closing(self.tokens, at), 0, at + 1
        while index < end:
            text = self.text(index)
            if text in ("(", "[", "{"):
                index = closing(self.tokens, index)
            elif text in "<>":
                depth += 1 if text == "<" else -1
            elif text == "," and depth == 0:
                return True
            index += 1
        return False

    def on_const(self, at):
        if self.tokens[at + 1].kind == "ident" and self.text(at + 2) == ":":
            self.define(at)
            return at + 2
        return at + 1

    def on_static(self, at):
        return self.on_const(at)

    def on_macro_rules(self, at):
        if self.text(at + 1) == "!":
            self.here().items.add(self.text(at + 2))
        return at + 1

    def on_fn(self, at):
        if self.tokens[at + 1].kind != "ident":
            return at + 1
        name = self.define(at)
        body = at + 2
        angle = 0
        while self.text(body) != "(" or angle:
            if self.text(body) in ("<", ">"):
                angle += 1 if self.text(body) == "<" else -1
            body += 1
        self.parameters(at, body, name)
        self.block(body, "fn")
        if self.blocks and self.blocks[-1][1] == "fn" and self.text(closing(self.tokens, body) + 1) != ";":
            lines = self.tokens[self.blocks[-1][0]].line - self.tokens[at].line + 1
            self.house.functions.append((lines, self.house.place(self.source, self.tokens[at]), name))
        return at + 2

    def parameters(self, at, opening, name):
        end, starts, index, angle = closing(self.tokens, opening), True, opening + 1, 0
        while index < end:
            text = self.text(index)
            if starts and text == "#":
                index = closing(self.tokens, index + 1) + 1
                continue
            if starts and text in ("&", "mut"):
                index += 1
                continue
            if starts and text == "(":
                self.add(self.house.tuple_patterns, at, f"fn {name}")
            starts = False
            if text in ("(", "[", "{"):
                index = closing(self.tokens, index)
            elif text in ("<", ">"):
                angle += 1 if text == "<" else -1
            elif text == "," and angle == 0:
                starts = True
            index += 1

    def on_let(self, at):
        self.house.lets += 1
        index = at + 1 + (self.text(at + 1) == "mut")
        name = self.text(index)
        if self.tokens[index].kind == "ident":
            if self.text(index + 1) == ":":
                while self.text(index + 1) not in ("=", ";"):
                    index += 1
            value = index + 2 + (self.text(index + 2) == "move")
            if self.text(index + 1) == "=" and self.text(value) in ("|", "||"):
                self.add(self.house.closures, at, f"let {name} = |…|")
        return at + 1

    def on_use(self, at):
        if self.text(at + 1) == "<":
            return None  # `impl Trait + use<'a>`
        public = bool(self.visibility(at))
        after = self.use_tree(at + 1, (), public)
        while self.text(after) != ";":
            after += 1
        return after + 1

    def use_tree(self, at, prefix, public):
        line = self.tokens[at].line
        while True:
            text = self.text(at)
            if text == "{":
                at += 1
                while self.text(at) != "}":
                    at = self.use_tree(at, prefix, public)
                    at += self.text(at) == ","
                return at + 1
            if text == "*":
                self.imported("*", prefix, public, line)
                return at + 1
            at += 1
            if text == "::":
                continue
            prefix = (*prefix, text)
            if self.text(at) == "as":
                self.source.words[prefix[-1]] += 1
                self.imported(self.text(at + 1), prefix, public, line)
                return at + 2
            if self.text(at) != "::":
                if prefix[-1] == "self":
                    prefix = prefix[:-1]
                self.imported(prefix[-1], prefix, public, line)
                return at

    def imported(self, name, path, public, line):
        self.source.imports.append((self.module, Import(name, path, public, line)))
        if name == "*":
            self.here().globs.append(path)
        else:
            self.here().imports[name] = path


class Arrows:
    """Who uses whom, file by file, through the module tree."""

    def __init__(self, house):
        self.modules = house.modules
        self.arrows = defaultdict(lambda: defaultdict(set))
        for source in house.sources:
            for module, imported in source.imports:
                used = source.words[imported.name] > 0 or imported.name == "*" or imported.name == "_"
                # A re-export is an arrow only where the file uses the name itself.
                if imported.public and not used:
                    continue
                self.add(source, module, imported.path, is_import=True)
            for module, path, _ in source.paths:
                self.add(source, module, path, is_import=False)

    def add(self, source, module, path, is_import):
        target = self.resolve(module, path, set())
        if target is None or target[0] == source.name:
            return
        # Importing a module is no use of its file: what is reached through it is seen in the paths.
        if is_import and target[1] == "module":
            return
        self.arrows[source.name][target[0]].add("::".join(path))

    def resolve(self, module, path, seen):
        """The file that defines what `path` names from `module`, and whether it is a module."""
        if (module, path) in seen or not path:
            return None
        seen.add((module, path))
        first, rest = path[0], path[1:]
        if first == "crate":
            return self.walk(("crate",) if module[0] == "crate" else ("main",), rest, seen)
        if first == "observatoire":
            return self.walk(("crate",), rest, seen)
        if first == "self":
            return self.walk(module, rest, seen)
        if first == "super":
            return self.walk_up(module, path, seen)
        here = self.modules.get(module)
        if (*module, first) in self.modules or (here and (first in here.items or first in here.imports)):
            return self.walk(module, path, seen)
        return self.through_globs(module, path, seen)

    def walk_up(self, module, path, seen):
        while path and path[0] == "super":
            module, path = module[:-1], path[1:]
        return self.walk(module, path, seen)

    def walk(self, module, path, seen):
        if module not in self.modules:
            return None
        here = self.modules[module]
        if not path:
            return here.file, "module"
        name = path[0]
        if (*module, name) in self.modules and (len(path) > 1 or name not in here.imports):
            return self.walk((*module, name), path[1:], seen)
        if name in here.items:
            return here.file, "item"
        if name in here.imports:
            found = self.resolve(module, (*here.imports[name], *path[1:]), seen)
            return found
        if (*module, name) in self.modules:
            return self.walk((*module, name), path[1:], seen)
        return self.through_globs(module, path, seen) or (here.file, "item")

    def through_globs(self, module, path, seen):
        for glob in self.modules[module].globs if module in self.modules else ():
            target = self.resolve(module, glob, seen)
            if target and target[1] == "module":
                for candidate, known in self.modules.items():
                    if known.file == target[0] and path[0] in known.items:
                        return known.file, "item"
        return None

    def circles(self):
        """The strongly connected groups of two files or more, largest first."""
        index, low, stack, groups, counter = {}, {}, [], [], [0]
        sys.setrecursionlimit(10_000)

        def visit(file):
            index[file] = low[file] = counter[0]
            counter[0] += 1
            stack.append(file)
            for other in sorted(self.arrows[file]):
                if other not in index:
                    visit(other)
                    low[file] = min(low[file], low[other])
                elif other in stack:
                    low[file] = min(low[file], index[other])
            if low[file] == index[file]:
                group = []
                while not group or group[-1] != file:
                    group.append(stack.pop())
                if len(group) > 1:
                    groups.append(sorted(group))

        for file in sorted(list(self.arrows)):
            if file not in index:
                visit(file)
        return sorted(groups, key=lambda group: (-len(group), group))


def heading(text):
    print(f"\n== {text}")


def listed(title, findings):
    heading(f"{title} ({len(findings)})")
    for finding in findings:
        print(f"  {finding.place}  {finding.text}")


def names_twice(house):
    twice = {n: places for n, places in sorted(house.types.items()) if len(places) > 1}
    heading(f"type names borne by two types or more ({len(twice)})")
    for name, places in twice.items():
        print(f"  {name} x{len(places)}: " + ", ".join(f"{p.place} ({p.text})" for p in places))
    return twice


def files_alike(house):
    files = defaultdict(list)
    for source in house.sources:
        files[source.name.rpartition("/")[2]].append(source.name)
    alike = {n: p for n, p in sorted(files.items()) if len(p) > 1 and n != "mod.rs"}
    heading(f"file names alike ({len(alike)} names)")
    for name, places in alike.items():
        print(f"  {name} x{len(places)}: {', '.join(places)}")
    return alike


def circles(house, everything):
    arrows = Arrows(house)
    groups = arrows.circles()
    heading(f"circles of use between files ({len(groups)})")
    inside = 0
    for group in groups:
        print(f"  {len(group)} files: {', '.join(group)}")
        lines = [
            f"    {a} -> {b}: {', '.join(sorted(names)[:6])}"
            for a in group
            for b, names in sorted(arrows.arrows[a].items())
            if b in group
        ]
        inside += len(lines)
        shown = lines if everything else lines[:12]
        print("\n".join(shown))
        if len(lines) > len(shown):
            print(f"    … {len(lines) - len(shown)} more (--all)")
    return groups


def public_nowhere(house):
    """Public names that no other line of src, tests, benches and examples writes."""
    words = Counter()
    for source in house.sources:
        words.update(source.words)
        # A name written in braces inside a text is a use: `format!("{REMEDY}")`.
        text = (house.root / "src" / source.name).read_text(encoding="utf-8")
        words.update(re.findall(r"\{([A-Za-z_]\w*)[}:]", text))
    outside = Counter()
    for folder in ("tests", "benches", "examples"):
        for path in sorted((house.root / folder).rglob("*.rs")):
            outside.update(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    nowhere, tests_only = [], []
    for name, visibility, place in house.public:
        # A definition's own name is not in `words`: what is left is its uses.
        if words[name] == 0 and name != "main":
            (tests_only if outside[name] else nowhere).append(Finding(place, f"{visibility} {name}"))
    listed("public, and reached from nowhere", nowhere)
    listed("public, and reached from tests and benches only", tests_only)
    return nowhere, tests_only


def packages(root):
    """The names of the packages of the program, by `cargo tree`; empty where it cannot be run."""
    command = ["cargo", "tree", "--offline", "--prefix", "none", "--edges", "no-dev", "--format", "{p}"]
    try:
        output = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"cargo tree: {error}", file=sys.stderr)
        return set()
    return {" ".join(line.split()[:2]) for line in output.stdout.splitlines() if line.strip()}


def cold_build(root):
    """Minutes by the clock and of CPU that a first build takes, and the size of what it makes."""
    with tempfile.TemporaryDirectory() as target:
        start, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
        command = ["cargo", "build", "--release", "--bin", "observatoire"]
        subprocess.run(command, cwd=root, check=True, env={**os.environ, "CARGO_TARGET_DIR": target})
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {
            "cold build in minutes": round((time.monotonic() - start) / 60, 1),
            "cold build in CPU minutes": round(cpu / 60, 1),
            "binary size in MB": megabytes(Path(target) / "release" / "observatoire"),
        }


def megabytes(path):
    return round(Path(path).stat().st_size / 1e6, 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", nargs="?", default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--all", action="store_true", help="every arrow of a circle")
    parser.add_argument("--binary", help="the program, for its size")
    parser.add_argument("--cold-build", action="store_true", help="time a first build")
    parser.add_argument("--no-cargo", action="store_true", help="leave the packages aside")
    options = parser.parse_args()
    house = House(options.root)

    twice = names_twice(house)
    alike = files_alike(house)
    groups = circles(house, options.all)
    listed("functions that take a tuple pattern", house.tuple_patterns)
    listed("public tuples", house.public_tuples)
    listed("closures bound by let", house.closures)
    listed('literals like "I04"', house.indicator_codes)
    listed("[…][self as usize]", house.enum_words)
    long_files = [Finding(s.name, f"{s.lines} lines") for s in house.sources if s.lines > LONG_FILE]
    listed(f"files over {LONG_FILE} lines", long_files)
    long_functions = [Finding(p, f"{n}: {l} lines") for l, p, n in house.functions if l > LONG_FUNCTION]
    listed(f"functions over {LONG_FUNCTION} lines", long_functions)
    nowhere, tests_only = public_nowhere(house)

    totals = {
        "files": len(house.sources),
        "lines outside tests": sum(s.lines for s in house.sources),
        "types": sum(len(p) for p in house.types.values()),
        "type names borne twice": len(twice),
        "types that share a name": sum(len(p) for p in twice.values()),
        "file names alike": len(alike),
        "files that share a name": sum(len(p) for p in alike.values()),
        "circles": len(groups),
        "files in circles": sum(len(g) for g in groups),
        "tuple patterns in signatures": len(house.tuple_patterns),
        "public tuples": len(house.public_tuples),
        "closures bound by let": len(house.closures),
        "let": house.lets,
        'literals like "I04"': len(house.indicator_codes),
        "[..][self as usize]": len(house.enum_words),
        f"files over {LONG_FILE} lines": len(long_files),
        f"functions over {LONG_FUNCTION} lines": len(long_functions),
        "public reached from nowhere": len(nowhere),
        "public reached from tests only": len(tests_only),
    }
    if not options.no_cargo:
        known = packages(options.root)
        if known:
            totals["packages"] = len(known)
            totals["network packages"] = sum(p.split()[0] in NETWORK for p in known)
    if options.binary:
        totals["binary size in MB"] = megabytes(options.binary)
    if options.cold_build:
        totals |= cold_build(options.root)
    heading("totals")
    for name, value in totals.items():
        print(f"{name}: {value}")


if __name__ == "__main__":
    main()
