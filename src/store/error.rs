//! What can go wrong with a store, in words for people: what happened, where, what still holds,
//! what to do.

use std::io;
use std::path::{Path, PathBuf};

use crate::domain::id::Key;
use crate::store::Finding;

/// The result of everything a store does.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Why a store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A change was made from a value that is no longer the current one. Nothing was changed.
    #[error("{key} was changed in the meantime; nothing was saved, look at it again and repeat")]
    Conflict {
        /// The first document that differs.
        key: Key,
    },
    /// Another process owns the store.
    #[error(
        "the store is in use by {}; close that circlet, or start this one with the same XDG_RUNTIME_DIR, and both use it",
        owner(*pid)
    )]
    Busy {
        /// Its process number, when it could be read.
        pid: Option<u32>,
        /// Its version, when it could be read.
        version: Option<String>,
    },
    /// There is no store here. Reading never makes one.
    #[error("there is no store in {}; the first thing you save makes one", .0.display())]
    Absent(PathBuf),
    /// There is something here already, and it is left as it is.
    #[error("{} is there already and was left as it is; choose another name", .0.display())]
    Exists(PathBuf),
    /// The folder has other files in it and no store. Nothing was changed.
    #[error(
        "{} has other files in it and no store that can be read; nothing was changed, \
         choose an empty folder with --store",
        .0.display()
    )]
    Occupied(PathBuf),
    /// A part of the store is a link to another place. Nothing was changed.
    #[error(
        "{} is a link to another place; nothing was changed, put the file itself there",
        .0.display()
    )]
    Linked(PathBuf),
    /// An erase could not be carried out. The store goes on, and its next open erases.
    #[error("it is not erased yet, because {0}; the erase is finished at the next start")]
    EraseLater(Box<Self>),
    /// The disk is full.
    #[error(
        "the disk is full at {}; nothing that was saved is lost, make room and try again",
        .0.display()
    )]
    Full(PathBuf),
    /// A file may not become as large as it must, by a limit on this process.
    #[error(
        "{} may not become that large: there is a limit on the size of files; nothing that was saved is \
         lost, lift it (ulimit -f unlimited) and try again",
        .0.display()
    )]
    Limited(PathBuf),
    /// The store can be read but not written.
    #[error("the store can only be read: {0}")]
    ReadOnly(String),
    /// Something is damaged and could not be made whole.
    #[error(
        "the store is damaged: {}; every file was kept, run circlet doctor",
        words(report)
    )]
    Corrupt {
        /// What is wrong, with the places.
        report: Vec<Finding>,
    },
    /// A newer circlet made this store. Nothing was changed.
    #[error(
        "the store was written by a newer circlet (format {found}, this one knows {known}); \
         nothing was changed, use the newer circlet"
    )]
    TooNew {
        /// What the store says.
        found: u32,
        /// The newest that this program knows.
        known: u32,
    },
    /// One value or the whole act is too large. Nothing was changed.
    #[error("{what} has {bytes} bytes, {limit} are possible; nothing was saved, make it shorter")]
    TooLarge {
        /// What is too large.
        what: String,
        /// Its size.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// The system refused.
    #[error(
        "{} could not be {doing}: {source}; nothing that was saved is lost",
        path.display()
    )]
    Io {
        /// What was tried, as a past participle: `opened`.
        doing: &'static str,
        /// With which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Anything else, in words.
    #[error("{0}")]
    Other(String),
}

fn owner(pid: Option<u32>) -> String {
    pid.map_or_else(
        || "another circlet".to_owned(),
        |pid| format!("process {pid}"),
    )
}

fn words(report: &[Finding]) -> String {
    let mut words: Vec<_> = report.iter().take(3).map(Finding::to_string).collect();
    if report.len() > words.len() {
        words.push(format!("and {} more", report.len() - words.len()));
    }
    words.join("; ")
}

impl StoreError {
    /// What the system said about `path`.
    pub(crate) fn io(doing: &'static str, path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                Self::Full(path.to_owned())
            }
            io::ErrorKind::FileTooLarge => Self::Limited(path.to_owned()),
            io::ErrorKind::ReadOnlyFilesystem => {
                Self::ReadOnly(format!("{} is on a read-only disk", path.display()))
            }
            _ => Self::Io {
                doing,
                path: path.to_owned(),
                source,
            },
        }
    }

    /// Whether saving may work later: the disk was full or did not answer.
    pub(crate) const fn may_pass(&self) -> bool {
        match self {
            Self::Full(_)
            | Self::Limited(_)
            | Self::Io { .. }
            | Self::ReadOnly(_)
            | Self::Corrupt { .. }
            | Self::Other(_) => true,
            Self::Conflict { .. }
            | Self::Busy { .. }
            | Self::Absent(_)
            | Self::Exists(_)
            | Self::Occupied(_)
            | Self::Linked(_)
            | Self::EraseLater(_)
            | Self::TooNew { .. }
            | Self::TooLarge { .. } => false,
        }
    }

    /// One damaged place.
    pub(crate) fn corrupt(place: impl Into<String>, what: impl Into<String>) -> Self {
        let finding = Finding {
            place: place.into(),
            what: what.into(),
        };
        Self::Corrupt {
            report: vec![finding],
        }
    }
}
