//! The form in the browser of this machine, over the same data file: for whom a text file with keys is nothing.
//!
//! A `desk` is an open data file. What the page changes (`change`) goes through the addresses of the report (`fields`) into
//! the file, of which every other byte stays; `state` is all that the page shows of it, `findings` what is said of it.
//! `paste` lays a block of a spreadsheet over a table, `merge` brings two changes of one file together. `start` is the
//! page on which a file is opened or made, `page` the form itself, `output` what comes out at the end, and `server` says
//! who is answered. The file is the truth: it is read anew for every change.

mod change;
mod desk;
mod fields;
mod findings;
mod merge;
mod output;
mod page;
mod paste;
mod room;
mod server;
mod start;
mod state;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use crate::branding::Branding;
use crate::preview::PreviewError;
use crate::report::Date;
use crate::serve::{self, Listener};
use room::Room;

/// What the form is opened with.
#[derive(Debug, Clone)]
pub struct Options {
    /// The data file; without one the start page is shown.
    pub file: Option<PathBuf>,
    /// The folder whose data files the start page lists.
    pub folder: PathBuf,
    /// The file in which those opened last are noted; none where nothing is to be noted.
    pub recent: Option<PathBuf>,
    /// The day of today, for what is preset.
    pub today: Date,
    /// The office's own templates, Word styles and faces.
    pub branding: Branding,
    /// The port on 127.0.0.1; 0 takes a free one.
    pub port: u16,
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
            Some(file) => format!("f/{}/", room.open(file)?),
            None => String::new(),
        };
        let secret = serve::secret();
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let listener = server::start(address, &secret, Arc::clone(&room)).map_err(|source| {
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
