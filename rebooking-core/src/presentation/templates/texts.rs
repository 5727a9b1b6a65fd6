//! The texts of a language, for its templates.

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};

use super::super::catalogue::Argument;
use super::super::locales::Locales;
use crate::value::customer::Language;

/// Gives the templates of an environment the function `t`: `t("page-skip")` is the text of a key in
/// this language, `t("page-to-home", brand=…)` one that is filled with what goes by a name.
///
/// With two texts it picks one, for what a host writes into its own templates: the first one is
/// German, and the second one English and of every other language.
pub fn add_to(environment: &mut Environment<'_>, language: Language) {
    let t = move |key: Value, other: Option<Value>, named: Kwargs| match other {
        None => text(language, &key, &named),
        Some(_) if is_german(language) => Ok(key),
        Some(other) => Ok(other),
    };
    environment.add_function("t", t);
}

fn is_german(language: Language) -> bool {
    language.fallbacks().any(|language| language == Language::GERMAN)
}

fn text(language: Language, key: &Value, named: &Kwargs) -> Result<Value, Error> {
    let key = key.as_str().unwrap_or_default();
    let mut arguments = Vec::new();
    for name in named.args() {
        arguments.push((name, argument(name, &named.get::<Value>(name)?)?));
    }
    let text = Locales::of_process().try_text(language, key, &arguments);
    text.map(Value::from)
        .map_err(|fault| Error::new(ErrorKind::InvalidOperation, format!("t(\"{key}\"): {fault}")))
}

fn argument(name: &str, value: &Value) -> Result<Argument<'static>, Error> {
    match value.kind() {
        ValueKind::Bool => Ok(value.is_true().into()),
        ValueKind::Number => u64::try_from(value.clone()).map(Argument::from),
        ValueKind::String => Ok(value.to_string().into()),
        _ => {
            let what = format!("{name} is neither a text nor a number nor true or false");
            Err(Error::new(ErrorKind::InvalidOperation, what))
        }
    }
}
