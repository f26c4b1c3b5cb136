//! A keyboard, and nothing else: keys go to whatever has the focus, as the driver of the browser sends them; what has
//! the focus is looked at, never moved.

use std::cell::Cell;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::browser::Browser;

/// Keys of the standard (WebDriver, § 17.4.2).
pub const TAB: char = '\u{E004}';
pub const ENTER: char = '\u{E007}';
pub const SPACE: char = ' ';
pub const DOWN: char = '\u{E015}';
pub const ESCAPE: char = '\u{E00C}';
/// How many times Tab may be pressed before it is a trap, or a page without the thing.
const PATIENCE: usize = 400;

pub struct Keyboard<'a> {
    pub browser: &'a Browser,
    keys: Cell<usize>,
}

impl<'a> Keyboard<'a> {
    pub fn of(browser: &'a Browser) -> Self {
        Self {
            browser,
            keys: Cell::new(0),
        }
    }

    /// How many keys were pressed.
    pub fn pressed(&self) -> usize {
        self.keys.get()
    }

    pub fn press(&self, key: char) {
        self.keys.set(self.keys.get() + 1);
        self.browser.keys(&[key]);
    }

    pub fn write(&self, text: &str) {
        let all: Vec<char> = text
            .chars()
            .map(|c| if c == '\n' { ENTER } else { c })
            .collect();
        self.keys.set(self.keys.get() + all.len());
        self.browser.keys(&all);
    }

    /// What has the focus: what it reads as, whether it is seen, and its ring.
    pub fn focus(&self) -> Value {
        let said = self.browser.run(
            "const e = document.activeElement; const s = getComputedStyle(e); const r = e.getBoundingClientRect();
             return JSON.stringify({ tag: e.tagName, name: e.name || '', value: e.type === 'radio' ? e.value : '', href: e.getAttribute('href') || '',
               text: (e.innerText || e.value || '').trim().slice(0, 80), ring: s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2,
               seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth });",
        );
        serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}"))
    }

    /// Presses Tab until something has the focus; at each step it is seen, with its ring.
    pub fn tab_to(&self, what: &str, is_it: impl Fn(&Value) -> bool) {
        for _ in 0..PATIENCE {
            let focus = self.focus();
            if is_it(&focus) {
                return;
            }
            self.press(TAB);
            let focus = self.focus();
            // Past the last thing of the page the browser itself has it.
            assert!(
                focus["tag"] == "BODY" || (focus["ring"] == true && focus["seen"] == true),
                "{what} : {focus}"
            );
        }
        panic!(
            "{what} ne se trouve pas au clavier : {}",
            self.browser.source()
        );
    }

    /// To the button, the link or the word of a menu that reads so, then Enter.
    pub fn go(&self, words: &str) {
        self.tab_to(words, |f| {
            let read = f["text"]
                .as_str()
                .unwrap_or_default()
                .replace(['\u{a0}', '\u{202f}'], " ");
            matches!(f["tag"].as_str(), Some("BUTTON" | "A" | "SUMMARY")) && read.starts_with(words)
        });
        self.press(ENTER);
    }

    /// To a field.
    pub fn field(&self, name: &str) {
        self.tab_to(name, |f| f["name"] == name);
    }

    /// Waits until something is in the page.
    pub fn wait_for(&self, css: &str) {
        let start = Instant::now();
        while !self.browser.has(css) && start.elapsed() < Duration::from_mins(3) {
            std::thread::sleep(Duration::from_millis(100));
        }
        assert!(self.browser.has(css), "{css} : {}", self.browser.source());
    }

    /// Keys, as the standard has them.
    pub fn sequence(keys: &[char]) -> Value {
        let all: Vec<Value> = keys
            .iter()
            .flat_map(|key| {
                ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key.to_string() }))
            })
            .collect();
        json!({ "actions": [{ "type": "key", "id": "clavier", "actions": all }] })
    }
}
