//! The cookie as a browser keeps it, and the token of a form.

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
fn a_cookie_is_known_again_until_an_hour_after_its_issue_and_where_a_clock_is_a_minute_behind() {
    let sessions = sessions("https://example.com");
    let session = susi(&sessions);
    let headers = sent(&sessions.cookie(&session).unwrap());
    let now = samples::now();
    for (later, known) in [(0, true), (3599, true), (3600, false), (-60, true), (-61, false)] {
        let shown = sessions.shown(&headers, now + TimeDelta::seconds(later));
        assert_eq!(shown.is_some(), known, "{later} s later");
    }
    assert_eq!(sessions.shown(&headers, now), Some(session));
}

#[test]
fn it_is_renewed_while_in_use_but_ends_after_twelve_hours() {
    let sessions = sessions("https://example.com");
    let mut session = susi(&sessions);
    assert_eq!(session.renewed(samples::now() + TimeDelta::minutes(4)), None);
    let end = samples::now() + IN_ALL;
    let mut now = samples::now();
    while now + TimeDelta::minutes(50) < end {
        now += TimeDelta::minutes(50);
        session = session.renewed(now).unwrap();
        assert!(sessions.shown(&sent(&sessions.cookie(&session).unwrap()), now).is_some(), "{now}");
    }
    assert!(session.ends_at() <= end);
    assert!(sessions.shown(&sent(&sessions.cookie(&session).unwrap()), end).is_none());
}

#[test]
fn no_character_of_a_cookie_can_be_changed() {
    let sessions = sessions("https://example.com");
    let cookie = sessions.cookie(&susi(&sessions)).unwrap();
    let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
    for place in sessions.name.len() + 1..pair.len() {
        let mut bytes = pair.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_bytes(&bytes).unwrap())]);
        assert_eq!(sessions.shown(&headers, samples::now()), None, "place {place}");
    }
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
fn a_browser_keeps_it_from_scripts_and_other_sites_and_over_tls_only_where_there_is_tls() {
    for (base, name, path, secure) in [
        ("https://example.com", "__Host-rebooking_session", "/", true),
        ("https://example.com/portal", "__Secure-rebooking_session", "/portal", true),
        ("http://127.0.0.1:8080", "rebooking_session", "/", false),
    ] {
        let sessions = sessions(base);
        let cookie = sessions.cookie(&susi(&sessions)).unwrap();
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with(&format!("{name}=")), "{cookie}");
        let secure = if secure { "; Secure" } else { "" };
        let rest = format!("; HttpOnly; SameSite=Strict{secure}; Path={path}; Max-Age=3600");
        assert!(cookie.ends_with(&rest), "{cookie}");
        let none = sessions.no_cookie().unwrap();
        assert!(none.to_str().unwrap().ends_with("; Max-Age=0"));
    }
}

#[test]
fn a_key_that_could_be_guessed_is_refused_and_none_is_printed() {
    assert_eq!(SessionKey::new(vec![1; 31]).err(), Some(WeakSessionKey));
    assert_eq!(format!("{:?}", SessionKey::new(vec![1; 32]).unwrap()), "SessionKey(…)");
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
