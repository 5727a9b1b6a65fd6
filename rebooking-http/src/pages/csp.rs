//! The content security policy of pages.

use http::HeaderValue;

use crate::edge::headers::NOTHING;
use crate::edge::origin::WebOrigin;

/// What a page may do: show its own styles and pictures, send its own forms, and be framed by those
/// who embed it.
/// Nobody frames it unless `embedders` are named.
pub(super) fn page(embedders: &[WebOrigin]) -> HeaderValue {
    policy("'self'", embedders)
}

/// What a page may do that is only looked at: the same, and send nothing, whichever templates it
/// was made with.
pub(super) fn preview(embedders: &[WebOrigin]) -> HeaderValue {
    policy("'none'", embedders)
}

fn policy(forms: &str, embedders: &[WebOrigin]) -> HeaderValue {
    let framed = if embedders.is_empty() {
        "'none'".to_owned()
    } else {
        embedders.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action {forms}; \
         base-uri 'none'; \
         frame-ancestors {framed}"
    );
    // An origin has only characters that a header may have.
    HeaderValue::try_from(policy).unwrap_or(HeaderValue::from_static(NOTHING))
}
