//! The form in the browser of this machine, over the same data file, for users who do not edit text files.
//!
//! A `desk` is an open data file. What the page changes (`change`) goes through the addresses of the report (`fields`) into
//! the file, of which every other byte stays; `state` is all that the page shows of it, `findings` what is said of it.
//! `paste` lays a block of a spreadsheet over a table, `read_back` takes over what was corrected in a Word copy, `merge` brings two changes of one file together. `start` is the
//! page on which a file is opened or made, `units` and `units_pages` the page of an office for its units, `page` the form itself with the fields of `inputs`, `output` what comes out at the end, and `server` says
//! who is answered. The file is the truth: it is read anew for every change.

mod answers;
mod asset;
mod change;
mod cleaned;
mod desk;
mod fields;
mod findings;
mod inputs;
mod merge;
mod notes;
mod output;
mod page;
mod paste;
mod read_back;
mod room;
mod second;
mod server;
mod signed;
mod start;
mod state;
mod units;
mod units_pages;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::branding::Branding;
use crate::digest::Digest;
use crate::preview::PreviewError;
use crate::report::Date;
use crate::serve::{self, Listener};
use room::Room;

pub use change::Edit;
pub use desk::{Desk, Refused};

/// The options of the form.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data file, or a list of units; without one the start page is shown.
    pub file: Option<PathBuf>,
    /// The folder whose data files the start page lists.
    pub folder: PathBuf,
    /// The file in which those opened last are noted; none where nothing is to be noted.
    pub recent: Option<PathBuf>,
    /// The file in which it is noted of which text the last check sheet of each was made; none where nothing is to be noted.
    pub signed: Option<PathBuf>,
    /// The day of today, for what is preset.
    pub today: Date,
    /// The office's own templates, Word styles and faces.
    pub branding: Branding,
    /// The port on 127.0.0.1; 0 takes the usual one of the folder, or a free one where that is taken.
    pub port: u16,
}

/// The port on which the form of a folder is served where nobody asks for another: the same each time, so that a page
/// which the program left behind when it was ended is of one origin with the next, and hands over what it could not save.
fn usual_port(folder: &Path) -> u16 {
    // Neither of those that systems lend out by themselves nor of those that are well known.
    const FIRST: u16 = 20_000;
    const N: u16 = 10_000;
    let digest = Digest::of(folder.as_os_str().as_encoded_bytes());
    let some =
        digest.bytes().iter().fold(0, |some: u16, byte| some.wrapping_mul(31) ^ u16::from(*byte));
    FIRST + some % N
}

/// A form that is served until it is ended by its `Ender`.
pub struct Form {
    address: SocketAddr,
    /// The path of the page to open, below the address.
    path: String,
    room: Arc<Room>,
    listener: Listener,
}

impl Form {
    /// Begins to serve it.
    ///
    /// # Errors
    ///
    /// When the data file cannot be read at all, the port is taken, or the system refuses threads.
    pub fn start(options: &Options) -> Result<Self, PreviewError> {
        let room = Arc::new(Room::new(options));
        let below = match &options.file {
            Some(file) if start::is_list(file) => {
                format!("u/{}/", room.open_list(file).map_err(PreviewError::File)?)
            }
            Some(file) => format!("f/{}/", room.open(file)?),
            None => String::new(),
        };
        let secret = serve::secret();
        let listen = |port| {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
            server::start(address, &secret, Arc::clone(&room))
        };
        let listener = match options.port {
            0 => listen(usual_port(&options.folder)).or_else(|_| listen(0)),
            port => listen(port),
        };
        let listener = listener.map_err(|source| {
            room.close();
            PreviewError::Port { port: options.port, source }
        })?;
        let path = format!("{secret}/{below}");
        Ok(Self { address: listener.address(), path, room, listener })
    }

    /// The address to open in a browser. Whoever knows it can read the report, and change it.
    pub fn url(&self) -> String {
        format!("http://{}/{}", self.address, self.path)
    }

    /// A handle that ends it from elsewhere, such as from a handler of Ctrl-C.
    pub fn ender(&self) -> serve::Ender {
        self.listener.ender()
    }

    /// Serves until it is ended by its `Ender`; open pages are told that nothing more will come.
    pub fn serve(self) {
        self.listener.wait();
        self.room.close();
    }

    /// Ends it and waits until it has stopped.
    pub fn stop(self) {
        self.ender().end();
        self.serve();
    }
}
