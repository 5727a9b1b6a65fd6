//! What the database said, sorted by whether trying again helps.

use rebooking_core::ports::PortError;
use sqlx::error::DatabaseError;

/// A stored row makes no sense. Nothing is guessed from it: people must look. The message names the place and what is wrong there,
/// never the value, which may be personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{table} {id}: {column}: {why}")]
pub struct MalformedRow {
    /// In which table.
    pub table: &'static str,
    /// Which row.
    pub id: String,
    /// Which column.
    pub column: String,
    /// What is wrong with it.
    pub why: String,
}

/// What went wrong in one unit of work.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The database, or the way to it.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
    /// No connection could be opened, so nothing was asked.
    #[error(transparent)]
    Connecting(sqlx::Error),
    /// A row that makes no sense.
    #[error(transparent)]
    Row(#[from] MalformedRow),
    /// No decision of the core asks for it.
    #[error("{0}")]
    Senseless(&'static str),
    /// A standby, or a database without our tables.
    #[error("the database cannot be written, or is not migrated")]
    ReadOnly,
    /// The work is still under way, or was given up by this side.
    #[error("no answer in time")]
    NoAnswer,
}

/// What to do about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The database undid the statement, and the same one may work at once: a deadlock, or a serialization failure.
    Again,
    /// The connection is lost; what was under way may have been carried out.
    Lost,
    /// Nothing was done; later it may work.
    Later,
    /// Nothing was done, and the same call will never work.
    Never,
}

impl Failure {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Row(_) | Self::Senseless(_) => Kind::Never,
            Self::ReadOnly => Kind::Later,
            Self::NoAnswer => Kind::Lost,
            Self::Connecting(error) => connecting(error),
            Self::Database(error) => kind(error),
        }
    }

    /// The port's error, for a call that may have changed something.
    pub(crate) fn into_port(self) -> PortError {
        match self.kind() {
            Kind::Again | Kind::Later => PortError::Passing(Box::new(Outline::of(&self))),
            Kind::Lost => PortError::Unknown(Box::new(Outline::of(&self))),
            Kind::Never => PortError::Lasting(Box::new(Outline::of(&self))),
        }
    }

    /// The port's error, for a call that changed nothing whatever its outcome.
    pub(crate) fn into_reading(self) -> PortError {
        match self.kind() {
            Kind::Again | Kind::Later | Kind::Lost => PortError::Passing(Box::new(Outline::of(&self))),
            Kind::Never => PortError::Lasting(Box::new(Outline::of(&self))),
        }
    }
}

fn kind(error: &sqlx::Error) -> Kind {
    use sqlx::Error as E;
    match error {
        E::Database(error) => said(error.as_ref()),
        E::Io(_) | E::Tls(_) | E::Protocol(_) | E::WorkerCrashed => Kind::Lost,
        E::PoolTimedOut | E::PoolClosed | E::BeginFailed => Kind::Later,
        _ => Kind::Never,
    }
}

/// Wrong names and passwords need people; everything else may be over soon.
fn connecting(error: &sqlx::Error) -> Kind {
    let code = error.as_database_error().and_then(DatabaseError::code);
    match (code.as_deref().and_then(|code| code.get(..2)), error) {
        (Some("28" | "3D"), _) | (None, sqlx::Error::Configuration(_)) => Kind::Never,
        _ => Kind::Later,
    }
}

/// By SQLSTATE (PostgreSQL documentation, appendix A).
fn said(error: &dyn DatabaseError) -> Kind {
    let code = error.code().unwrap_or_default();
    match (code.get(..2).unwrap_or_default(), code.as_ref()) {
        (_, "40001" | "40P01") => Kind::Again,
        // An administrator or a crash ended the session, or it was idle for too long in a transaction.
        (_, "57P01" | "57P02" | "25P03" | "40003") | ("08", _) => Kind::Lost,
        // No lock in time, no answer in time, no resources, starting up, a standby.
        (_, "55P03" | "57014" | "57P03" | "57P05" | "25006") | ("53" | "58", _) => Kind::Later,
        _ => Kind::Never,
    }
}

/// The guard that failed, when the statement was undone by one.
pub(crate) fn guard_of(error: &sqlx::Error) -> Option<&str> {
    let error = error.as_database_error()?;
    match (error.code().as_deref(), error.constraint()) {
        (Some(LOST), _) => Some(error.message()),
        // Two choices with one link meet here first, before the loser comes to look at the token's version.
        (Some("23505"), Some("rebooking_requests_one_a_token")) => Some("token"),
        _ => None,
    }
}

/// The SQLSTATE of a guard that failed.
pub(crate) const LOST: &str = "RBL01";

/// What is kept of a failure: PostgreSQL quotes values in its details, so only code, message and names are.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Outline(String);

impl Outline {
    fn of(failure: &Failure) -> Self {
        let (Failure::Database(error) | Failure::Connecting(error)) = failure else {
            return Self(failure.to_string());
        };
        Self(match error {
            sqlx::Error::Database(error) => {
                let code = error.code().unwrap_or_default();
                let place = [error.table(), error.constraint()];
                let place: Vec<&str> = place.into_iter().flatten().collect();
                // Messages about input quote it; those of other classes name things.
                match code.get(..2) {
                    Some("22" | "23") => format!("SQLSTATE {code} {}", place.join(" ")),
                    _ => format!("SQLSTATE {code}: {}", error.message()),
                }
            }
            other => other.to_string(),
        })
    }
}
