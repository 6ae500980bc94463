//! The report in the browser of this machine, renewed on every save, with its findings beside it.
//!
//! Two threads work for as long as a preview runs: one looks at the files and makes the page anew
//! (`watcher`, `state`), one takes connections and gives each a thread of its own (`serve`, `server`).
//! Nothing is written to disk, and what is served as the report is byte for byte what a build would
//! write: all that the preview adds stands in a page of its own around it.

mod panel;
mod server;
mod state;
mod watcher;

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::branding::{Branding, BrandingError};
use crate::files::{self, FileError};
use crate::serve::{self, Listener, Request};
use state::{Shared, ViewMaker};
use watcher::{Stopper, Wake, Watcher};

/// The words to show, and their place.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data file.
    pub file: PathBuf,
    /// The office's own templates, Word styles and faces.
    pub branding: Branding,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
    /// True to ask the system to tell of saved files. The files are looked at twice a second in
    /// any case, because on network drives and in containers such news often does not arrive.
    pub notifications: bool,
}

/// A report that is made anew whenever its files change, shared by all its pages.
#[derive(Debug)]
pub(crate) struct Watched {
    shared: Arc<Shared>,
    stopper: Stopper,
    /// Breaks off when the watching has ended.
    watching: Mutex<Receiver<()>>,
}

impl Watched {
    /// Makes the first page and begins to watch the files.
    ///
    /// # Errors
    ///
    /// When the data file or the office's branding cannot be read at all, or the system refuses threads.
    pub(crate) fn start(options: &Options) -> Result<Self, PreviewError> {
        let mut maker = ViewMaker::new(options)?;
        let shared = Arc::new(Shared::default());
        let (mut watcher, stopper) = Watcher::new(options.notifications);
        // The first page is there before the first request.
        let mut seen = renew(&mut maker, &shared, &mut watcher);
        let to_renew = Arc::clone(&shared);
        let (is_watching, watching) = channel();
        thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || {
                let _is_watching = is_watching;
                let shared = CloseAtEnd(to_renew);
                let mut present = maker.inputs().present();
                while watcher.wait(maker.inputs()) == Wake::Look {
                    let _looking = shared.0.look();
                    if maker.inputs().fingerprint() == seen {
                        continue;
                    }
                    // An editor that empties a file or takes it away is most often about to fill it again.
                    if !maker.inputs().present().is_superset(&present)
                        && watcher.wait(maker.inputs()) == Wake::Stop
                    {
                        break;
                    }
                    seen = renew(&mut maker, &shared.0, &mut watcher);
                    present = maker.inputs().present();
                }
            })
            .map_err(PreviewError::Thread)?;
        tell_when_stuck(&options.file, &shared).map_err(PreviewError::Thread)?;
        Ok(Self { shared, stopper, watching: Mutex::new(watching) })
    }

    /// Answers a request of one of our own pages for an address below that of the preview.
    pub(crate) fn answer(&self, request: Request, path: &str, query: &str) {
        server::respond(request, path, query, &self.shared);
    }

    /// Tells open pages that nothing more will come, and stops watching.
    pub(crate) fn stop(&self) {
        /// The time to wait until open pages have been told and the files are released: a network
        /// drive that has gone away may never answer.
        const FAREWELL: Duration = Duration::from_secs(5);
        self.shared.close();
        self.stopper.stop();
        // Nothing is ever sent.
        let watching = self.watching.lock().unwrap_or_else(PoisonError::into_inner);
        let _: Result<(), _> = watching.recv_timeout(FAREWELL);
        self.shared.wait_for_listeners(FAREWELL);
    }
}

/// A preview that runs until it is [stopped](Self::stop) or the program ends.
#[derive(Debug)]
pub struct Preview {
    address: SocketAddr,
    secret: String,
    watched: Watched,
    listener: Listener,
}

impl Preview {
    /// Makes the first page and begins to serve it.
    ///
    /// A data file with mistakes is no reason not to begin: the preview is there to show them.
    ///
    /// # Errors
    ///
    /// When the data file or the office's branding cannot be read at all, the port is taken, or
    /// the system refuses threads.
    pub fn start(options: &Options) -> Result<Self, PreviewError> {
        let watched = Watched::start(options)?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let secret = serve::secret();
        let listener =
            server::start(address, &secret, Arc::clone(&watched.shared)).map_err(|source| {
                watched.stop();
                PreviewError::Port { port: options.port, source }
            })?;
        Ok(Self { address: listener.address(), secret, watched, listener })
    }

    /// The address to open in a browser. Whoever knows it can read the report.
    pub fn url(&self) -> String {
        format!("http://{}/{}/", self.address, self.secret)
    }

    /// A handle that ends this preview from elsewhere, such as from a handler of Ctrl-C.
    pub fn ender(&self) -> serve::Ender {
        self.listener.ender()
    }

    /// Serves until it is ended, then stops watching; open pages are told that nothing
    /// more will come.
    pub fn serve(self) {
        self.listener.wait();
        self.watched.stop();
    }

    /// Ends it and waits until it has stopped.
    pub fn stop(self) {
        self.ender().end();
        self.serve();
    }
}

/// Tells open pages that nothing more will come when no one watches any more, whatever the reason.
struct CloseAtEnd(Arc<Shared>);

impl Drop for CloseAtEnd {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Says so on the page when looking at the files takes too long, as on a network drive that has gone away.
fn tell_when_stuck(file: &Path, shared: &Arc<Shared>) -> io::Result<()> {
    /// The longest time for a look, and the interval at which that is watched.
    const PATIENCE: Duration = Duration::from_secs(10);
    const OFTEN: Duration = Duration::from_secs(1);
    let (file, shared) = (file.to_owned(), Arc::clone(shared));
    let watch = move || {
        let mut is_told = false;
        while !shared.is_closed() {
            thread::sleep(OFTEN);
            let is_stuck = shared.looks_longer_than(PATIENCE);
            if is_stuck && !is_told {
                shared.set(state::stuck(&file, &shared.view()));
            }
            is_told = is_stuck;
        }
    };
    thread::Builder::new().name("stuck".to_owned()).spawn(watch).map(drop)
}

/// Makes the state anew and says what the files held that it was made of.
fn renew(maker: &mut ViewMaker, shared: &Shared, watcher: &mut Watcher) -> u64 {
    /// The attempts at reading the files of a report, of which one names the others and may just be changing; a
    /// later change is seen at the next look.
    const ATTEMPTS: usize = 3;
    let mut seen = 0;
    for _ in 0..ATTEMPTS {
        // Taken before the files are read: a save in between is then seen as one more change.
        seen = maker.inputs().fingerprint();
        let before = maker.inputs().clone();
        shared.set(maker.make());
        watcher.follow(maker.inputs());
        if *maker.inputs() == before {
            break;
        }
    }
    seen
}

/// The reason why a preview could not begin. Its text is for the reader, in Chinese.
#[derive(Debug)]
#[non_exhaustive]
pub enum PreviewError {
    /// A file that is needed cannot be read.
    File(FileError),
    /// The office's branding cannot be used.
    Branding(Arc<BrandingError>),
    /// The port cannot be had.
    Port {
        /// The port that was asked for; 0 for any.
        port: u16,
        /// The system's message.
        source: io::Error,
    },
    /// The system refuses a thread.
    Thread(io::Error),
}

impl fmt::Display for PreviewError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(error) => error.fmt(f),
            Self::Branding(error) => error.fmt(f),
            Self::Port { port, source } => match source.kind() {
                io::ErrorKind::AddrInUse => {
                    write!(f, "端口 {port} 已被占用，请换一个，或者不写 --port")
                }
                io::ErrorKind::PermissionDenied => {
                    write!(f, "没有权限使用端口 {port}，请换一个大于 1024 的，或者不写 --port")
                }
                _ => write!(f, "无法在本机打开预览：{}", files::reason(source)),
            },
            Self::Thread(error) => write!(f, "无法开始预览：{}", files::reason(error)),
        }
    }
}

impl std::error::Error for PreviewError {}
