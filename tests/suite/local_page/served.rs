//! `ouvrir` on a folder, and what a browser or an attacker says to it, byte by byte.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program, answering.
pub struct Served {
    pub child: Child,
    pub port: u16,
    pub key: String,
    /// The private file that hands the key to the browser.
    pub handover: PathBuf,
    /// The user's own folder.
    pub user: PathBuf,
    personal: Option<tempfile::TempDir>,
}

/// What it answered.
pub struct Response {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Response {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> Option<String> {
        let prefix = format!("{}:", name.to_lowercase());
        let line = self
            .head
            .lines()
            .find(|l| l.to_lowercase().starts_with(&prefix))?;
        Some(line[prefix.len()..].trim().to_owned())
    }
}

impl Served {
    /// On a folder, or none yet, with a user's folder of its own.
    pub fn on(folder: Option<&Path>) -> Self {
        let personal = tempfile::tempdir().expect("a folder");
        let user = personal.path().join("personnel");
        let mut served = Self::with(folder, &user);
        served.personal = Some(personal);
        served
    }

    /// With the folder of a user who opened it before.
    pub fn with(folder: Option<&Path>, user: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_observatoire"))
            .args(["ouvrir", "--sans-navigateur"])
            .args(folder)
            .env("OBSERVATOIRE_DOSSIER_PERSONNEL", user)
            .current_dir(std::env::temp_dir())
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .expect("it starts");
        let mut lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let mut said = Vec::new();
        let handover = loop {
            let line = lines
                .next()
                .unwrap_or_else(|| panic!("{said:?}"))
                .expect("text");
            if let Some((_, path)) = line.split_once("À ouvrir dans un navigateur : ") {
                break PathBuf::from(path.trim());
            }
            said.push(line);
        };
        std::thread::spawn(move || lines.for_each(drop));
        let page = std::fs::read_to_string(&handover).expect("the private file");
        let (_, rest) = page.split_once("http://127.0.0.1:").expect("an address");
        let (port, rest) = rest.split_once("/cle/").expect("a port");
        Self {
            child,
            port: port.parse().expect("a port"),
            key: rest[..32].to_owned(),
            handover,
            user: user.to_owned(),
            personal: None,
        }
    }

    pub fn host(&self) -> String {
        format!("127.0.0.1:{}", self.port)
    }

    pub fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn cookie(&self) -> String {
        format!("observatoire-{}={}", self.port, self.key)
    }

    /// Sends bytes as they are.
    pub fn raw(&self, request: &[u8]) -> Response {
        self.tried(request).expect("it listens")
    }

    /// The same, to a program that may be gone.
    pub fn tried(&self, request: &[u8]) -> Option<Response> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .expect("a patience");
        // A refusal may come before all was sent.
        let _ = stream.write_all(request);
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        let end = said
            .windows(4)
            .position(|w| w == b"\r\n\r\n")
            .unwrap_or(said.len());
        let head = String::from_utf8_lossy(&said[..end]).into_owned();
        let status = head
            .split(' ')
            .nth(1)
            .and_then(|s| s.parse().ok())
            .unwrap_or(0);
        Some(Response {
            status,
            head,
            body: said.get(end + 4..).unwrap_or_default().to_vec(),
        })
    }

    /// A page, asked as our browser asks.
    pub fn get(&self, path: &str) -> Response {
        self.raw(
            format!(
                "GET {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nConnection: close\r\n\r\n",
                self.host(),
                self.cookie()
            )
            .as_bytes(),
        )
    }

    /// A form, sent as our page sends it, for the folder that is open.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> Response {
        self.raw(&self.prepared(path, fields))
    }

    /// The bytes of a form that is sent.
    pub fn prepared(&self, path: &str, fields: &[(&str, &str)]) -> Vec<u8> {
        let mark = self.mark();
        let mut all = vec![("_dossier", mark.as_str())];
        all.extend(fields);
        let body: Vec<String> = all
            .iter()
            .map(|(n, v)| format!("{}={}", escaped(n), escaped(v)))
            .collect();
        let kind = "application/x-www-form-urlencoded";
        self.request(path, kind, body.join("&").as_bytes())
    }

    /// Files, dropped on a form.
    pub fn drop_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Response {
        let mark = self.mark();
        let mut body = Vec::new();
        for (name, value) in [("_dossier", mark.as_str())].iter().chain(fields) {
            body.extend(
                format!(
                    "--limite\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
                )
                .bytes(),
            );
        }
        for (name, bytes) in files {
            body.extend(format!("--limite\r\nContent-Disposition: form-data; name=\"fichiers\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n").bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--limite--\r\n");
        self.send(path, "multipart/form-data; boundary=limite", &body)
    }

    /// The first form of a page that leads there, as a browser would send it, some fields typed over.
    pub fn form(&self, page: &str, to: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        self.form_holding(page, to, "", typed)
    }

    /// The same, of those that hold these words.
    pub fn form_holding(
        &self,
        page: &str,
        to: &str,
        words: &str,
        typed: &[(&str, &str)],
    ) -> Vec<(String, String)> {
        let shown = self.get(page).text();
        let html = shown
            .replace("&#x2f;", "/")
            .replace("&quot;", "\"")
            .replace("&#x27;", "'")
            .replace("&amp;", "&");
        let action = format!("action=\"{to}\"");
        let forms = html.split(&action).skip(1);
        let mut forms = forms.map(|form| &form[..form.find("</form>").unwrap_or(form.len())]);
        let form = forms
            .find(|form| form.contains(words))
            .unwrap_or_else(|| panic!("{page}: no form leads to {to}"));
        let mut fields: Vec<(String, String)> = Vec::new();
        let value = |tag: &str, name: &str| {
            let after = tag.split(&format!(" {name}=\"")).nth(1)?;
            Some(after.split('"').next().unwrap_or("").to_owned())
        };
        for part in form.split('<').skip(1) {
            let tag = part.split('>').next().unwrap_or("");
            let kind = tag.split(' ').next().unwrap_or("");
            let Some(name) = value(tag, "name") else {
                if kind == "option" && tag.contains(" selected") {
                    let words = part.split_once('>').map_or("", |(_, text)| text);
                    let chosen = value(tag, "value").unwrap_or_else(|| words.to_owned());
                    if let Some(list) = fields.last_mut() {
                        list.1 = chosen;
                    }
                }
                continue;
            };
            let is_box = matches!(value(tag, "type").as_deref(), Some("checkbox" | "radio"));
            let is_sent = match kind {
                "input" => !is_box || tag.contains(" checked"),
                "select" | "textarea" => true,
                _ => false,
            };
            let is_file = value(tag, "type").as_deref() == Some("file");
            if !is_sent || name == "_dossier" || is_file {
                continue;
            }
            let text = match kind {
                // A browser leaves the first end of line out.
                "textarea" => {
                    let text = part.split_once('>').map_or("", |(_, text)| text);
                    text.strip_prefix('\n').unwrap_or(text).to_owned()
                }
                _ => value(tag, "value").unwrap_or_default(),
            };
            fields.push((name, text));
        }
        for (name, text) in typed {
            fields.retain(|(n, _)| n != name);
            fields.push(((*name).to_owned(), (*text).to_owned()));
        }
        fields
    }

    fn send(&self, path: &str, kind: &str, body: &[u8]) -> Response {
        self.raw(&self.request(path, kind, body))
    }

    fn request(&self, path: &str, kind: &str, body: &[u8]) -> Vec<u8> {
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.host(),
            self.cookie(),
            body.len()
        )
        .into_bytes();
        request.extend_from_slice(body);
        request
    }

    /// What forms carry of the folder that is open.
    fn mark(&self) -> String {
        let page = self.get("/recevoir").text();
        let after = page
            .split("name=\"_dossier\" value=\"")
            .nth(1)
            .unwrap_or("");
        after.split('"').next().unwrap_or("").to_owned()
    }

    /// Follows where a form led, until a page is there.
    pub fn follow(&self, mut response: Response) -> Response {
        let start = Instant::now();
        while response.status == 303 && start.elapsed() < Duration::from_mins(5) {
            let next = response.header("location").expect("an address");
            response = self.get(&next);
            while response.text().contains("id=\"avance\"")
                && start.elapsed() < Duration::from_mins(5)
            {
                std::thread::sleep(Duration::from_millis(200));
                response = self.get("/travail");
            }
        }
        response
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.child.try_wait().expect("asked").is_none()
    }

    /// Ends it as a power cut does.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn escaped(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() {
                (b as char).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
