//! The demo's own pages, for who would rather click than paste. They look like those of the
//! service.

use minijinja::{Environment, UndefinedBehavior, context};
use rebooking_core::presentation::Brand;
use serde_json::Value as Json;

use super::Demo;

const TEMPLATES: [(&str, &str); 5] = [
    ("base.html", include_str!("pages/base.html")),
    ("controls.html", include_str!("pages/controls.html")),
    ("overview.html", include_str!("pages/overview.html")),
    ("mails.html", include_str!("pages/mails.html")),
    ("mail.html", include_str!("pages/mail.html")),
];

/// What all pages share.
struct Frame<'a> {
    brand: &'a Brand,
    style_sheet: &'a str,
    /// The path that the service is mounted under, without a slash at its end.
    root: &'a str,
    /// Whether all of it ends with the server.
    in_memory: bool,
    /// Whether mails go to the people that they are for.
    mails_leave: bool,
}

impl Demo {
    /// One page, filled with what the JSON of the same address says. What is filled in is escaped.
    pub(super) fn page(&self, template: &str, document: &Json) -> String {
        let brand = &self.0.renderer.settings().presentation.brand;
        let frame = Frame {
            brand,
            style_sheet: &self.0.style_sheet,
            root: self.0.base.path(),
            in_memory: self.0.in_memory,
            mails_leave: self.0.mails_leave,
        };
        fill(template, &frame, document).unwrap_or_else(|error| {
            tracing::error!(%error, "a page of the demo cannot be filled");
            "<!doctype html><title>500</title>".to_owned()
        })
    }
}

/// A mail in a frame leads out of the frame.
pub(super) fn leading_out(html: &str) -> String {
    html.replacen("<head>", "<head>\n<base target=\"_top\">", 1)
}

fn fill(template: &str, frame: &Frame<'_>, document: &Json) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    let &Frame { brand, style_sheet, root, in_memory, mails_leave } = frame;
    let (brand, page) = (brand.name.as_str(), plain(document));
    environment
        .get_template(template)?
        .render(context! { brand, style_sheet, root, in_memory, mails_leave, page })
}

/// Numbers as text: as they are kept with all their digits, templates would see how they are made.
fn plain(document: &Json) -> minijinja::Value {
    match document {
        Json::Null => minijinja::Value::from(()),
        Json::Bool(yes) => minijinja::Value::from(*yes),
        Json::Number(number) => minijinja::Value::from(number.to_string()),
        Json::String(text) => minijinja::Value::from(text.as_str()),
        Json::Array(all) => all.iter().map(plain).collect(),
        Json::Object(fields) => minijinja::Value::from_pairs(
            fields.iter().map(|(name, value)| (name.as_str(), plain(value))),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_stands_in_a_mail_stays_text() {
        let mail = json!({
            "number": 1, "sent": "2027-01-12 11:00", "to": "a@b.de", "name": "<b>Erika</b>",
            "subject": "\"><i>", "lines": ["reason: <u>"], "language": "de", "kind": "declined",
            "page": "http://127.0.0.1:8080/rebook/x", "calendar": true,
        });
        let brand = &Brand::default();
        let (style_sheet, root) = ("/style/x.css", "");
        let frame = Frame { brand, style_sheet, root, in_memory: true, mails_leave: false };
        for (template, document) in
            [("mails.html", json!({"mails": [mail.clone()]})), ("mail.html", json!({"mail": mail}))]
        {
            let page = fill(template, &frame, &document).unwrap();
            assert!(
                !page.contains("<b>Erika") && !page.contains("<i>") && !page.contains("<u>"),
                "{page}"
            );
            assert!(page.contains("href=\"http:"), "{page}");
        }
    }
}
