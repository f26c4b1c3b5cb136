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
    let (old_lines, new_lines) = (
        &was[before..was.len() - after],
        &is[before..is.len() - after],
    );
    let kept = kept_lines(old_lines, new_lines);
    let mut from = 0;
    for (j, line) in new_lines.iter().enumerate() {
        // What is written anew ends as the line whose place it takes; what is added, as most lines.
        let next = kept[j..].iter().flatten().next();
        let place = kept[j].or_else(|| {
            let taken = from < next.copied().unwrap_or(old_lines.len());
            taken.then_some(from)
        });
        from = place.map_or(from, |place| place + 1);
        let end = place.map_or(usual, |place| ending(old_lines[place]));
        text.push_str(bare(line));
        if line.ends_with('\n') {
            text.push_str(if end.is_empty() { usual } else { end });
        }
    }
    text + &was[was.len() - after..].concat()
}

/// Which old line each new one is, in the longest run of lines that both have in the same order; settings are short.
fn kept_lines(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
    let mut longest = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            longest[i][j] = if bare(old[i]) == bare(new[j]) {
                longest[i + 1][j + 1] + 1
            } else {
                longest[i + 1][j].max(longest[i][j + 1])
            };
        }
    }
    let (mut i, mut kept) = (0, Vec::new());
    while kept.len() < new.len() {
        let j = kept.len();
        if i < old.len() && bare(old[i]) == bare(new[j]) {
            kept.push(Some(i));
            i += 1;
        } else if i < old.len() && longest[i + 1][j] >= longest[i][j + 1] {
            i += 1;
        } else {
            kept.push(None);
        }
    }
    kept
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
