//! Lines that a change leaves alone, to the byte: a library that writes TOML back ends all lines in one way.

/// `new`, where each line that stands in `old` too, before what changed or after it, is the very line of `old`; lines
/// between end as those of `old` do.
pub(super) fn with_lines_of(old: &str, new: &str) -> String {
    let (was, is) = (lines(old), lines(new));
    let same = |a: &&str, b: &&str| bare(a) == bare(b);
    let before = was.iter().zip(&is).take_while(|(a, b)| same(a, b)).count();
    let left = was.len().min(is.len()) - before;
    let (tail, new_tail) = (was.iter().rev(), is.iter().rev());
    let pairs = tail.zip(new_tail).take(left);
    let after = pairs.take_while(|(a, b)| same(a, b)).count();
    let of_windows = was.iter().filter(|line| line.ends_with("\r\n")).count();
    let usual = if of_windows * 2 > was.len() {
        "\r\n"
    } else {
        "\n"
    };
    let mut text: String = was[..before].concat();
    // A last line that nothing ended is followed now.
    if before > 0 && before < is.len() && !text.ends_with('\n') {
        text.push_str(usual);
    }
    let mut replaced = was[before..was.len() - after].iter();
    for line in &is[before..is.len() - after] {
        let end = replaced.next().map_or(usual, |line| ending(line));
        text.push_str(bare(line));
        if line.ends_with('\n') {
            text.push_str(if end.is_empty() { usual } else { end });
        }
    }
    text + &was[was.len() - after..].concat()
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn ending(line: &str) -> &str {
    &line[bare(line).len()..]
}

fn bare(line: &str) -> &str {
    let line = line.strip_suffix('\n').unwrap_or(line);
    line.strip_suffix('\r').unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_did_not_change_keep_their_bytes() {
        let old = "a\r\nb\nc\r\nd\n";
        assert_eq!(with_lines_of(old, "a\nb\nX\nY\nd\n"), "a\r\nb\nX\r\nY\nd\n");
        assert_eq!(with_lines_of("a\r\nb\r\n", "a\nb\nc\n"), "a\r\nb\r\nc\r\n");
        assert_eq!(with_lines_of(old, "a\nb\nc\nd\n"), old);
        assert_eq!(with_lines_of(old, "a\nd\n"), "a\r\nd\n");
        assert_eq!(with_lines_of("a\nb", "a\nb\nc\n"), "a\nb\nc\n");
        assert_eq!(with_lines_of("", "a\n"), "a\n");
    }
}
