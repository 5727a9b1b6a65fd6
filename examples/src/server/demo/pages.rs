//! The demo's own pages, for who would rather click than paste.

use minijinja::{Environment, UndefinedBehavior};
use serde_json::Value as Json;

const TEMPLATES: [(&str, &str); 3] = [
    ("base.html", include_str!("pages/base.html")),
    ("overview.html", include_str!("pages/overview.html")),
    ("mails.html", include_str!("pages/mails.html")),
];

/// One page, filled with what the JSON of the same address says. What is filled in is escaped.
pub(super) fn fill(template: &str, document: &Json) -> String {
    try_fill(template, document).unwrap_or_else(|error| {
        tracing::error!(%error, "a page of the demo cannot be filled");
        "<!doctype html><title>500</title>".to_owned()
    })
}

fn try_fill(template: &str, document: &Json) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    environment.get_template(template)?.render(plain(document))
}

/// Numbers as text: as they are kept with all their digits, templates would see how they are made.
fn plain(document: &Json) -> minijinja::Value {
    match document {
        Json::Null => minijinja::Value::from(()),
        Json::Bool(yes) => minijinja::Value::from(*yes),
        Json::Number(number) => minijinja::Value::from(number.to_string()),
        Json::String(text) => minijinja::Value::from(text.as_str()),
        Json::Array(all) => all.iter().map(plain).collect(),
        Json::Object(fields) => {
            minijinja::Value::from_pairs(fields.iter().map(|(name, value)| (name.as_str(), plain(value))))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_in_a_mail_stays_text() {
        let mail = json!({"to": "a@b.de", "name": "<b>Erika</b>", "subject": "\"><i>", "facts": ["reason: <u>"],
            "page": "http://127.0.0.1:8080/rebook/x", "language": "de", "kind": "declined"});
        let page = try_fill("mails.html", &json!({"mails": [mail]})).unwrap();
        assert!(!page.contains("<b>Erika") && !page.contains("<i>") && !page.contains("<u>"), "{page}");
        assert!(page.contains("href=\"http:"), "{page}");
    }
}
