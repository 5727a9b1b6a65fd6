//! Which language answers are in: German, unless another one is asked for.

use http::Request;
use http::header::{ACCEPT_LANGUAGE, CONTENT_LANGUAGE};

use crate::api::Api;

async fn answered(accepted: Option<&str>) -> String {
    let mut request = Request::get("/healthz");
    if let Some(accepted) = accepted {
        request = request.header(ACCEPT_LANGUAGE, accepted);
    }
    let answer = Api::new().call(request.body(String::new()).unwrap()).await.ok();
    answer.header(CONTENT_LANGUAGE).to_owned()
}

#[tokio::test]
async fn the_language_that_is_wanted_most_is_answered_in() {
    for value in ["en", "en-US,en;q=0.9", "it, en;q=0.5, de;q=0.1", "EN-GB", "de;q=0.2, en;q=0.3"] {
        assert_eq!(answered(Some(value)).await, "en", "{value}");
    }
    for value in ["fr", "fr-CH, fr;q=0.9, en;q=0.8", "en;q=0.5, fr_FR", "it, fr;q=0.3"] {
        assert_eq!(answered(Some(value)).await, "fr", "{value}");
    }
}

#[tokio::test]
async fn everybody_else_reads_german() {
    for value in
        ["de", "de-AT, en;q=0.9", "it", "*", "en;q=0", "en;q=NaN", "en;q=2", "", ";;,", "de, en"]
    {
        assert_eq!(answered(Some(value)).await, "de", "{value}");
    }
    assert_eq!(answered(None).await, "de");
}
