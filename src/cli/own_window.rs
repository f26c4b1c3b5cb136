//! A window that a double-click opened closes with the program: what was said would never be read.

use std::io::{IsTerminal, Write};

/// Waits for a key where the window is the program's own.
///
/// On Windows a console that Explorer opened for the program has no `PROMPT`, which `cmd` sets for what
/// it starts; nothing else tells it without calling the system. A PowerShell waits too, for one key.
pub(super) fn hold() {
    let is_own = cfg!(windows) && std::env::var_os("PROMPT").is_none();
    if !is_own || !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return;
    }
    let mut stderr = std::io::stderr();
    let _ = write!(stderr, "\nAppuyez sur Entrée pour fermer cette fenêtre. ");
    let _ = stderr.flush();
    let _ = std::io::stdin().read_line(&mut String::new());
}
