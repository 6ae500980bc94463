//! Web and mail addresses in running text.

use super::Inline;
use crate::budget::{LINK_CHARS, LINKS};

/// Splits running text at web and mail addresses, which become links; not those that are too long for one, nor
/// more than a paragraph can have in earnest.
pub(super) fn inlines(text: &str) -> Vec<Inline> {
    let mut pieces = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    let mut n_links = 0;
    while at < text.len() && n_links < LINKS {
        let rest = &text[at..];
        let fresh = !text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let run = rest.find(|c: char| !is_address_char(c)).unwrap_or(rest.len());
        if run == 0 || !fresh {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        }
        let address =
            rest[..run].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '"']);
        if let Some(target) = Some(address).filter(|a| a.len() <= LINK_CHARS).and_then(target) {
            n_links += 1;
            if plain_from < at {
                pieces.push(Inline::Text(text[plain_from..at].to_owned()));
            }
            pieces.push(Inline::Link { text: address.to_owned(), target });
            plain_from = at + address.len();
            at = plain_from;
        } else {
            at += run;
        }
    }
    if plain_from < text.len() {
        pieces.push(Inline::Text(text[plain_from..].to_owned()));
    }
    pieces
}

fn is_address_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'*+,;=%".contains(c)
}

/// The complete target of a web or mail address; `None` for anything else.
fn target(address: &str) -> Option<String> {
    let lower = address.to_ascii_lowercase();
    if let Some(rest) = lower.strip_prefix("http://").or_else(|| lower.strip_prefix("https://")) {
        return rest.contains('.').then(|| address.to_owned());
    }
    if lower.starts_with("www.") && lower.matches('.').count() >= 2 {
        return Some(format!("http://{address}"));
    }
    let (user, host) = address.split_once('@')?;
    let plain = |s: &str| s.chars().all(|c| c.is_ascii_alphanumeric() || "-._+".contains(c));
    let is_mail = !user.is_empty()
        && plain(user)
        && plain(host)
        && host.contains('.')
        && !host.starts_with('.');
    is_mail.then(|| format!("mailto:{address}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_any_length_and_any_number_of_them_keep_their_words() {
        let n_links = |text: &str| {
            let pieces = inlines(text);
            assert_eq!(pieces.iter().map(Inline::text).collect::<String>(), text);
            pieces.iter().filter(|piece| matches!(piece, Inline::Link { .. })).count()
        };
        let long = |n: usize| format!("见http://www.example.gov.cn/{}。", "a".repeat(n));
        assert_eq!(n_links(&long(100)), 1);
        assert_eq!(n_links(&long(LINK_CHARS)), 0);
        assert_eq!(n_links(&"a@b.cn，".repeat(LINKS - 1)), LINKS - 1);
        assert_eq!(n_links(&"a@b.cn，".repeat(3 * LINKS)), LINKS);
    }

    #[test]
    fn addresses_become_links_and_nothing_is_lost() {
        let text = "电子版见http://www.example.gov.cn/zwgk/，邮箱a-b@example.cn；见www.example.cn。编号A@B,v1.2.3";
        let pieces = inlines(text);
        let links: Vec<_> = pieces
            .iter()
            .filter_map(|p| match p {
                Inline::Link { text, target } => Some((text.as_str(), target.as_str())),
                Inline::Text(_) => None,
            })
            .collect();
        assert_eq!(
            links,
            [
                ("http://www.example.gov.cn/zwgk/", "http://www.example.gov.cn/zwgk/"),
                ("a-b@example.cn", "mailto:a-b@example.cn"),
                ("www.example.cn", "http://www.example.cn"),
            ]
        );
        assert_eq!(pieces.iter().map(Inline::text).collect::<String>(), text);
    }
}
