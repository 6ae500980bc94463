//! The files that belong to a preview, and the times to look at them again.

use std::collections::BTreeSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::branding::Branding;
use crate::files;
use crate::guard::guarded;

/// The time in which the steps of one save come together: editors empty and fill a file, or write
/// another and rename it.
const GATHER: Duration = Duration::from_millis(30);
/// The interval between looks without being told.
const LOOK: Duration = Duration::from_millis(500);

/// The files that a report is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Inputs {
    /// The data file and those it names.
    pub(super) files: Vec<PathBuf>,
    /// The data files of the units that it adds up.
    pub(super) children: Vec<PathBuf>,
    /// The office's own templates, Word styles and faces.
    pub(super) branding: Branding,
    /// The faces that the report names.
    pub(super) faces: Vec<PathBuf>,
}

impl Inputs {
    /// A number for what the files hold now; one that cannot be read counts with the reason.
    ///
    /// The contents decide and not the time of change, which file systems keep too coarsely to tell
    /// two quick saves apart. The files are small.
    pub(super) fn fingerprint(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        let mut add = |path: &Path| {
            path.hash(&mut hasher);
            match files::read_text(path) {
                Ok(text) => text.hash(&mut hasher),
                Err(error) => error.to_string().hash(&mut hasher),
            }
        };
        self.files.iter().for_each(|path| add(path));
        match self.branding.template_files() {
            Ok(paths) => paths.iter().for_each(|path| add(path)),
            Err(error) => error.to_string().hash(&mut hasher),
        }
        // There may be hundreds of them, and they are handed in, not written here.
        self.children.iter().for_each(|path| add_stamp(path, &mut hasher));
        // These are large and are not saved twice in a moment.
        self.look().iter().for_each(|path| add_stamp(path, &mut hasher));
        hasher.finish()
    }

    /// Those of the files that are there and hold anything.
    pub(super) fn present(&self) -> BTreeSet<PathBuf> {
        let templates = self.branding.template_files().unwrap_or_default();
        let paths = self.files.iter().chain(&self.children).cloned().chain(templates);
        paths.filter(|path| files::stamp(path).is_ok_and(|stamp| !stamp.is_empty())).collect()
    }

    /// All files but the templates; those that are written here also under the name to which a link leads.
    fn all(&self) -> Vec<PathBuf> {
        let behind = self.files.iter().filter_map(|path| files::behind(path));
        self.files.iter().chain(&self.children).cloned().chain(behind).chain(self.look()).collect()
    }

    /// All faces and Word files whose look is taken.
    fn look(&self) -> Vec<PathBuf> {
        self.branding.word_and_font_files().into_iter().chain(self.faces.iter().cloned()).collect()
    }

    /// True if one of the paths that something happened to may be one of these files; no path at all
    /// may be any. Names are compared without their folders, because systems report the same folder
    /// under several names.
    fn may_hold_any(&self, paths: &[PathBuf]) -> bool {
        let all = self.all();
        let is_ours = |path: &PathBuf| {
            self.branding.may_be_template(path)
                || all.iter().any(|file| file.file_name() == path.file_name())
        };
        paths.is_empty() || paths.iter().any(is_ours)
    }

    /// The folders to watch. Files that are saved by renaming another would be lost if they
    /// themselves were watched.
    fn folders(&self) -> Vec<PathBuf> {
        let parent = |path: &PathBuf| match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let mut folders: Vec<PathBuf> = self.all().iter().map(parent).collect();
        folders.extend(self.branding.templates.clone());
        folders.sort();
        folders.dedup();
        folders
    }
}

/// Adds the size and the time of change of a file, or why they cannot be had.
fn add_stamp(path: &Path, hasher: &mut DefaultHasher) {
    path.hash(hasher);
    match files::stamp(path) {
        Ok(stamp) => stamp.hash(hasher),
        Err(error) => error.to_string().hash(hasher),
    }
}

/// Waits for saves.
pub(super) struct Watcher {
    news: Receiver<News>,
    /// Kept so that the channel stays open when there is no one else to tell.
    _sender: Sender<News>,
    /// Absent when the system has no notifications to give; looking now and then does it too.
    notify: Option<RecommendedWatcher>,
    watched: Vec<PathBuf>,
}

/// Ends the waiting of a [`Watcher`].
#[derive(Debug)]
pub(super) struct Stopper(Sender<News>);

/// News for a watcher.
#[derive(Debug)]
enum News {
    /// Something happened to these paths; without paths, somewhere.
    Changed(Vec<PathBuf>),
    /// No more is wanted.
    Stop,
}

/// The reason why a watcher stopped waiting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wake {
    /// The files may have changed.
    Look,
    /// No more is wanted.
    Stop,
}

impl Stopper {
    /// Ends the waiting.
    pub(super) fn stop(&self) {
        // A watcher that is gone has stopped already.
        let _ = self.0.send(News::Stop);
    }
}

impl Watcher {
    /// A watcher of nothing yet.
    pub(super) fn new(notifications: bool) -> (Self, Stopper) {
        let (sender, news) = channel();
        let teller = sender.clone();
        let notify = notifications.then(|| {
            let tell = move |event: notify::Result<notify::Event>| {
                let paths = match event {
                    // Reading the files would otherwise wake who reads them.
                    Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                    Ok(event) => event.paths,
                    Err(_) => Vec::new(),
                };
                let _ = teller.send(News::Changed(paths));
            };
            guarded(|| notify::recommended_watcher(tell))
        });
        let stopper = Stopper(sender.clone());
        // A library that panics because the system gives it nothing is as good as none.
        let notify = notify.and_then(Result::ok).and_then(Result::ok);
        (Self { news, _sender: sender, notify, watched: Vec::new() }, stopper)
    }

    /// Watches the folders of these files, and no others. A folder that cannot be watched is looked
    /// at now and then like all.
    pub(super) fn follow(&mut self, inputs: &Inputs) {
        let Some(notify) = &mut self.notify else { return };
        let folders = inputs.folders();
        for gone in self.watched.iter().filter(|folder| !folders.contains(folder)) {
            let _ = guarded(|| notify.unwatch(gone));
        }
        let watched = std::mem::take(&mut self.watched);
        self.watched = folders
            .into_iter()
            .filter(|folder| {
                watched.contains(folder)
                    || guarded(|| notify.watch(folder, RecursiveMode::NonRecursive))
                        .is_ok_and(|followed| followed.is_ok())
            })
            .collect();
    }

    /// Waits until these files may have changed: soon after news of them, and in any case twice a
    /// second.
    pub(super) fn wait(&self, inputs: &Inputs) -> Wake {
        // News of other files in a busy folder must not put off the next look.
        let look_at = Instant::now() + LOOK;
        loop {
            match self.news.recv_timeout(look_at.saturating_duration_since(Instant::now())) {
                Ok(News::Changed(paths)) if !inputs.may_hold_any(&paths) => {}
                Ok(News::Changed(_)) => break,
                Err(RecvTimeoutError::Timeout) => return Wake::Look,
                Ok(News::Stop) | Err(RecvTimeoutError::Disconnected) => return Wake::Stop,
            }
        }
        thread::sleep(GATHER);
        let stopped = self.news.try_iter().any(|news| matches!(news, News::Stop));
        if stopped { Wake::Stop } else { Wake::Look }
    }
}
