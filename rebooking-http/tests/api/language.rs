//! Which language answers are in: German, unless English is asked for.

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
async fn english_is_spoken_where_it_is_wanted_more_than_german() {
    for value in ["en", "en-US,en;q=0.9", "fr, en;q=0.5, de;q=0.1", "EN-GB", "de;q=0.2, en;q=0.3"] {
        assert_eq!(answered(Some(value)).await, "en", "{value}");
    }
}

#[tokio::test]
async fn everybody_else_reads_german() {
    for value in
        ["de", "de-AT, en;q=0.9", "fr", "*", "en;q=0", "en;q=NaN", "en;q=2", "", ";;,", "de, en"]
    {
        assert_eq!(answered(Some(value)).await, "de", "{value}");
    }
    assert_eq!(answered(None).await, "de");
}
