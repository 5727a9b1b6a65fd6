//! What goes wrong with a call, sorted by what the worker does next. Of all that Odoo says only the
//! name of its exception is kept: its messages and tracebacks quote records.

use std::fmt;

use rebooking_core::ports::PortError;

use crate::call::{Call, CallKind};

/// Settings with which no call could ever be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnusableSettings {
    /// The API key has characters that no HTTP header can carry.
    #[error("the API key is empty or has characters that no key has")]
    Key,
    /// The name of the database has characters that no HTTP header can carry.
    #[error("the name of the database is empty or has characters that no database has")]
    Database,
}

/// A call that did not give what it was made for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{name}: {fault}")]
pub(crate) struct CallError {
    name: String,
    kind: CallKind,
    about_a_record: bool,
    fault: Fault,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Fault {
    /// Nothing was sent, as too much was under way or the time for all calls was over.
    #[error("not sent in time")]
    NotSent,
    /// Nothing was sent, as no request can be made of it.
    #[error("no request can be made of it")]
    Unsendable,
    #[error("no connection")]
    NoConnection,
    #[error("no answer in time")]
    TimedOut,
    #[error("the connection broke")]
    Broken,
    #[error("the answer is too long")]
    TooLong,
    #[error("the answer is no JSON")]
    NotJson,
    /// JSON of another shape than the contract has.
    #[error("an unexpected answer")]
    Unexpected,
    /// A status without an exception of Odoo in the body.
    #[error("status {0}")]
    Status(u16),
    #[error("{0}")]
    Exception(Exception),
    /// JSON-RPC says `false` to login and key.
    #[error("login or key was refused")]
    SignIn,
    /// `load` wrote nothing: the column at fault, where Odoo names one of ours.
    #[error("the ticket was not taken ({})", .0.unwrap_or("no field is named"))]
    NotLoaded(Option<&'static str>),
    /// People have deleted it this very moment.
    #[error("the ticket is gone")]
    Gone,
    /// The external id is there, but this user sees no ticket behind it.
    #[error("the ticket is hidden from this user")]
    Hidden,
}

/// An exception of the server by the name of its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exception(String);

/// What an exception means to a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExceptionKind {
    /// Who we are was not believed.
    Denied,
    /// We are known and may not.
    NoRight,
    /// The record is gone.
    Missing,
    /// There is no such model or method.
    NoSuchCall,
    /// A `ValueError`: an argument that Odoo cannot use, an external id that it does not know.
    Value,
    /// A rule of the business or of the protocol refuses what was sent.
    Refused,
    /// The database behind Odoo.
    Database,
    /// Anything else.
    Other,
}

impl Exception {
    /// Keeps a name only if it looks like one.
    pub(crate) fn named(name: &str) -> Self {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_');
        let is_name = !name.is_empty() && name.len() <= 80 && name.chars().all(plain);
        Self(if is_name { name.to_owned() } else { "an exception".to_owned() })
    }

    pub(crate) fn kind(&self) -> ExceptionKind {
        match self.0.as_str() {
            "odoo.exceptions.AccessDenied" | "werkzeug.exceptions.Unauthorized" => {
                ExceptionKind::Denied
            }
            "odoo.exceptions.AccessError" | "werkzeug.exceptions.Forbidden" => {
                ExceptionKind::NoRight
            }
            "odoo.exceptions.MissingError" => ExceptionKind::Missing,
            "werkzeug.exceptions.NotFound" | "builtins.AttributeError" => ExceptionKind::NoSuchCall,
            "builtins.ValueError" => ExceptionKind::Value,
            "odoo.exceptions.UserError"
            | "odoo.exceptions.ValidationError"
            | "werkzeug.exceptions.BadRequest"
            | "werkzeug.exceptions.UnprocessableEntity" => ExceptionKind::Refused,
            name if name.starts_with("psycopg2.") => ExceptionKind::Database,
            _ => ExceptionKind::Other,
        }
    }
}

impl fmt::Display for Exception {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl CallError {
    pub(crate) fn new(call: &Call, fault: Fault) -> Self {
        Self {
            name: format!("{}/{}", call.model, call.method),
            kind: call.kind,
            about_a_record: call.is_about_a_ticket(),
            fault,
        }
    }

    /// What kind of exception Odoo raised, if it raised one.
    pub(crate) fn exception(&self) -> Option<ExceptionKind> {
        match &self.fault {
            Fault::Exception(exception) => Some(exception.kind()),
            _ => None,
        }
    }
}

impl From<CallError> for PortError {
    /// See the table on the crate's front page.
    fn from(error: CallError) -> Self {
        let sort = match &error.fault {
            Fault::NotSent | Fault::NotLoaded(_) | Fault::Gone => Self::Transient,
            Fault::Unsendable | Fault::Hidden => Self::Permanent,
            Fault::NoConnection => Self::Unavailable,
            Fault::SignIn => Self::Unauthorized,
            Fault::TimedOut | Fault::Broken | Fault::NotJson => {
                error.unless_written(Self::Unavailable)
            }
            Fault::TooLong | Fault::Unexpected => error.unless_written(Self::Transient),
            Fault::Status(status) => error.by_status(*status),
            Fault::Exception(exception) => error.by_exception(exception.kind()),
        };
        sort(Box::new(error))
    }
}

type Sort = fn(rebooking_core::ports::Source) -> PortError;

impl CallError {
    /// After a call that only reads, nothing has happened.
    const fn unless_written(&self, sort: Sort) -> Sort {
        match self.kind {
            CallKind::Read => sort,
            CallKind::Write => PortError::Unknown,
        }
    }

    const fn by_status(&self, status: u16) -> Sort {
        match status {
            // The address, the database or the key in the settings, whatever we ask.
            300..=399 | 401 | 403 | 404 => PortError::Unauthorized,
            429 => PortError::Unavailable,
            502..=504 => self.unless_written(PortError::Unavailable),
            408 | 500.. | ..=299 => self.unless_written(PortError::Transient),
            400..=499 => PortError::Permanent,
        }
    }

    /// Odoo undoes what a call did that raises. Only where the exception is one that nobody has
    /// foreseen, we had rather look.
    const fn by_exception(&self, kind: ExceptionKind) -> Sort {
        match kind {
            ExceptionKind::NoRight if self.about_a_record => PortError::Permanent,
            ExceptionKind::Denied | ExceptionKind::NoRight | ExceptionKind::NoSuchCall => {
                PortError::Unauthorized
            }
            ExceptionKind::Missing => PortError::Transient,
            ExceptionKind::Value | ExceptionKind::Refused => PortError::Permanent,
            ExceptionKind::Database => self.unless_written(PortError::Unavailable),
            ExceptionKind::Other => self.unless_written(PortError::Transient),
        }
    }
}

/// What the settings say, and Odoo has not.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum SetupError {
    #[error("there is no helpdesk in this Odoo, or this user may not see it")]
    NoHelpdesk,
    #[error("the helpdesk of this Odoo is {found}, not {expected} as the settings say")]
    Flavour { expected: &'static str, found: &'static str },
    #[error("tickets have no field `{0}` in this Odoo")]
    NoField(&'static str),
    #[error("{setting} `{reference}` is not in this Odoo, or this user may not see it")]
    NotFound { setting: &'static str, reference: String },
    #[error("{setting} `{reference}` is the name of several: give its number or external id")]
    Ambiguous { setting: &'static str, reference: String },
}

impl From<SetupError> for PortError {
    /// It concerns every ticket, and people must mend the settings: nothing is lost meanwhile.
    fn from(error: SetupError) -> Self {
        Self::Unauthorized(Box::new(error))
    }
}
