//! The view of a preview: made anew from the files, kept until they are better, handed to many readers.

use std::collections::hash_map::DefaultHasher;
use std::fmt;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::panel::{Panel, Shown};
use super::watcher::Inputs;
use super::{Options, PreviewError};
use crate::branding::{BrandedRenderer, ReportRenderer, faces_of};
use crate::diag::Severity;
use crate::document::{self, Document};
use crate::files;
use crate::load::{Kept, Loaded, load_keeping};
use crate::render::{Format, RenderError};

/// One state of the preview.
#[derive(Debug, Clone, Default)]
pub(super) struct View {
    /// The findings and all else the panel shows, as JSON on one line.
    pub(super) panel: Arc<str>,
    /// The last page that could be made.
    pub(super) page: Option<Arc<Page>>,
    /// True if that page is what the files say now.
    pub(super) is_current: bool,
    /// The files as they are now, to trace figures in.
    pub(super) loaded: Option<Arc<Loaded>>,
}

/// A page and what it was made of, so that the other formats can be made when someone asks.
pub(super) struct Page {
    /// The bytes of the page, as a build would write them.
    pub(super) html: Vec<u8>,
    /// A name for these bytes: the same for the same bytes.
    pub(super) tag: String,
    document: Document,
    /// The renderer of the other formats; or why they cannot be made, in Chinese.
    renderer: Result<Arc<ReportRenderer>, Arc<str>>,
}

impl Page {
    /// The report in another format, made now; or why it cannot be made, in Chinese.
    pub(super) fn render(&self, format: Format) -> Result<Vec<u8>, String> {
        let with = self.renderer.as_ref().map_err(ToString::to_string)?;
        with.renderer.render(&self.document, format).map_err(|error| error.to_string())
    }

    /// The words of each page of its PDF; or why there is none, in Chinese.
    fn page_words(&self) -> Result<Vec<String>, String> {
        let with = self.renderer.as_ref().map_err(ToString::to_string)?;
        with.renderer.page_words(&self.document).map_err(|error| error.to_string())
    }

    /// The name under which the report is saved, without extension.
    pub(super) fn file_name(&self) -> String {
        self.document.meta.file_name()
    }
}

impl fmt::Debug for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Page").field("tag", &self.tag).finish_non_exhaustive()
    }
}

/// Makes views from the files.
pub(super) struct ViewMaker {
    file: PathBuf,
    inputs: Inputs,
    branded: BrandedRenderer,
    page: Option<Arc<Page>>,
    /// The reports of the units that the report adds up.
    kept: Kept,
}

impl ViewMaker {
    /// A maker of what the options name.
    pub(super) fn new(options: &Options) -> Result<Self, PreviewError> {
        files::read_text(&options.file).map_err(PreviewError::File)?;
        let branded = BrandedRenderer::read(options.branding.clone());
        Ok(Self {
            inputs: Inputs {
                files: vec![options.file.clone()],
                children: Vec::new(),
                branding: options.branding.clone(),
                faces: Vec::new(),
            },
            file: options.file.clone(),
            branded: branded.map_err(PreviewError::Branding)?,
            page: None,
            kept: Kept::default(),
        })
    }

    /// The files that the last view was made of.
    pub(super) fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// Reads the files and makes a view of them. What cannot be shown is said in the panel, beside
    /// the last page that could be made.
    pub(super) fn make(&mut self) -> View {
        let mut panel = Panel::new(&self.file);
        let refreshed = self.branded.refresh();
        let mut is_current = false;
        let mut traced = None;
        match load_keeping(&self.file, &mut self.kept) {
            Ok(loaded) => {
                self.inputs.files = std::iter::once(self.file.clone())
                    .chain(loaded.previous.clone())
                    .chain(loaded.units.clone())
                    .collect();
                self.inputs.children.clone_from(&loaded.children);
                match refreshed.map(|()| self.render(&loaded)) {
                    Ok(Ok(Some(page))) => {
                        is_current = true;
                        match &page.renderer {
                            Ok(with) => {
                                let warnings = self.branded.warnings().iter().chain(&with.warnings);
                                warnings.for_each(|warning| panel.warning(warning));
                            }
                            Err(why) => panel.problem(format!("Word 和 PDF 现在不能生成：{why}")),
                        }
                        self.page = Some(Arc::new(page));
                    }
                    Ok(Ok(None)) => {}
                    Ok(Err(error)) => self.blame(&error, &mut panel),
                    Err(error) => panel.problem(error.to_string()),
                }
                panel.review(&loaded);
                traced = Some(Arc::new(loaded));
            }
            Err(error) => panel.problem(error.to_string()),
        }
        let shown = match &self.page {
            Some(_) if is_current => Shown::Current,
            Some(_) => Shown::Kept,
            None => Shown::Nothing,
        };
        let page = self.page.clone();
        let meta = page.as_ref().map(|page| (page.tag.as_str(), &page.document.meta));
        View { panel: panel.json(shown, meta).into(), page, is_current, loaded: traced }
    }

    /// The page of a report that has been understood; a draft when it has errors, as a build would
    /// only make a draft of it.
    fn render(&mut self, loaded: &Loaded) -> Result<Option<Page>, RenderError> {
        let review = &loaded.review;
        let Some(report) = review.report.as_ref().filter(|_| review.is_readable()) else {
            // The templates may have a mistake of their own to tell.
            return self.branded.pages().map(|_| None);
        };
        let draft = review.findings.iter().any(|finding| finding.severity == Severity::Error);
        let document = document::build(report, draft);
        let html = self.branded.pages()?.render(&document, Format::Html)?;
        self.inputs.faces =
            faces_of(report, &self.file).into_iter().map(|font| font.file).collect();
        let renderer = self.branded.for_report(report, &self.file);
        let renderer = renderer
            .map(|with| self.branded.for_document(with, &document))
            .map_err(|error| Arc::from(error.to_string()));
        let mut hasher = DefaultHasher::new();
        html.hash(&mut hasher);
        let tag = format!("{:016x}", hasher.finish());
        Ok(Some(Page { html, tag, document, renderer }))
    }

    /// Says why a page could not be made, in the office's template if it is to blame.
    fn blame(&self, error: &RenderError, panel: &mut Panel) {
        match self.branded.diagnose(error) {
            Some((source, diagnostic)) => panel.finding(&source, &diagnostic),
            None => panel.problem(error.to_string()),
        }
    }
}

/// The view of the moment, when the files it was made of do not answer.
pub(super) fn stuck(file: &Path, view: &View) -> View {
    let mut panel = Panel::new(file);
    panel.problem(
        "读取文件很久没有回应，可能在连接不上的网络盘上；恢复后自动更新，下面是断开以前的报告"
            .to_owned(),
    );
    let page = view.page.clone();
    let meta = page.as_ref().map(|page| (page.tag.as_str(), &page.document.meta));
    let shown = if page.is_some() { Shown::Kept } else { Shown::Nothing };
    let loaded = view.loaded.clone();
    View { panel: panel.json(shown, meta).into(), page, is_current: false, loaded }
}

/// The view of the moment, shared by who makes it and who serves it.
#[derive(Debug, Default)]
pub(super) struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    number: u64,
    view: View,
    is_closed: bool,
    /// The time at which the look at the files began that is under way.
    looks_since: Option<Instant>,
    n_listeners: usize,
    /// The words of the pages of the PDF that is shown and of the one that takes its place, each with
    /// the tag of its page.
    pdfs: Vec<(String, Arc<[String]>)>,
}

/// Someone who is told of every change, for as long as this is kept.
pub(super) struct Listening<'a>(&'a Shared);

impl Drop for Listening<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.n_listeners = state.n_listeners.saturating_sub(1);
        self.0.changed.notify_all();
    }
}

/// A look at the files, for as long as this is kept.
pub(super) struct Looking<'a>(&'a Shared);

impl Drop for Looking<'_> {
    fn drop(&mut self) {
        self.0.lock().looks_since = None;
    }
}

/// The result of waiting for another view.
pub(super) enum News {
    /// Another view, and its number.
    View(u64, View),
    /// Nothing has changed for a while.
    Nothing,
    /// Nothing will change any more.
    Closed,
}

impl Shared {
    /// Puts another view in place and tells who waits for it.
    pub(super) fn set(&self, view: View) {
        let mut state = self.lock();
        state.number += 1;
        state.view = view;
        self.changed.notify_all();
    }

    /// Tells who waits that nothing more will come.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// True if nothing more will come.
    pub(super) fn is_closed(&self) -> bool {
        self.lock().is_closed
    }

    /// Takes note that a look at the files begins.
    pub(super) fn look(&self) -> Looking<'_> {
        self.lock().looks_since = Some(Instant::now());
        Looking(self)
    }

    /// True if a look at the files has been under way for so long.
    pub(super) fn looks_longer_than(&self, time: Duration) -> bool {
        self.lock().looks_since.is_some_and(|since| since.elapsed() > time)
    }

    /// Counts one more who is told of every change.
    pub(super) fn listen(&self) -> Listening<'_> {
        self.lock().n_listeners += 1;
        Listening(self)
    }

    /// Waits until no one is left to be told, at most so long.
    pub(super) fn wait_for_listeners(&self, at_most: Duration) {
        let has_any = |state: &mut State| state.n_listeners > 0;
        // A page that is not told by then sees the line broken, and says the same.
        drop(self.changed.wait_timeout_while(self.lock(), at_most, has_any));
    }

    /// Takes note of a PDF that takes the place of the one with the tag `after`, and says on which of its
    /// pages, counted from 1, it first differs from that, if that is known.
    pub(super) fn show_pdf(&self, page: &Page, after: &str) -> Option<usize> {
        let words = |tag: &str| {
            let state = self.lock();
            state.pdfs.iter().find(|(known, _)| known == tag).map(|(_, words)| Arc::clone(words))
        };
        let before = words(after);
        let now = match words(&page.tag) {
            Some(now) => now,
            None => page.page_words().ok()?.into(),
        };
        let differs = before.as_deref().and_then(|before| first_difference(before, &now));
        let mut state = self.lock();
        // No more than these two are ever asked for again.
        state.pdfs.retain(|(tag, _)| tag == after && *tag != page.tag);
        state.pdfs.push((page.tag.clone(), now));
        differs
    }

    /// The view of the moment.
    pub(super) fn view(&self) -> View {
        self.lock().view.clone()
    }

    /// The next view after that number, waiting for it at most so long. Views that came and went
    /// meanwhile are passed over: only the last counts.
    pub(super) fn after(&self, number: u64, at_most: Duration) -> News {
        let state = self.lock();
        let is_same = |state: &mut State| state.number == number && !state.is_closed;
        let (state, _) = self
            .changed
            .wait_timeout_while(state, at_most, is_same)
            .unwrap_or_else(PoisonError::into_inner);
        if state.is_closed {
            News::Closed
        } else if state.number == number {
            News::Nothing
        } else {
            News::View(state.number, state.view.clone())
        }
    }

    /// No thread leaves a state half changed, so a panic in one does not spoil it.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place, counted from 1, of the first page that is not the same as before; the last one where
/// pages only went away.
fn first_difference(before: &[String], now: &[String]) -> Option<usize> {
    let n_same = before.iter().zip(now).take_while(|(before, now)| before == now).count();
    (before != now).then(|| (n_same + 1).min(now.len()).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_that_takes_for_ever_is_noticed_and_said() {
        let shared = Shared::default();
        assert!(!shared.looks_longer_than(Duration::ZERO));
        let looking = shared.look();
        while !shared.looks_longer_than(Duration::ZERO) {}
        assert!(!shared.looks_longer_than(Duration::from_secs(3600)));
        drop(looking);
        assert!(!shared.looks_longer_than(Duration::ZERO));
        let view = stuck(Path::new("年报.toml"), &View::default());
        assert!(view.panel.contains("很久没有回应") && !view.is_current, "{}", view.panel);
    }

    #[test]
    fn the_first_page_that_differs_is_found() {
        let pages = |words: &str| -> Vec<String> { words.chars().map(String::from).collect() };
        let first = |before, now| first_difference(&pages(before), &pages(now));
        assert_eq!(first("一二三", "一二三"), None);
        assert_eq!(first("一二三", "一四三"), Some(2));
        assert_eq!(first("一二三", "一二三四"), Some(4));
        assert_eq!(first("一二三", "一二"), Some(2));
        assert_eq!(first("", "一"), Some(1));
        assert_eq!(first("一", ""), Some(1));
    }
}
