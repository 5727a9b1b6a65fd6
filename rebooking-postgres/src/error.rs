//! What the database said, sorted by whether trying again helps.

use rebooking_core::ports::PortError;
use sqlx::error::DatabaseError;
use sqlx::postgres::{PgDatabaseError, PgSeverity};

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
    /// A standby, a database without our tables, or a role without its rights.
    #[error("{0}")]
    Unready(&'static str),
    /// The answer to a change was lost, and there is no trace of it so far.
    #[error("no trace of the change so far")]
    Untraced,
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
    /// No connection could be opened. A name or a password that is refused may be right again soon, but needs people to look.
    pub(crate) fn connecting(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(DatabaseError::code);
        if matches!(code.as_deref().and_then(|code| code.get(..2)), Some("28" | "3D")) {
            tracing::error!(error = %Outline::of_sqlx(&error), "the database lets nobody in");
        }
        Self::Connecting(error)
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Row(_) | Self::Senseless(_) => Kind::Never,
            Self::Unready(_) | Self::Untraced => Kind::Later,
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

/// All but a wrong setting may be over soon: a wrong password too, while passwords are being changed.
const fn connecting(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::Configuration(_) => Kind::Never,
        _ => Kind::Later,
    }
}

/// By SQLSTATE (PostgreSQL documentation, appendix A).
fn said(error: &dyn DatabaseError) -> Kind {
    let code = error.code().unwrap_or_default();
    // Whatever the reason: an administrator, a crash, a session that was idle for too long.
    let ended = error
        .try_downcast_ref::<PgDatabaseError>()
        .is_some_and(|error| matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic));
    match (code.get(..2).unwrap_or_default(), code.as_ref()) {
        (_, "40001" | "40P01") => Kind::Again,
        _ if ended => Kind::Lost,
        // A pooler in between has changed the session under us.
        (_, "40003" | "26000") | ("08", _) => Kind::Lost,
        // No lock in time, no answer in time, no resources, starting up, a standby.
        (_, "55P03" | "57014" | "57P03" | "25006") | ("53" | "58", _) => Kind::Later,
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
pub(crate) struct Outline(String);

impl Outline {
    fn of(failure: &Failure) -> Self {
        match failure {
            Failure::Database(error) | Failure::Connecting(error) => Self::of_sqlx(error),
            other => Self::text(other),
        }
    }

    /// The text of what quotes no values.
    pub(crate) fn text(error: &dyn std::error::Error) -> Self {
        Self(error.to_string())
    }

    pub(crate) fn of_sqlx(error: &sqlx::Error) -> Self {
        Self(match error {
            sqlx::Error::Database(error) => said_of(error.as_ref()),
            sqlx::Error::PoolTimedOut => {
                "no connection in time: the server is busy, refuses or is not there".into()
            }
            other => other.to_string(),
        })
    }
}

fn said_of(error: &dyn DatabaseError) -> String {
    let code = error.code().unwrap_or_default();
    let place = [error.table(), error.constraint()];
    let place: Vec<&str> = place.into_iter().flatten().collect();
    // Messages about input quote it; those of other classes name things.
    let said = match code.get(..2) {
        Some("22" | "23") => format!("SQLSTATE {code} {}", place.join(" ")),
        _ => format!("SQLSTATE {code}: {}", error.message()),
    };
    match error.try_downcast_ref::<PgDatabaseError>().and_then(PgDatabaseError::hint) {
        Some(hint) => format!("{said} ({hint})"),
        None => said,
    }
}
