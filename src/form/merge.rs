//! Two changes of one text brought together, line by line.

/// The text that `base` becomes when both changes are made, that to `ours` and that to `theirs`; `None` where they touch the same
/// lines in different ways.
pub(super) fn merge(base: &str, ours: &str, theirs: &str) -> Option<String> {
    let base = lines(base);
    let (ours, theirs) = (lines(ours), lines(theirs));
    let (to_ours, to_theirs) = (pairs(&base, &ours), pairs(&base, &theirs));
    let mut merged = String::new();
    let (mut at, mut in_ours, mut in_theirs) = (0, 0, 0);
    loop {
        let next = (at..base.len())
            .find_map(|i| Some((i, to_ours[i]?, to_theirs[i]?)))
            .unwrap_or((base.len(), ours.len(), theirs.len()));
        let was = &base[at..next.0];
        let (one, other) = (&ours[in_ours..next.1], &theirs[in_theirs..next.2]);
        if one == was {
            merged.extend(other.iter().copied());
        } else if other == was || one == other {
            merged.extend(one.iter().copied());
        } else {
            return None;
        }
        let Some(line) = base.get(next.0) else { return Some(merged) };
        merged.push_str(line);
        (at, in_ours, in_theirs) = (next.0 + 1, next.1 + 1, next.2 + 1);
    }
}

fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// For each line of `from` the line of `to` that is the same one, if any; in order.
fn pairs(from: &[&str], to: &[&str]) -> Vec<Option<usize>> {
    /// The most lines that are compared with each other; beyond it all between the same ends counts as changed.
    const MOST: usize = 4_000_000;
    let mut pairs = vec![None; from.len()];
    let shortest = from.len().min(to.len());
    let head = (0..shortest).take_while(|i| from[*i] == to[*i]).count();
    let tail = (0..shortest - head)
        .take_while(|i| from[from.len() - 1 - i] == to[to.len() - 1 - i])
        .count();
    for (i, pair) in pairs.iter_mut().enumerate().take(head) {
        *pair = Some(i);
    }
    for i in 0..tail {
        pairs[from.len() - 1 - i] = Some(to.len() - 1 - i);
    }
    let (one, other) = (&from[head..from.len() - tail], &to[head..to.len() - tail]);
    if one.is_empty() || other.is_empty() || one.len() * other.len() > MOST {
        return pairs;
    }
    // The length of the longest common run of lines from each pair of places on.
    let width = other.len() + 1;
    let mut longest = vec![0u32; (one.len() + 1) * width];
    for i in (0..one.len()).rev() {
        for j in (0..other.len()).rev() {
            longest[i * width + j] = if one[i] == other[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < one.len() && j < other.len() {
        if one[i] == other[j] {
            pairs[head + i] = Some(head + j);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn changes_of_different_lines_come_together() {
        let base = "一\n二\n三\n四\n五\n";
        let merged = merge(base, "一\n贰\n三\n四\n五\n", "一\n二\n三\n四\n五\n六\n");
        assert_eq!(merged.as_deref(), Some("一\n贰\n三\n四\n五\n六\n"));
        let merged = merge(base, "三\n四\n五\n", "一\n二\n三\n四\n伍");
        assert_eq!(merged.as_deref(), Some("三\n四\n伍"));
        assert_eq!(merge(base, "一\n", base).as_deref(), Some("一\n"));
        assert_eq!(merge(base, base, "").as_deref(), Some(""));
        assert_eq!(merge("", "一", "一").as_deref(), Some("一"));
    }

    #[test]
    fn changes_of_the_same_line_do_not() {
        assert_eq!(merge("一\n二\n三\n", "一\n贰\n三\n", "一\n两\n三\n"), None);
        assert_eq!(merge("一\n二\n", "一\n贰\n", "一\n贰\n").as_deref(), Some("一\n贰\n"));
        assert_eq!(merge("", "一", "二"), None);
    }
}
