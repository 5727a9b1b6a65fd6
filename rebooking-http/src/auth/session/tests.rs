//! What only the key of a session opens.

use rebooking_core::testing::{CountingSecrets, samples};

use base64::engine::general_purpose::STANDARD;

use super::super::csrf::whose;
use super::*;

fn sessions(base: &str) -> Sessions {
    let key = SessionKey::new(vec![7; 32]).unwrap();
    Sessions::new(Some(key), &BaseUrl::parse(base).unwrap(), Arc::new(CountingSecrets::default()))
}

fn susi(sessions: &Sessions) -> Session {
    let principal = Principal::Support("Süsi = \"x\"; y".into());
    sessions.open(principal, samples::now()).unwrap()
}

/// What a browser sends back.
fn sent(cookie: &HeaderValue) -> HeaderMap {
    let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
    HeaderMap::from_iter([(COOKIE, format!("theme=dark; {pair}").parse().unwrap())])
}

#[test]
fn another_key_knows_no_cookie_and_no_form_of_this_one() {
    let ours = sessions("https://example.com");
    let others = Sessions::new(None, &BaseUrl::default(), Arc::new(CountingSecrets::default()));
    let session = susi(&ours);
    let text = ours.cookie(&session).unwrap().to_str().unwrap().replace("__Host-", "");
    assert_eq!(others.shown(&sent(&text.parse().unwrap()), samples::now()), None);
    let form = ours.form_token(&session.principal, Some(&session)).unwrap();
    assert!(ours.is_form_token(&form, &session.principal, Some(&session)));
    assert!(!others.is_form_token(&form, &session.principal, Some(&session)));
}

#[test]
fn a_form_is_good_for_its_own_session_only() {
    let sessions = sessions("https://example.com");
    let open = |principal| sessions.open(principal, samples::now()).unwrap();
    let one = open(Principal::Partner(PartnerId::new(5)));
    let form = sessions.form_token(&one.principal, Some(&one)).unwrap();
    let later = one.renewed(samples::now() + TimeDelta::minutes(30)).unwrap();
    assert!(
        sessions.is_form_token(&form, &later.principal, Some(&later)),
        "renewed it is the same"
    );
    for other in [open(Principal::Partner(PartnerId::new(5))), open(Principal::Support("5".into()))]
    {
        assert!(!sessions.is_form_token(&form, &other.principal, Some(&other)));
    }
    assert!(!sessions.is_form_token(&form, &one.principal, None));
    assert!(!sessions.is_form_token("", &one.principal, Some(&one)));
}

#[test]
fn what_is_signed_for_one_purpose_is_shown_for_no_other() {
    let sessions = sessions("https://example.com");
    let session = susi(&sessions);
    let text = whose(&session.principal, Some(&session));
    let key = sessions.key().unwrap();
    let mac = key.signing(b"session v2", &text).unwrap().finalize().into_bytes();
    let foreign = URL_SAFE_NO_PAD.encode(mac);
    assert!(!sessions.is_form_token(&foreign, &session.principal, Some(&session)));
    let text = session.text();
    let mac = key.signing(b"form v1", &text).unwrap().finalize().into_bytes();
    let signed = |mac: &[u8]| Cookie::new("x", format!("{}{text}", STANDARD.encode(mac)));
    assert_eq!(sessions.read(signed(&mac)), None);
    let jar_key = sessions.signing_key().unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(jar_key.signing()).unwrap();
    mac.update(text.as_bytes());
    assert_eq!(
        sessions.read(signed(&mac.finalize().into_bytes())),
        Some(session.clone()),
        "as ours"
    );
    let own = sessions.form_token(&session.principal, Some(&session)).unwrap();
    assert!(sessions.is_form_token(&own, &session.principal, Some(&session)), "its own is");
}
