//! Errors of the database, sorted by whether a retry helps, and outlined without values.

use rebooking_core::ports::{MalformedRow, PortError, Source};
use sqlx::error::DatabaseError;
use sqlx::postgres::{PgDatabaseError, PgSeverity};

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
    /// A change that no decision of the core asks for.
    #[error("{0}")]
    Unsupported(&'static str),
    /// An answer of the database that its tables and our statements rule out.
    #[error("{0}")]
    Unexpected(&'static str),
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

/// Why a standby is not ready.
pub(crate) const READ_ONLY: &str = "the database cannot be written";

/// What to do about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The database undid the statement, and the same one may work at once: a deadlock, or a
    /// serialization failure.
    Again,
    /// Nothing was done: the session knows the tables, or its own prepared statements, as they no
    /// longer are. A new one works.
    Stale,
    /// The connection is lost; what was under way may have been carried out.
    Lost,
    /// Nothing was done; later it may work.
    Later,
    /// Nothing was done, and the same call will never work.
    Never,
}

impl Failure {
    /// No connection could be opened. A name or a password that is refused may be right again soon,
    /// but needs people to look.
    pub(crate) fn connecting(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(DatabaseError::code);
        if matches!(code.as_deref().and_then(|code| code.get(..2)), Some("28" | "3D")) {
            tracing::error!(error = %Outline::from_sqlx(&error), "the database lets nobody in");
        }
        Self::Connecting(error)
    }

    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Row(_) | Self::Unsupported(_) | Self::Unexpected(_) => Kind::Never,
            Self::Unready(_) | Self::Untraced => Kind::Later,
            Self::NoAnswer => Kind::Lost,
            Self::Connecting(error) => connecting(error),
            Self::Database(error) => kind(error),
        }
    }

    /// The database cannot be written: it is a standby, or has become one.
    pub(crate) fn is_read_only(&self) -> bool {
        match self {
            Self::Unready(why) => *why == READ_ONLY,
            Self::Database(sqlx::Error::Database(error)) => {
                error.code().as_deref() == Some("25006")
            }
            _ => false,
        }
    }

    /// The port's error, for a call that may have changed something.
    pub(crate) fn into_port(self) -> PortError {
        match self.kind() {
            Kind::Again | Kind::Stale | Kind::Later => {
                PortError::Transient(Box::new(Outline::from(&self)))
            }
            Kind::Lost => PortError::Unknown(Box::new(Outline::from(&self))),
            Kind::Never => PortError::Permanent(self.into_source()),
        }
    }

    /// The port's error, for a call that changed nothing whatever its outcome.
    pub(crate) fn into_reading(self) -> PortError {
        match self.kind() {
            Kind::Again | Kind::Stale | Kind::Later | Kind::Lost => {
                PortError::Transient(Box::new(Outline::from(&self)))
            }
            Kind::Never => PortError::Permanent(self.into_source()),
        }
    }

    /// A row that makes no sense goes as it is, for callers to tell that apart.
    fn into_source(self) -> Source {
        match self {
            Self::Row(bad) => Box::new(bad),
            other => Box::new(Outline::from(&other)),
        }
    }
}

fn kind(error: &sqlx::Error) -> Kind {
    use sqlx::Error as E;
    match error {
        E::Database(error) => kind_of_sqlstate(error.as_ref()),
        E::Io(_) | E::Tls(_) | E::Protocol(_) | E::WorkerCrashed => Kind::Lost,
        E::PoolTimedOut | E::PoolClosed | E::BeginFailed => Kind::Later,
        _ => Kind::Never,
    }
}

/// All but a wrong setting may be over soon: a wrong password too, while passwords are being
/// changed.
const fn connecting(error: &sqlx::Error) -> Kind {
    match error {
        sqlx::Error::Configuration(_) => Kind::Never,
        _ => Kind::Later,
    }
}

/// By SQLSTATE (PostgreSQL documentation, appendix A).
fn kind_of_sqlstate(error: &dyn DatabaseError) -> Kind {
    let code = error.code().unwrap_or_default();
    let postgres = error.try_downcast_ref::<PgDatabaseError>();
    // Whatever the reason: an administrator, a crash, a session that was idle for too long.
    let ended = postgres
        .is_some_and(|error| matches!(error.severity(), PgSeverity::Fatal | PgSeverity::Panic));
    // A migration has changed a table under a prepared statement. The same code says that a feature
    // is missing, for good.
    let outdated = postgres.and_then(PgDatabaseError::routine) == Some("RevalidateCachedQuery");
    match (code.get(..2).unwrap_or_default(), code.as_ref()) {
        (_, "40001" | "40P01") => Kind::Again,
        _ if ended => Kind::Lost,
        (_, "0A000") if outdated => Kind::Stale,
        // A pooler in between has given us a session that does not know our statement.
        (_, "26000") => Kind::Stale,
        (_, "40003") | ("08", _) => Kind::Lost,
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
        // Two choices with one link meet here first, before the loser comes to look at the token's
        // version.
        (Some("23505"), Some("rebooking_requests_one_a_token")) => Some("token"),
        _ => None,
    }
}

/// The SQLSTATE of a guard that failed.
pub(crate) const LOST: &str = "RBL01";
/// How every SQLSTATE begins that our own functions and migrations raise; what they say holds no
/// values.
const OURS: &str = "RBL";

/// What is kept of a failure: PostgreSQL quotes values in its details, so only code, message and
/// names are.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct Outline(String);

impl From<&Failure> for Outline {
    fn from(failure: &Failure) -> Self {
        match failure {
            Failure::Database(error) | Failure::Connecting(error) => Self::from_sqlx(error),
            other => Self::from_text(other),
        }
    }
}

impl Outline {
    /// The text of what quotes no values.
    pub(crate) fn from_text(error: &dyn std::error::Error) -> Self {
        Self(error.to_string())
    }

    pub(crate) fn from_sqlx(error: &sqlx::Error) -> Self {
        Self(match error {
            sqlx::Error::Database(error) => message_of(error.as_ref()),
            sqlx::Error::PoolTimedOut => {
                "no connection in time: the server is busy, refuses or is not there".into()
            }
            other => other.to_string(),
        })
    }
}

/// The classes whose messages name things and quote no values: connections, features, transactions,
/// sessions, roles, databases, rights, resources, limits, states of objects, interventions, the
/// system, and our own guards.
const NAMING: [&str; 15] =
    ["08", "0A", "25", "26", "28", "3D", "3F", "40", "53", "54", "55", "57", "58", "RB", "XX"];
/// Among those about the statement itself: no right, and no such column, function, object or table.
const MISSING: [&str; 5] = ["42501", "42703", "42883", "42704", "42P01"];

fn message_of(error: &dyn DatabaseError) -> String {
    let code = error.code().unwrap_or_default();
    let postgres = error.try_downcast_ref::<PgDatabaseError>();
    // A function of the host, in a trigger on Feature 01 say, may put anything into what it raises,
    // under whatever code.
    let raised = postgres.and_then(PgDatabaseError::routine) == Some("exec_stmt_raise");
    let ours = code.starts_with(OURS);
    let naming = code.get(..2).is_some_and(|class| NAMING.contains(&class))
        || MISSING.contains(&code.as_ref());
    if !(ours || naming && !raised) {
        let places = [
            Some(format!("SQLSTATE {code}")),
            error.table().map(str::to_owned),
            error.constraint().map(str::to_owned),
        ];
        return places.into_iter().flatten().collect::<Vec<_>>().join(" ");
    }
    match postgres.and_then(PgDatabaseError::hint) {
        Some(hint) => format!("SQLSTATE {code}: {} ({hint})", error.message()),
        None => format!("SQLSTATE {code}: {}", error.message()),
    }
}
