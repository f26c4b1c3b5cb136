//! E-mails, addresses of sites and accounts.
//!
//! Written by hand rather than with `linkify`, which finds what begins with a scheme and e-mails of
//! the usual form: « sandrine (at) mairie.fr », « arobase », « mairie-bourg.fr/equipe » or a bare
//! « @compte » reach someone all the same, and the whole word must go, not the link inside it.

/// Ends of addresses of sites.
const DOMAINS: &[&str] = &[
    "fr", "com", "org", "net", "eu", "info", "io", "be", "ch", "gouv", "me", "bzh", "co", "tv",
];

/// Whether a text is one e-mail and nothing else.
pub(crate) fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| {
        !user.is_empty() && !user.contains(' ') && host.contains('.') && !host.contains(' ')
    })
}

/// Whether a word is an e-mail, an address of a site or an account.
pub(crate) fn is_address(word: &str) -> bool {
    let lower = word.to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    let is_domain = bare.rsplit_once('.').is_some_and(|(head, end)| {
        let end = end.split('/').next().unwrap_or(end);
        DOMAINS.contains(&end) && head.chars().any(char::is_alphabetic)
    });
    let host = bare.split_once('/').map_or(bare, |(host, _)| host);
    let is_host = host
        .rsplit_once('.')
        .is_some_and(|(_, end)| DOMAINS.contains(&end));
    lower.contains('@')
        || lower.contains("://")
        || lower.contains("(at)")
        || lower.contains("[at]")
        || lower.contains("arobase")
        || bare.starts_with("www.")
        || is_domain
        || is_host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_seen_however_they_are_written() {
        assert!(is_email("a.b@mairie.fr") && !is_email("@ bientôt"));
        for word in [
            "a.b@mairie.fr",
            "www.a.org",
            "mairie-bourg.fr/equipe",
            "(at)",
            "@compte",
        ] {
            assert!(is_address(word), "{word}");
        }
        for word in ["17h30", "l’accueil.", "2,5", "etc."] {
            assert!(!is_address(word), "{word}");
        }
    }
}
