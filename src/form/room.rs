//! The open data files, each with its desk and its preview.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Options;
use super::desk::Desk;
use super::read_back;
use super::signed::Signed;
use super::start::Recent;
use super::units::{Given, OpenList};
use crate::files::{self, FileError};
use crate::preview::{self, PreviewError, Watched};
use crate::serve;

/// All that is open.
pub(super) struct Room {
    pub(super) options: Options,
    pub(super) recent: Recent,
    pub(super) signed: Signed,
    /// The secret that a page must send along to change anything.
    pub(super) token: String,
    /// The names of which a list of units is to be made.
    pub(super) names: Given,
    open: Mutex<Vec<Arc<Opened>>>,
    lists: Mutex<Vec<Arc<OpenList>>>,
}

/// An open data file.
pub(super) struct Opened {
    /// A name that nobody can guess.
    pub(super) id: String,
    pub(super) desk: Desk,
    pub(super) watched: Watched,
    /// The Word file whose corrections are being looked at.
    pub(super) given: read_back::Given,
}

impl Room {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            options: options.clone(),
            recent: Recent::new(options.recent.clone()),
            signed: Signed::new(options.signed.clone()),
            token: serve::secret(),
            names: Given::default(),
            open: Mutex::default(),
            lists: Mutex::default(),
        }
    }

    /// Opens a data file, and says under which name; one that is open already keeps its name.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn open(&self, file: &Path) -> Result<String, PreviewError> {
        let mut open = self.lock();
        let is_same =
            |one: &&Arc<Opened>| files::real_path(one.desk.path()) == files::real_path(file);
        if let Some(known) = open.iter().find(is_same) {
            return Ok(known.id.clone());
        }
        let desk = Desk::open(file).map_err(PreviewError::File)?;
        let watched = Watched::start(&preview::Options {
            file: desk.path().to_owned(),
            branding: self.options.branding.clone(),
            port: 0,
            notifications: true,
        })?;
        self.recent.add(file);
        let id = serve::secret();
        open.push(Arc::new(Opened {
            id: id.clone(),
            desk,
            watched,
            given: read_back::Given::default(),
        }));
        Ok(id)
    }

    /// The open file of that name.
    pub(super) fn get(&self, id: &str) -> Option<Arc<Opened>> {
        self.lock().iter().find(|one| one.id == id).map(Arc::clone)
    }

    /// Opens a list of units, and says under which name; one that is open already keeps its name.
    ///
    /// # Errors
    ///
    /// When it is not there.
    pub(super) fn open_list(&self, file: &Path) -> Result<String, FileError> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |one: &&Arc<OpenList>| files::real_path(one.path()) == files::real_path(file);
        if let Some(known) = lists.iter().find(is_same) {
            return Ok(known.id.clone());
        }
        let list = OpenList::open(serve::secret(), file)?;
        let id = list.id.clone();
        lists.push(Arc::new(list));
        Ok(id)
    }

    /// The open list of that name.
    pub(super) fn get_list(&self, id: &str) -> Option<Arc<OpenList>> {
        let lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.iter().find(|one| one.id == id).map(Arc::clone)
    }

    /// Tells all open pages that nothing more will come.
    pub(super) fn close(&self) {
        let open = std::mem::take(&mut *self.lock());
        open.iter().for_each(|one| one.watched.stop());
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Arc<Opened>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
