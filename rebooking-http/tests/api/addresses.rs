//! Origins and networks as hosts write them into their settings.

use rebooking_http::{Network, ParseNetworkError, ParseOriginError, WebOrigin};

fn origin(address: &str) -> WebOrigin {
    address.parse().unwrap()
}

#[test]
fn case_path_and_usual_port_make_no_difference_to_an_origin() {
    let same = origin("https://umbuchen.example.com");
    for address in ["https://UMBUCHEN.example.com:443/x?y", "HTTPS://umbuchen.example.com/"] {
        assert_eq!(origin(address), same, "{address}");
    }
    assert_eq!(same.to_string(), "https://umbuchen.example.com");
}

#[test]
fn scheme_host_and_port_do() {
    let one = origin("https://example.com");
    for other in [
        "http://example.com",
        "https://example.com:8443",
        "https://example.com.evil.test",
        "https://a.example.com",
    ] {
        assert_ne!(origin(other), one, "{other}");
    }
}

#[test]
fn what_is_no_web_address_has_no_origin() {
    for address in [
        "",
        "null",
        "example.com",
        "/x",
        "file:///x",
        "https://",
        "https://user@example.com",
        "data:x",
    ] {
        assert_eq!(address.parse::<WebOrigin>(), Err(ParseOriginError), "{address}");
    }
}

#[test]
fn a_network_is_an_address_or_a_range() {
    for text in ["127.0.0.1", " 10.0.0.0/8 ", "::1", "fd00::/8"] {
        assert!(text.parse::<Network>().is_ok(), "{text}");
    }
    for text in ["", "10.0.0.0/33", "example.com", "10.0.0.0-10.0.0.9"] {
        assert_eq!(text.parse::<Network>(), Err(ParseNetworkError), "{text}");
    }
}
