//! The Word file that was corrected by hand: its corrections for the page, and those that are accepted put into the data file.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::change::Wrong;
use super::desk::{Desk, Refused, Revised};
use super::start::word_files;
use crate::digest::Digest;
use crate::files;
use crate::import::{Comment, Corrections, Proposal};
use crate::read_back::{self, Corrected};
use crate::report::Report;

/// The file that was given last, which is held against the data file as it is at each time.
#[derive(Default)]
pub(super) struct Given(Mutex<Option<Arc<[u8]>>>);

/// The corrections in a file, as the page lists them.
#[derive(Debug, Serialize)]
pub(super) struct Listing {
    /// The digest of the proposals: those that are accepted are the ones that were shown.
    key: String,
    proposals: Vec<Shown>,
    questions: Vec<Question>,
    not_taken: Vec<String>,
}

/// A correction.
#[derive(Debug, Serialize)]
struct Shown {
    is_figure: bool,
    /// The address of the text or figure.
    path: String,
    name: String,
    before: String,
    after: String,
    authors: Vec<String>,
    is_moved: bool,
    doubt: Option<String>,
}

/// A comment in the file.
#[derive(Debug, Serialize)]
struct Question {
    author: String,
    about: String,
    text: String,
}

/// A file in the folder of the data file.
#[derive(Deserialize)]
struct Chosen {
    file: String,
}

/// The corrections that are accepted.
#[derive(Deserialize)]
pub(super) struct Accepted {
    key: String,
    /// Their places in the list.
    taken: Vec<usize>,
}

/// The outcome of taking corrections.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    n: usize,
    /// The figures that were bound and are typed now.
    unbound: Vec<String>,
    /// The corrections that could not be put where they belong.
    failed: Vec<String>,
}

impl Given {
    /// Takes a file that the page sends.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is not of this report.
    pub(super) fn upload(&self, desk: &Desk, bytes: &[u8]) -> Result<Listing, Refused> {
        let bytes: Arc<[u8]> = bytes.into();
        let listing = listing(&held(desk, &bytes)?.corrections);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(bytes);
        Ok(listing)
    }

    /// Takes a file of the folder in which the data file lies.
    ///
    /// # Errors
    ///
    /// As for [`Given::upload`], and when there is no such file.
    fn choose(&self, desk: &Desk, chosen: &Chosen) -> Result<Listing, Refused> {
        let folder = desk.path().parent().unwrap_or(Path::new(""));
        if !word_files(desk.path()).contains(&chosen.file) {
            return Err(failed("文件夹里没有这个 Word 文件，可能刚被移走或者改了名"));
        }
        let bytes = files::read_bytes(&folder.join(&chosen.file)).map_err(|e| failed(&e))?;
        self.upload(desk, &bytes)
    }

    /// Puts corrections into the data file as one step, and lists those that are left.
    ///
    /// # Errors
    ///
    /// When the data file has changed since they were listed, or cannot be written.
    pub(super) fn take(
        &self,
        desk: &Desk,
        accepted: &Accepted,
    ) -> Result<(Told, Listing), Refused> {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let bytes = bytes.ok_or_else(|| failed("请先选改过的 Word 文件"))?;
        let told = desk.revise("读回改过的 Word", |loaded, typed| {
            let printed = loaded.review.report.as_ref().filter(|_| loaded.review.is_readable());
            let found = read(&bytes, printed)?;
            if listing(&found.corrections).key != accepted.key {
                let why = "列出以后数据文件又改过，改动和列出的不一样了；请重新读，再看一遍";
                return Err(Refused::Overtaken { why: why.to_owned() });
            }
            let all = found.corrections.proposals.iter().enumerate();
            let taken: Vec<&Proposal> =
                all.filter(|(i, _)| accepted.taken.contains(i)).map(|(_, one)| one).collect();
            let previous = printed.and_then(|report| report.previous.as_deref());
            let (brought, remarks) = found.put(typed, previous, &taken);
            let n = taken.len().saturating_sub(brought.failed.len());
            let unbound = brought.unbound.iter();
            let told = Told {
                n,
                unbound: unbound
                    .map(|(name, one)| format!("{name}：{}（{}）", one.expression, one.printed))
                    .collect(),
                failed: brought.failed,
            };
            Ok(Revised { report: brought.report, remarks, told })
        })?;
        let left = listing(&held(desk, &bytes)?.corrections);
        Ok((told, left))
    }
}

/// The corrections in the file that the page names; nothing where it names none.
///
/// # Errors
///
/// As for [`Given::choose`].
pub(super) fn choose(given: &Given, desk: &Desk, body: &[u8]) -> Result<Option<Listing>, Refused> {
    let Ok(chosen) = serde_json::from_slice(body) else { return Ok(None) };
    given.choose(desk, &chosen).map(Some)
}

/// A file held against the report as it is now.
fn held(desk: &Desk, bytes: &[u8]) -> Result<Corrected, Refused> {
    let (loaded, _) = desk.load()?;
    read(bytes, loaded.review.report.as_ref().filter(|_| loaded.review.is_readable()))
}

fn read(bytes: &[u8], printed: Option<&Report>) -> Result<Corrected, Refused> {
    let printed = printed.ok_or_else(|| {
        failed("年报里有看不懂的地方，没有什么可以对照；请先改正标为“错误”的各处")
    })?;
    let found = read_back::corrected(bytes, printed);
    found.map_err(|error| failed(&format!("{error}。{}", error.help)))
}

fn listing(found: &Corrections) -> Listing {
    let shown = |one: &Proposal| Shown {
        is_figure: one.change.is_figure(),
        path: one.at.to_string(),
        name: one.name.clone(),
        before: one.before.clone(),
        after: one.after.clone(),
        authors: one.authors.clone(),
        is_moved: one.is_moved,
        doubt: one.doubt.clone(),
    };
    let question = |one: &Comment| Question {
        author: one.author.clone(),
        about: one.about.clone(),
        text: one.text.clone(),
    };
    let loose = |words: &String| format!("格式里没有地方放：{words}");
    let proposals: Vec<Shown> = found.proposals.iter().map(shown).collect();
    Listing {
        key: Digest::of(format!("{proposals:?}").as_bytes()).to_string(),
        proposals,
        questions: found.comments.iter().map(question).collect(),
        not_taken: found.left.iter().cloned().chain(found.loose.iter().map(loose)).collect(),
    }
}

fn failed(why: &(impl ToString + ?Sized)) -> Refused {
    Refused::Wrong { wrong: vec![Wrong { path: String::new(), why: why.to_string() }] }
}
