//! Which machine, and whose session, this is: to tell two people of the same folder apart.

/// Letters of a name that files are named by.
const LONGEST: usize = 24;

/// Name of this machine, in letters, digits and « - »; empty when the system does not say.
pub(crate) fn machine_name() -> String {
    // Windows always says; elsewhere a shell keeps it to itself, and the file is read.
    let said = std::env::var("COMPUTERNAME").or_else(|_| std::fs::read_to_string("/etc/hostname"));
    plain(said.unwrap_or_default().trim())
}

/// Whose session this is, as the system calls it; none when it does not say.
pub(crate) fn session_name() -> Option<String> {
    let said = std::env::var("USERNAME").or_else(|_| std::env::var("USER"));
    said.ok().filter(|name| !name.trim().is_empty())
}

fn plain(name: &str) -> String {
    let kept = name
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' });
    let kept: String = kept.take(LONGEST).collect();
    kept.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_can_be_that_of_a_file() {
        assert_eq!(plain("PC-ACCUEIL"), "PC-ACCUEIL");
        assert_eq!(plain("Poste de l’été/2"), "Poste-de-l--t--2");
        assert_eq!(plain("..\\.."), "");
    }
}
