//! The shares of units, kept beside their list from one run to the next: only a file that has changed is read and judged anew.
//!
//! A share is believed only where the program, the rules of the office and every file that it was read from are byte for byte
//! what they were, and where the cache itself is whole. Whatever is wrong with it, it is as none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, digest_of};
use crate::edition::Edition;
use crate::files;
use crate::report::{Money, Settings};
use crate::units::{Figure, Share};

/// The file beside the list; its name begins as no file does that is half written.
const CACHE: &str = ".nianbao.shares.json";

/// A note for a person who finds the file.
const ABOUT: &str = "nianbao 据此不再重看没有变化的报告；可以删除，删除后下次全部重看";

/// The digest of a file that is not there.
const ABSENT: &str = "";

/// The shares that earlier runs kept.
#[derive(Debug)]
pub(super) struct ShareCache {
    folder: PathBuf,
    key: String,
    known: Entries,
}

/// The entries by the path of the unit's file, as seen from the list.
pub(super) type Entries = BTreeMap<String, Entry>;

/// A share with the files that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// The files as seen from the list, each with the digest of its bytes.
    files: Vec<(String, String)>,
    share: Plain,
}

/// A share in plain words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Plain {
    agency: Option<String>,
    title: String,
    year: Option<u16>,
    edition: Option<String>,
    errors: usize,
    /// The figures, separated by commas; nothing stands for one that is not filled.
    figures: String,
    notes: Vec<(String, String)>,
    is_sum: bool,
}

#[derive(Serialize, Deserialize)]
struct Form {
    about: String,
    key: String,
    /// The digest of the entries as they are written below.
    digest: String,
    entries: String,
}

impl ShareCache {
    /// The cache beside a list; nothing where this program cannot tell whether it is still the same.
    pub(super) fn open(list_path: &Path, office: Option<&Settings>) -> Option<Self> {
        let folder = list_path.parent().unwrap_or_else(|| Path::new("")).to_owned();
        let program = files::this_program()?.to_string();
        let key = digest_of(&[program, format!("{office:?}")]);
        let known = read(&folder.join(CACHE), &key).unwrap_or_default();
        Some(Self { folder, key, known })
    }

    /// The share of the unit whose file that is, with the files that it was read from, if they are what they were.
    pub(super) fn get(&self, path: &Path) -> Option<(Entry, Vec<PathBuf>, Share)> {
        let entry = self.known.get(&self.name(path)?)?;
        let paths: Vec<PathBuf> =
            entry.files.iter().map(|(name, _)| self.folder.join(name)).collect();
        let is_same =
            |(path, (_, digest)): (&PathBuf, &(String, String))| now(path).as_ref() == Some(digest);
        if paths.first().is_none_or(|first| first != path)
            || !paths.iter().zip(&entry.files).all(is_same)
        {
            return None;
        }
        Some((entry.clone(), paths, entry.share.share()?))
    }

    /// The entry of a share that was just read from these files.
    pub(super) fn entry(&self, files: &[PathBuf], share: &Share) -> Option<Entry> {
        let named = files.iter().map(|path| Some((self.name(path)?, now(path)?)));
        Some(Entry { files: named.collect::<Option<_>>()?, share: Plain::of(share) })
    }

    /// The name by which a file is known here.
    pub(super) fn name(&self, path: &Path) -> Option<String> {
        Some(path.strip_prefix(&self.folder).unwrap_or(path).to_str()?.to_owned())
    }

    /// Writes the entries of a run in the place of those before. Where that is not allowed, the next run takes longer, and
    /// nothing else is lost.
    pub(super) fn save(&self, entries: &Entries) {
        if *entries == self.known {
            return;
        }
        // Strings, numbers and lists of them: there is nothing here that JSON cannot hold.
        let text = serde_json::to_string(entries).unwrap_or_default();
        let form = Form {
            about: ABOUT.to_owned(),
            key: self.key.clone(),
            digest: Digest::of(text.as_bytes()).to_string(),
            entries: text,
        };
        let text = serde_json::to_string(&form).unwrap_or_default();
        let _unsaved = files::write_whole(&self.folder.join(CACHE), text.as_bytes());
    }
}

fn read(path: &Path, key: &str) -> Option<Entries> {
    let form: Form = serde_json::from_slice(&files::read_bytes(path).ok()?).ok()?;
    let is_whole = Digest::of(form.entries.as_bytes()).to_string() == form.digest;
    (is_whole && form.key == key).then(|| serde_json::from_str(&form.entries).ok())?
}

/// The digest of a file as it is now; nothing where something is there that cannot be read.
fn now(path: &Path) -> Option<String> {
    match files::digest(path) {
        Some(digest) => Some(digest.to_string()),
        None => (!files::is_taken(path)).then(|| ABSENT.to_owned()),
    }
}

impl Plain {
    fn of(share: &Share) -> Self {
        let Share { agency, title, year, edition, errors, figures, notes, is_sum } = share;
        let figures: Vec<String> =
            figures.iter().map(|figure| figure.map_or(String::new(), |n| n.to_string())).collect();
        Self {
            agency: agency.clone(),
            title: title.clone(),
            year: *year,
            edition: edition.map(|edition| edition.key().to_owned()),
            errors: *errors,
            figures: figures.join(","),
            notes: notes.clone(),
            is_sum: *is_sum,
        }
    }

    /// The share; nothing where it is none of this program.
    fn share(&self) -> Option<Share> {
        let edition = match &self.edition {
            Some(key) => Some(*Edition::ALL.iter().find(|edition| edition.key() == key)?),
            None => None,
        };
        let figure = |text: &str| match text {
            "" => Some(None),
            text => text.parse::<Money>().ok().map(Some),
        };
        let figures: Vec<Option<Money>> = match edition {
            Some(_) => self.figures.split(',').map(figure).collect::<Option<_>>()?,
            None => Vec::new(),
        };
        let due = edition.map_or(0, |edition| Figure::all(edition.form()).len());
        (figures.len() == due).then(|| Share {
            agency: self.agency.clone(),
            title: self.title.clone(),
            year: self.year,
            edition,
            errors: self.errors,
            figures,
            notes: self.notes.clone(),
            is_sum: self.is_sum,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Report;

    #[test]
    fn a_share_is_believed_only_while_everything_is_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let (list, this) = (folder.path().join("units.toml"), folder.path().join("甲/a.toml"));
        let last = folder.path().join("last.toml");
        files::write_whole(&this, b"a").unwrap();
        let open = |office: Option<&Settings>| ShareCache::open(&list, office).unwrap();
        let share = Share {
            agency: Some("甲县教育局".to_owned()),
            notes: vec![("a".to_owned(), "b".to_owned())],
            ..Share::of(Some(&Report::empty(Edition::LATEST)), 3)
        };
        let cache = open(None);
        let files = [this.clone(), last.clone()];
        let name = cache.name(&this).unwrap();
        cache.save(&Entries::from([(name, cache.entry(&files, &share).unwrap())]));
        let known = |office| open(office).get(&this).map(|(_, _, share)| share);
        assert_eq!(known(None), Some(share.clone()));

        let office = Settings { similarity: Some(30), ..Settings::default() };
        assert_eq!(known(Some(&office)), None);
        // A file that was not there and is now.
        files::write_whole(&last, b"b").unwrap();
        assert_eq!(known(None), None);
        std::fs::remove_file(&last).unwrap();
        assert_eq!(known(None), Some(share.clone()));
        // What cannot be read is not as what is not there.
        std::fs::create_dir(&last).unwrap();
        assert_eq!(known(None), None);
        assert_eq!(open(None).entry(&files, &share), None);
        std::fs::remove_dir(&last).unwrap();
        let at = folder.path().join(CACHE);
        let text = files::read_text(&at).unwrap();
        for broken in [
            &text[..text.len() / 2],
            "",
            "\u{0}",
            &text.replace("\\\"errors\\\":3", "\\\"errors\\\":0"),
            &text.replacen("\"key\":\"", "\"key\":\"0", 1),
        ] {
            assert_ne!(broken, text);
            files::write_whole(&at, broken.as_bytes()).unwrap();
            assert_eq!(known(None), None, "{broken}");
        }
        files::write_whole(&at, text.as_bytes()).unwrap();
        files::write_whole(&this, b"c").unwrap();
        assert_eq!(known(None), None);
    }
}
