//! Targets of links and names of bookmarks that Word takes; for one that is none it refuses the whole file.

/// The target, with what must be escaped escaped; `None` when it is no address a reader could follow.
pub(super) fn safe_target(target: &str) -> Option<String> {
    let (scheme, rest) = target.split_once(':')?;
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let rest = rest.strip_prefix("//")?;
            let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
            let (authority, path) = rest.split_at(end);
            let (host, port) = match authority.split_once(':') {
                Some((host, port)) => (host, Some(port)),
                None => (authority, None),
            };
            let port_is_number = port.is_none_or(|port| port.parse::<u16>().is_ok());
            (is_host(host) && port_is_number)
                .then(|| format!("{scheme}://{authority}{}", escaped(path)))
        }
        "mailto" => {
            let (user, host) = rest.split_once('@')?;
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_+.".contains(c);
            let is_user = user.split('.').all(|part| !part.is_empty()) && user.chars().all(plain);
            (is_user && is_host(host)).then(|| target.to_owned())
        }
        _ => None,
    }
}

/// Word takes letters, digits and underscores, at most forty, beginning with a letter.
pub(super) fn bookmark_name(anchor: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let name: String = anchor.chars().map(plain).collect();
    let head = if name.starts_with(|c: char| c.is_ascii_alphabetic()) { "" } else { "s" };
    format!("{head}{name}").chars().take(40).collect()
}

fn is_host(host: &str) -> bool {
    host.len() <= 253
        && host.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

/// Path, query and fragment with every byte that RFC 3986 does not allow there as `%XX`.
fn escaped(path: &str) -> String {
    let bytes = path.as_bytes();
    let mut out = String::with_capacity(path.len());
    let mut in_fragment = false;
    for (i, byte) in bytes.iter().enumerate() {
        let keep = match byte {
            b'%' => bytes.get(i + 1..i + 3).is_some_and(|h| h.iter().all(u8::is_ascii_hexdigit)),
            b'#' => !std::mem::replace(&mut in_fragment, true),
            _ => byte.is_ascii_alphanumeric() || b"-._~:/?@!$&'()*+,;=".contains(byte),
        };
        if keep {
            out.push(char::from(*byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bookmarks_have_names_word_takes() {
        assert_eq!(bookmark_name("overview"), "overview");
        assert_eq!(bookmark_name("overview-2"), "overview_2");
        assert_eq!(bookmark_name("2节"), "s2_");
        assert_eq!(bookmark_name(&"a".repeat(60)).len(), 40);
    }

    #[test]
    fn good_addresses_stay_as_they_are() {
        for target in [
            "http://www.example.gov.cn/zwgk/index.html?a=1&b=2#c",
            "https://example.gov.cn:8080",
            "mailto:a-b.c@example.cn",
        ] {
            assert_eq!(safe_target(target).as_deref(), Some(target));
        }
    }

    #[test]
    fn odd_characters_are_escaped() {
        assert_eq!(
            safe_target("http://a.cn/[1]%zz%20中#x#y").as_deref(),
            Some("http://a.cn/%5B1%5D%25zz%20%E4%B8%AD#x%23y")
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for target in [
            "http://a..cn",
            "http://-a.cn/",
            "http://a.cn:99999",
            "http://[1.2/",
            "http://a@b@c.cn",
            "mailto:.a@b.cn",
            "mailto:a@",
            "javascript:alert(1)",
            "www.a.cn",
        ] {
            assert_eq!(safe_target(target), None, "{target}");
        }
    }
}
