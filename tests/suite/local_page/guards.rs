//! Who is refused: requests that no page of ours sends, byte by byte, then a real browser on another name.

use std::time::Duration;

use super::browser::Browser;
use super::served::Served;
use crate::atelier::Atelier;

/// A request that must not pass: what it tries, its bytes.
#[expect(clippy::too_many_lines, reason = "a table")]
fn hostile(served: &Served) -> Vec<(String, Vec<u8>)> {
    let (host, cookie, port) = (served.host(), served.cookie(), served.port);
    let mut all: Vec<(String, String)> = Vec::new();
    let mut add = |what: &str, request: String| all.push((what.to_owned(), request));
    let end = "Connection: close\r\n\r\n";
    for foreign in [
        "localhost".to_owned(),
        format!("localhost:{port}"),
        "127.0.0.1".to_owned(),
        format!("127.0.0.1:{port}0"),
        format!("127.0.0.1:{port}.evil.example"),
        format!("evil.example:{port}"),
        format!("127.0.0.1:{port}@evil.example"),
        format!("[::1]:{port}"),
        format!("0x7f.1:{port}"),
        format!("127.1:{port}"),
        format!("127.0.0.1.:{port}"),
        String::new(),
    ] {
        add(
            &format!("hôte {foreign}"),
            format!("GET /recevoir HTTP/1.1\r\nHost: {foreign}\r\nCookie: {cookie}\r\n{end}"),
        );
        add(
            &format!("hôte {foreign}, écriture"),
            format!(
                "POST /fermer HTTP/1.1\r\nHost: {foreign}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n{end}"
            ),
        );
    }
    add(
        "deux hôtes",
        format!(
            "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\nCookie: {cookie}\r\n{end}"
        ),
    );
    add(
        "sans hôte",
        format!("GET / HTTP/1.0\r\nCookie: {cookie}\r\n\r\n"),
    );
    add(
        "adresse entière d’un autre",
        format!("GET http://evil.example/ HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{end}"),
    );
    for site in [
        "cross-site",
        "same-site",
        "",
        "same-origin, cross-site",
        "SAME-ORIGIN",
    ] {
        add(
            &format!("Sec-Fetch-Site {site}"),
            format!(
                "POST /fermer HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nSec-Fetch-Site: {site}\r\nOrigin: http://{host}\r\nContent-Length: 0\r\n{end}"
            ),
        );
    }
    for origin in [
        "null",
        "http://evil.example",
        "http://127.0.0.1",
        "https://127.0.0.1",
        "http://localhost",
        "file://",
    ] {
        add(
            &format!("origine {origin}"),
            format!(
                "POST /fermer HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: {origin}\r\nContent-Length: 0\r\n{end}"
            ),
        );
    }
    add(
        "origine d’un port voisin",
        format!(
            "POST /fermer HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nOrigin: http://{host}0\r\nContent-Length: 0\r\n{end}"
        ),
    );
    add(
        "ni origine ni site",
        format!(
            "POST /fermer HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nContent-Length: 0\r\n{end}"
        ),
    );
    let wrong = "0".repeat(32);
    for key in [
        String::new(),
        format!("Cookie: observatoire-{port}={wrong}\r\n"),
        format!("Cookie: observatoire-{port}=\r\n"),
        format!("Cookie: observatoire-{port}={}\r\n", &served.key[..31]),
        format!("Cookie: observatoire={}\r\n", served.key),
        format!("Cookie: x-observatoire-{port}={}\r\n", served.key),
        format!("Authorization: Bearer {}\r\n", served.key),
    ] {
        for path in ["/", "/recevoir", "/rapports"] {
            add(
                &format!("clé « {} » sur {path}", key.trim()),
                format!("GET {path} HTTP/1.1\r\nHost: {host}\r\n{key}{end}"),
            );
        }
    }
    add(
        "clé fausse à la porte",
        format!("GET /cle/{wrong} HTTP/1.1\r\nHost: {host}\r\n{end}"),
    );
    add(
        "clé dans l’adresse",
        format!(
            "GET /recevoir?cle={} HTTP/1.1\r\nHost: {host}\r\n{end}",
            served.key
        ),
    );
    for verb in ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"] {
        add(
            verb,
            format!(
                "{verb} /recevoir HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: 0\r\n{end}"
            ),
        );
    }
    for path in [
        "../../../etc/passwd",
        "%2e%2e%2f%2e%2e%2fobservatoire.toml",
        "..%5c..%5cobservatoire.toml",
        "C1/..%2f..%2f..%2fobservatoire.toml",
        "C1/%2fetc%2fpasswd",
        "C1/index.html%00.pdf",
        "C1/.observatoire-livraison",
    ] {
        add(
            &format!("chemin {path}"),
            format!(
                "GET /rapports/fichier/{path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n{end}"
            ),
        );
    }
    add(
        "défi qui n’en est pas un",
        format!("GET /presence/dossier%3A2f HTTP/1.1\r\nHost: {host}\r\n{end}"),
    );
    add(
        "taille annoncée énorme",
        format!(
            "POST /recevoir/deposer HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: cross-site\r\nContent-Length: 99999999999\r\n{end}"
        ),
    );
    add("pas de l’HTTP", "EHLO evil.example\r\n\r\n".to_owned());
    all.into_iter()
        .map(|(what, text)| (what, text.into_bytes()))
        .collect()
}

/// Every one is answered by a refusal or not at all, none with anything of the folder.
#[test]
fn no_hostile_request_passes() {
    let atelier = Atelier::demo();
    let mut served = Served::on(Some(&atelier.root()));
    let inside = served.get("/recevoir");
    assert!(
        inside.status == 200 && inside.text().contains("Val d’Orme"),
        "{}",
        inside.head
    );
    let tries = hostile(&served);
    assert!(tries.len() >= 60, "{}", tries.len());
    for (what, request) in &tries {
        let answer = served.raw(request);
        let refused = matches!(answer.status, 0 | 400 | 403 | 404 | 405 | 421);
        // Who has the key may read the name of the territory; nobody reads a file by its path.
        let told = if what.starts_with("chemin") {
            "[territoire]"
        } else {
            "Val d’Orme"
        };
        let leaks = answer.text().contains(told) || answer.text().contains("root:");
        assert!(refused && !leaks, "{what} : {}", answer.head);
        assert!(
            answer.header("access-control-allow-origin").is_none(),
            "{what}"
        );
    }
    assert!(served.runs());
    println!("{} demandes hostiles : aucune ne passe", tries.len());
}

/// A form of the folder that is open, sent for another one, writes nothing.
#[test]
fn a_form_of_another_folder_writes_nothing() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let fields = "_dossier=0&campagne=C1&import=I001";
    let request = format!(
        "POST /recevoir/annuler HTTP/1.1\r\nHost: {}\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{fields}",
        served.host(),
        served.cookie(),
        fields.len()
    );
    let answer = served.raw(request.as_bytes());
    assert!(
        answer.status == 400 && answer.text().contains("autre dossier"),
        "{}",
        answer.text()
    );
}

/// What is sent slowly, or never ends, holds nobody else.
#[test]
fn who_is_slow_holds_nobody() {
    use std::io::{Read, Write};
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let mut slow: Vec<std::net::TcpStream> = Vec::new();
    for _ in 0..40 {
        let mut stream =
            std::net::TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: 127")
            .expect("sent");
        slow.push(stream);
    }
    let answer = served.get("/recevoir");
    assert_eq!(answer.status, 200);
    let mut first = slow.remove(0);
    first
        .set_read_timeout(Some(Duration::from_secs(20)))
        .expect("a patience");
    let mut rest = Vec::new();
    let ended = first.read_to_end(&mut rest);
    assert!(
        ended.is_ok(),
        "a head that never ends is given up: {ended:?}"
    );
}

/// What a page may do is written on every answer, refusals too.
#[test]
fn every_answer_bears_the_policy() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    let refused = served.raw(
        format!(
            "GET / HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            served.host()
        )
        .as_bytes(),
    );
    assert!(
        refused.status == 403 && refused.text().contains("double-cliquez"),
        "{}",
        refused.text()
    );
    for answer in [
        served.get("/"),
        served.get("/recevoir"),
        served.get("/style.css"),
        served.get("/nulle-part"),
        refused,
    ] {
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"), "{policy}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(
                answer.header(name).as_deref(),
                Some(value),
                "{}",
                answer.head
            );
        }
    }
}

/// The key comes by a file that this user alone reads, and ends as a cookie that no script and no other site has.
#[test]
fn the_key_is_handed_over_in_private() {
    let atelier = Atelier::blank();
    let served = Served::on(Some(&atelier.root()));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for path in [
            &served.handover,
            &served
                .user
                .join("ouverts")
                .join(format!("{}.json", served.port)),
        ] {
            let mode = std::fs::metadata(path).expect("there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}: {mode:o}", path.display());
        }
    }
    let door = served.raw(
        format!(
            "GET /cle/{} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            served.key,
            served.host()
        )
        .as_bytes(),
    );
    let cookie = door.header("set-cookie").expect("a cookie");
    assert!(
        door.status == 200 && cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"),
        "{cookie}"
    );
    assert!(!door.text().contains(&served.key));
}

/// A name that its owner makes point at this machine reads nothing, nor does a page of another site write.
#[test]
fn a_real_browser_on_another_name_reads_nothing() {
    let atelier = Atelier::demo();
    let served = Served::on(Some(&atelier.root()));
    let Some(browser) = Browser::open(&["--host-resolver-rules=MAP evil.example 127.0.0.1"]) else {
        return;
    };
    browser.go(&format!("file://{}", served.handover.display()));
    browser.wait_for("a[href='/recevoir']");
    browser.go(&format!("http://evil.example:{}/recevoir", served.port));
    let seen = browser.source();
    assert!(
        !seen.contains("Val d’Orme") && seen.contains("pas celle de l’observatoire"),
        "{seen}"
    );
    // From there, requests to the true address are those of another site.
    let said = browser.run(&format!(
        "const said = []; for (const [how, body] of [['GET', null], ['POST', 'a=b']]) {{ try {{ const r = await fetch('{}', {{ method: how, body, credentials: 'include', mode: 'no-cors' }}); said.push(how + ' ' + r.type + ' ' + r.status + ' ' + (await r.text()).length); }} catch (e) {{ said.push(how + ' refusé'); }} }} return said.join(', ');",
        served.address("/fermer")
    ));
    assert!(!said.contains("200"), "{said}");
    browser.go(&served.address("/recevoir"));
    assert!(
        browser.source().contains("Val d’Orme"),
        "the true page is there still"
    );
}
