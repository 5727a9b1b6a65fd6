//! Why a call was refused, as each protocol names it.

/// Why a call was refused.
#[derive(Clone, Debug)]
pub(super) enum Raise {
    Unauthorized,
    Denied,
    NoDatabase,
    NotJson,
    NoModel,
    NoMethod,
    Access,
    Missing,
    Argument(String),
    Value(String),
    Invalid(String),
}

impl Raise {
    pub(super) const fn to_json2(&self) -> (u16, &'static str) {
        match self {
            Self::Unauthorized | Self::Denied => (401, "werkzeug.exceptions.Unauthorized"),
            Self::NotJson => (400, "werkzeug.exceptions.BadRequest"),
            Self::NoModel | Self::NoMethod | Self::NoDatabase => {
                (404, "werkzeug.exceptions.NotFound")
            }
            Self::Access => (403, "odoo.exceptions.AccessError"),
            Self::Missing => (404, "odoo.exceptions.MissingError"),
            Self::Argument(_) => (422, "werkzeug.exceptions.UnprocessableEntity"),
            Self::Value(_) => (500, "builtins.ValueError"),
            Self::Invalid(_) => (422, "odoo.exceptions.ValidationError"),
        }
    }

    pub(super) const fn to_json_rpc(&self) -> &'static str {
        match self {
            Self::Unauthorized | Self::Denied => "odoo.exceptions.AccessDenied",
            Self::NoDatabase => "psycopg2.OperationalError",
            Self::NotJson | Self::Argument(_) => "builtins.TypeError",
            Self::NoModel => "odoo.exceptions.UserError",
            Self::NoMethod => "builtins.AttributeError",
            Self::Access => "odoo.exceptions.AccessError",
            Self::Missing => "odoo.exceptions.MissingError",
            Self::Value(_) => "builtins.ValueError",
            Self::Invalid(_) => "odoo.exceptions.ValidationError",
        }
    }

    pub(super) fn message(&self) -> String {
        match self {
            Self::Argument(said) | Self::Value(said) | Self::Invalid(said) => said.clone(),
            Self::Unauthorized => "Invalid apikey".to_owned(),
            Self::Denied => "Access Denied".to_owned(),
            Self::NoDatabase => "database does not exist".to_owned(),
            Self::NotJson => "could not parse the body as json".to_owned(),
            Self::NoModel => "the model does not exist".to_owned(),
            Self::NoMethod => "The method does not exist".to_owned(),
            Self::Access => "You are not allowed to access this (Erika Mustermann)".to_owned(),
            Self::Missing => "Record does not exist or has been deleted.".to_owned(),
        }
    }
}
