//! A real browser, driven by the standard of the W3C (WebDriver): Debian's `chromedriver` answers its requests.
//!
//! A dozen of them in plain HTTP: a crate for it brings a network client into the lock, which the suite refuses
//! (`tidy/packages.rs`), and features that make the program be built a second time.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// How long a page may take to be there.
const PATIENCE: Duration = Duration::from_mins(1);

/// A browser and its driver; both end with it.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: tempfile::TempDir,
}

impl Browser {
    /// With arguments of its own; none where no browser is there, which is said.
    pub fn open(arguments: &[&str]) -> Option<Self> {
        Self::sized(1280, arguments, true)
    }

    /// So wide, with or without scripts.
    pub fn sized(width: u32, arguments: &[&str], scripts: bool) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|l| l.local_addr())
            .expect("a port")
            .port();
        let started = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let Ok(driver) = started else {
            println!(
                "ni navigateur ni son pilote : essai laissé de côté (bash tests/run les installe)"
            );
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        let mut browser = Self {
            driver,
            port,
            session: String::new(),
            profile,
        };
        browser.begin(width, arguments, scripts);
        Some(browser)
    }

    fn begin(&mut self, width: u32, arguments: &[&str], scripts: bool) {
        let mut all = vec![
            "--headless=new".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-dev-shm-usage".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            format!("--window-size={width},900"),
            format!("--user-data-dir={}", self.profile.path().display()),
        ];
        all.extend(arguments.iter().map(|a| (*a).to_owned()));
        let options = json!({ "args": all });
        let asked = json!({ "capabilities": { "alwaysMatch": { "browserName": "chrome", "goog:chromeOptions": options } } });
        let start = Instant::now();
        let answer = loop {
            match self.ask("POST", "/session", &asked) {
                Ok(answer) => break answer,
                Err(_) if start.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(100));
                }
                Err(error) => panic!("{error}"),
            }
        };
        let session = answer["value"]["sessionId"].as_str();
        session
            .unwrap_or_else(|| panic!("{answer}"))
            .clone_into(&mut self.session);
        if !scripts {
            // What a person who turned scripts off sees; axe-core and the driver have scripts of their own.
            for (command, parameters) in [
                ("Network.enable", json!({})),
                (
                    "Network.setBlockedURLs",
                    json!({ "urls": ["*/atelier.js"] }),
                ),
            ] {
                let sent = json!({ "cmd": command, "params": parameters });
                let said = self.call("POST", "/goog/cdp/execute", &sent);
                assert!(said.get("error").is_none(), "{said}");
            }
        }
    }

    fn ask(&self, verb: &str, path: &str, body: &Value) -> std::io::Result<Value> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        stream.set_read_timeout(Some(Duration::from_mins(5)))?;
        let text = if verb == "POST" {
            body.to_string()
        } else {
            String::new()
        };
        write!(
            stream,
            "{verb} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}",
            self.port,
            text.len()
        )?;
        // It keeps the connection open, whatever it is asked: the length says where the answer ends.
        let mut answer = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            answer.read_line(&mut line)?;
            if let Some((_, value)) = line
                .split_once(':')
                .filter(|(n, _)| n.eq_ignore_ascii_case("content-length"))
            {
                length = value.trim().parse().map_err(std::io::Error::other)?;
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut body = vec![0; length];
        answer.read_exact(&mut body)?;
        serde_json::from_slice(&body).map_err(std::io::Error::other)
    }

    fn call(&self, verb: &str, path: &str, body: &Value) -> Value {
        let path = format!("/session/{}{path}", self.session);
        self.ask(verb, &path, body)
            .unwrap_or_else(|e| panic!("{verb} {path}: {e}"))["value"]
            .take()
    }

    /// Goes to an address.
    pub fn go(&self, address: &str) {
        self.call("POST", "/url", &json!({ "url": address }));
    }

    /// The page as it stands.
    pub fn source(&self) -> String {
        self.call("GET", "/source", &Value::Null)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Runs a script, and says what it returns.
    pub fn run(&self, script: &str) -> String {
        let script = format!("return (async () => {{ {script} }})()");
        let said = self.call(
            "POST",
            "/execute/sync",
            &json!({ "script": script, "args": [] }),
        );
        said.as_str()
            .map_or_else(|| said.to_string(), str::to_owned)
    }

    fn found(&self, using: &str, value: &str) -> Option<String> {
        let found = self.call(
            "POST",
            "/element",
            &json!({ "using": using, "value": value }),
        );
        found
            .as_object()?
            .values()
            .next()?
            .as_str()
            .map(str::to_owned)
            .filter(|_| found.get("error").is_none())
    }

    fn element(&self, using: &str, value: &str) -> String {
        let start = Instant::now();
        loop {
            match self.found(using, value) {
                Some(element) => return element,
                None if start.elapsed() < PATIENCE => std::thread::sleep(Duration::from_millis(50)),
                None => panic!("« {value} » n’est pas dans la page : {}", self.source()),
            }
        }
    }

    /// Waits until something is in the page.
    pub fn wait_for(&self, css: &str) {
        self.element("css selector", css);
    }

    /// Waits until these words are read in the page: the one before may bear a message too.
    pub fn wait_for_words(&self, words: &str) {
        let path = format!(
            "//*[contains(normalize-space(translate(., '\u{a0}\u{202f}', '  ')), \"{words}\")]"
        );
        self.element("xpath", &path);
    }

    /// Whether something is in the page.
    pub fn has(&self, css: &str) -> bool {
        self.found("css selector", css).is_some()
    }

    /// What is read there.
    pub fn text(&self, css: &str) -> String {
        let element = self.element("css selector", css);
        self.call("GET", &format!("/element/{element}/text"), &Value::Null)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    fn press(&self, element: &str) {
        // What a closed menu holds is under its word: it is opened first, as a person does.
        let closed = self.call(
            "POST",
            &format!("/element/{element}/element"),
            &json!({ "using": "xpath", "value": "self::a/ancestor::details[not(@open)]/summary" }),
        );
        let summary = closed.as_object().and_then(|o| o.values().next());
        if let Some(summary) = summary.and_then(Value::as_str)
            && closed.get("error").is_none()
        {
            self.call("POST", &format!("/element/{summary}/click"), &json!({}));
        }
        let said = self.call("POST", &format!("/element/{element}/click"), &json!({}));
        assert!(said.is_null(), "{said}");
    }

    /// Clicks.
    pub fn click(&self, css: &str) {
        self.press(&self.element("css selector", css));
    }

    /// Clicks on the button, or the link, that reads so.
    pub fn press_on(&self, words: &str) {
        let path = format!(
            "//button[contains(normalize-space(.), \"{words}\")] | //a[contains(normalize-space(.), \"{words}\")] | //summary[contains(normalize-space(.), \"{words}\")]"
        );
        self.press(&self.element("xpath", &path));
    }

    /// Types in a field, in place of what it held.
    pub fn fill(&self, css: &str, text: &str) {
        let element = self.element("css selector", css);
        self.call("POST", &format!("/element/{element}/clear"), &json!({}));
        self.call(
            "POST",
            &format!("/element/{element}/value"),
            &json!({ "text": text }),
        );
    }

    /// Chooses in a list, by what is read there.
    pub fn choose(&self, css: &str, words: &str) {
        let list = self.element("css selector", css);
        let path = format!("./option[contains(normalize-space(.), \"{words}\")]");
        let option = self.call(
            "POST",
            &format!("/element/{list}/element"),
            &json!({ "using": "xpath", "value": path }),
        );
        let option = option
            .as_object()
            .and_then(|o| o.values().next())
            .and_then(Value::as_str);
        self.press(option.unwrap_or_else(|| panic!("« {words} » n’est pas dans la liste {css}")));
    }

    /// Chooses files, as a person who drops them.
    pub fn drop_files(&self, css: &str, files: &[&Path]) {
        let element = self.element("css selector", css);
        let paths: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
        self.call(
            "POST",
            &format!("/element/{element}/value"),
            &json!({ "text": paths.join("\n") }),
        );
    }

    /// Presses keys, one after the other, on whatever has the focus.
    pub fn keys(&self, keys: &[char]) {
        let sequence = super::keyboard::Keyboard::sequence(keys);
        let said = self.call("POST", "/actions", &sequence);
        assert!(said.is_null(), "{said}");
    }

    /// A picture of the page, where `OBSERVATOIRE_IMAGES` says a folder.
    pub fn picture(&self, name: &str) {
        use base64::Engine;
        let Some(folder) = std::env::var_os("OBSERVATOIRE_IMAGES") else {
            return;
        };
        let height = self.run("return document.documentElement.scrollHeight");
        let width = self.run("return window.innerWidth");
        let size = json!({ "width": width.parse::<u32>().unwrap_or(1280), "height": height.parse::<u32>().unwrap_or(900).clamp(400, 6_000) + 140 });
        self.call("POST", "/window/rect", &size);
        let said = self.call("GET", "/screenshot", &Value::Null);
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(said.as_str().unwrap_or_default())
            .expect("a picture");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(Path::new(&folder).join(format!("{name}.png")), bytes).expect("written");
    }

    /// What axe-core finds wrong in the page as it stands; none where axe-core is not there.
    pub fn broken_rules(&self) -> Option<Vec<String>> {
        let axe = std::fs::read_to_string(std::env::var_os("OBSERVATOIRE_AXE")?).expect("axe-core");
        let script = format!(
            "{axe}; const r = await axe.run(document, {{ resultTypes: ['violations'] }}); return JSON.stringify(r.violations.map(v => v.id + ' : ' + v.nodes.map(n => n.html.slice(0, 120)).join(' | ')));"
        );
        let said = self.run(&script);
        Some(serde_json::from_str(&said).unwrap_or_else(|_| panic!("{said}")))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.ask(
                "DELETE",
                &format!("/session/{}", self.session),
                &Value::Null,
            );
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
