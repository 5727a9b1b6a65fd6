//! What is said above a page that is only looked at, where a host's own frame does not say it.

use minijinja::HtmlEscape;

use super::layout::Preview;

pub(super) struct PreviewNote {
    told: String,
    html: String,
}

impl PreviewNote {
    pub(super) fn new(Preview { language, told, back, back_text }: &Preview) -> Self {
        let told = HtmlEscape(told).to_string();
        let (back, back_text) = (HtmlEscape(back), HtmlEscape(back_text));
        let html = format!(
            "<div class=\"notice\" role=\"note\" lang=\"{}\">\n\
             <p>{told} <a href=\"{back}\">{back_text}</a></p>\n</div>\n",
            language.as_str()
        );
        Self { told, html }
    }

    /// The page with the note: at the beginning of its body, or before all of it where it names
    /// none.
    pub(super) fn above(&self, page: String) -> String {
        if page.contains(&self.told) {
            return page;
        }
        let body = page.split_once("<body").and_then(|(head, rest)| {
            rest.split_once('>').map(|(attributes, body)| (head, attributes, body))
        });
        match body {
            Some((head, attributes, body)) => {
                format!("{head}<body{attributes}>\n{}{body}", self.html)
            }
            None => format!("{}{page}", self.html),
        }
    }
}
