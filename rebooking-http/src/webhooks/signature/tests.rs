//! What a receiver believes, and what it does not.

use http::HeaderValue;

use super::*;

/// The bytes 0 to 31.
const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const OTHER: &str = "whsec_/////////////////////////////////////////w==";
const ID_OF_ONE: &str = "7001-1-event-order-made";
const BODY: &[u8] = br#"{"type":"order.made"}"#;
const SENT_AT: i64 = 1_800_000_000;

fn secrets(texts: &[&str]) -> Vec<WebhookSecret> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(SENT_AT, 0).unwrap()
}

fn headers(signature: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut set = |name, value: &str| headers.insert(name, HeaderValue::from_str(value).unwrap());
    set(ID, ID_OF_ONE);
    set(TIMESTAMP, &SENT_AT.to_string());
    set(SIGNATURE, signature);
    headers
}

fn signed(with: &[&str]) -> HeaderMap {
    headers(&sign_webhook(&secrets(with), ID_OF_ONE, SENT_AT, BODY))
}

fn verified(known: &[&str], headers: &HeaderMap) -> Result<String, WebhookRefused> {
    verify_webhook(&secrets(known), headers, BODY, now()).map(|sound| sound.id)
}

/// Made with another program, from the rules alone.
#[test]
fn the_signature_is_that_of_the_standard() {
    let signature = sign_webhook(&secrets(&[SECRET]), ID_OF_ONE, SENT_AT, BODY);
    assert_eq!(signature, "v1,K8SjYRoYCejCmb/RG5JNu+FPygyfMUV+lk8QTXObC7w=");
}

#[test]
fn any_secret_in_common_is_enough_so_that_they_can_be_changed() {
    assert_eq!(verified(&[SECRET], &signed(&[SECRET])), Ok(ID_OF_ONE.to_owned()));
    assert!(verified(&[SECRET], &signed(&[OTHER, SECRET])).is_ok());
    assert!(verified(&[OTHER, SECRET], &signed(&[SECRET])).is_ok());
    assert_eq!(verified(&[OTHER], &signed(&[SECRET])), Err(WebhookRefused::NotSigned));
    assert_eq!(verified(&[], &signed(&[SECRET])), Err(WebhookRefused::NotSigned));
}

#[test]
fn what_was_changed_on_the_way_is_not_believed() {
    let known = secrets(&[SECRET]);
    let headers = signed(&[SECRET]);
    let refused = Err(WebhookRefused::NotSigned);
    assert_eq!(verify_webhook(&known, &headers, br#"{"type":"order.refused"}"#, now()), refused);
    for (name, value) in [(ID, "7001-1-event-order-refused"), (TIMESTAMP, "1800000001")] {
        let mut changed = headers.clone();
        changed.insert(name, HeaderValue::from_static(value));
        assert_eq!(verify_webhook(&known, &changed, BODY, now()), refused, "{name}");
    }
}

#[test]
fn a_part_of_a_signature_is_none() {
    let whole = "v1,K8SjYRoYCejCmb/RG5JNu+FPygyfMUV+lk8QTXObC7w=";
    for signature in ["", "v1", "v1,", "v1,K8Sj", "v2,K8Sj", &whole.replace("v1,", "v1a,"), "§"] {
        let refused = verified(&[SECRET], &headers_of(signature));
        assert_eq!(refused, Err(WebhookRefused::NotSigned), "{signature}");
    }
    assert!(verified(&[SECRET], &headers(&format!("v1, v1a,K8Sj {whole}"))).is_ok());
}

/// Also of bytes that are no text.
fn headers_of(signature: &str) -> HeaderMap {
    let mut headers = headers("");
    if signature.is_ascii() {
        headers.insert(SIGNATURE, HeaderValue::from_str(signature).unwrap());
    }
    headers
}

#[test]
fn what_is_sent_again_much_later_is_not_believed() {
    let (known, headers) = (secrets(&[SECRET]), signed(&[SECRET]));
    for (seconds, is_believed) in [(-301, false), (-300, true), (300, true), (301, false)] {
        let believed = verify_webhook(&known, &headers, BODY, now() + TimeDelta::seconds(seconds));
        assert_eq!(believed.is_ok(), is_believed, "{seconds}");
    }
}

#[test]
fn a_request_that_lacks_a_header_is_no_webhook() {
    for name in [ID, TIMESTAMP, SIGNATURE] {
        let mut headers = signed(&[SECRET]);
        headers.remove(name);
        assert_eq!(verified(&[SECRET], &headers), Err(WebhookRefused::Incomplete), "{name}");
    }
    for time in ["", "now", "99999999999999999999", "-9223372036854775808"] {
        let mut headers = signed(&[SECRET]);
        headers.insert(TIMESTAMP, HeaderValue::from_static(time));
        assert_eq!(verified(&[SECRET], &headers), Err(WebhookRefused::Incomplete), "{time}");
    }
}
