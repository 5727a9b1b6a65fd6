//! Mail addresses as `mailto:` URLs (RFC 6068).

use crate::value::customer::EmailAddress;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What stands for itself; everything else could end the address, or begin a header.
const PLAIN: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'~').remove(b'+');

/// `mailto:support@example.com`.
#[must_use]
pub fn mailto_url(address: &EmailAddress) -> String {
    format!("mailto:{}", utf8_percent_encode(address.expose(), PLAIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_in_a_link_is_encoded() {
        for (address, link) in [
            ("support+shop@example.com", "mailto:support+shop@example.com"),
            ("a?bcc=b%@example.com", "mailto:a%3Fbcc%3Db%25@example.com"),
            ("hilfe@b\u{fc}cher.example", "mailto:hilfe@b%C3%BCcher.example"),
        ] {
            assert_eq!(mailto_url(&EmailAddress::parse(address).unwrap()), link);
        }
    }
}
