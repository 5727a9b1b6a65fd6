//! Signatures of OAuth 1.0a with HMAC-SHA256 (RFC 5849, section 3.4; the method is HMAC-SHA1's with
//! the other hash, which is the only one that Magento takes).
//!
//! The one kept crate for OAuth 1.0, oauth1-request, signs with SHA-1 and RSA only.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use secrecy::ExposeSecret as _;
use sha2::Sha256;
use url::Url;

use crate::settings::OAuthCredentials;

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Percent-encodes as RFC 5849, section 3.6, does.
pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// When and with which number used once a request is made.
pub(crate) struct Stamp {
    /// Never used before.
    pub(crate) nonce: String,
    /// Seconds since 1970.
    pub(crate) timestamp: i64,
}

/// The value of the header `Authorization`. The query's pairs are decoded; a JSON body is not
/// signed.
pub(crate) fn authorization(
    credentials: &OAuthCredentials,
    method: &str,
    url: &Url,
    query: &[(String, String)],
    stamp: &Stamp,
) -> String {
    let own = [
        ("oauth_consumer_key", credentials.consumer_key.expose_secret().to_owned()),
        ("oauth_nonce", stamp.nonce.clone()),
        ("oauth_signature_method", "HMAC-SHA256".to_owned()),
        ("oauth_timestamp", stamp.timestamp.to_string()),
        ("oauth_token", credentials.access_token.expose_secret().to_owned()),
        ("oauth_version", "1.0".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value));
    let signed: Vec<_> = own.iter().chain(query).cloned().collect();
    let signature = sign(
        credentials.consumer_secret.expose_secret(),
        credentials.access_token_secret.expose_secret(),
        &base_string(method, url, &signed),
    );
    let parts = own.iter().chain(std::iter::once(&signature));
    let parts: Vec<String> =
        parts.map(|(name, value)| format!("{name}=\"{}\"", encode(value))).collect();
    format!("OAuth {}", parts.join(", "))
}

/// The text that is signed (RFC 5849, section 3.4.1.1).
pub(crate) fn base_string(method: &str, url: &Url, parameters: &[(String, String)]) -> String {
    let address = format!("{}{}", url.origin().ascii_serialization(), url.path());
    let mut pairs: Vec<(String, String)> =
        parameters.iter().map(|(name, value)| (encode(name), encode(value))).collect();
    pairs.sort();
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{}&{}&{}", method.to_uppercase(), encode(&address), encode(&pairs.join("&")))
}

fn sign(consumer_secret: &str, token_secret: &str, base: &str) -> (String, String) {
    let key = format!("{}&{}", encode(consumer_secret), encode(token_secret));
    // HMAC takes a key of any length, so this is always one; without a signature all is refused.
    let signature = Hmac::<Sha256>::new_from_slice(key.as_bytes()).map(|mut mac| {
        mac.update(base.as_bytes());
        STANDARD.encode(mac.finalize().into_bytes())
    });
    ("oauth_signature".to_owned(), signature.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use secrecy::SecretString;

    use super::*;

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn the_base_string_is_that_of_the_standards_example() {
        // RFC 5849, section 3.4.1.1, with the parameters of 3.4.1.3.1.
        let parameters = pairs(&[
            ("b5", "=%3D"),
            ("a3", "a"),
            ("c@", ""),
            ("a2", "r b"),
            ("oauth_consumer_key", "9djdj82h48djs9d2"),
            ("oauth_token", "kkk9d7dh3k39sjv7"),
            ("oauth_signature_method", "HMAC-SHA1"),
            ("oauth_timestamp", "137131201"),
            ("oauth_nonce", "7d8f3e4a"),
            ("c2", ""),
            ("a3", "2 q"),
        ]);
        let url = Url::parse("http://EXAMPLE.COM:80/request?b5=%3D%253D&a3=a&c%40=&a2=r%20b");
        assert_eq!(
            base_string("post", &url.unwrap(), &parameters),
            "POST&http%3A%2F%2Fexample.com%2Frequest&a2%3Dr%2520b%26a3%3D2%2520q%26a3%3Da%26b5%3D\
             %253D%25253D%26c%2540%3D%26c2%3D%26oauth_consumer_key%3D9djdj82h48djs9d2%26oauth_nonce\
             %3D7d8f3e4a%26oauth_signature_method%3DHMAC-SHA1%26oauth_timestamp%3D137131201%26\
             oauth_token%3Dkkk9d7dh3k39sjv7"
        );
    }

    /// As RFC 4231 publishes them for HMAC-SHA256 (cases 2 and 6), through a key without `&`'s
    /// help: the construction of the key is tested below.
    #[test]
    fn the_mac_is_that_of_the_published_vectors() {
        for (key, data, hex) in [
            (
                b"Jefe".to_vec(),
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                vec![0xaa; 131],
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
        ] {
            let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
            mac.update(data.as_bytes());
            let bytes = mac.finalize().into_bytes();
            let found: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(found, hex);
        }
    }

    fn credentials() -> OAuthCredentials {
        let secret = |text: &str| SecretString::from(text);
        OAuthCredentials {
            consumer_key: secret("dpf43f3p2l4k3l03"),
            consumer_secret: secret("kd94hf93k423kf44"),
            access_token: secret("nnch734d00sl2jdk"),
            access_token_secret: secret("pfkkdhi9sl3r7s00"),
        }
    }

    /// The photos example of OAuth Core 1.0 (appendix A.5) with SHA-256 in place of SHA-1, and a
    /// search of Magento. Computed by Python, independently of this code:
    ///
    /// ```python
    /// import base64, hashlib, hmac
    /// from urllib.parse import quote
    /// q = lambda s: quote(s, safe="-._~")
    /// def sign(method, url, params, cs, ts):
    ///     norm = "&".join(f"{k}={v}" for k, v in sorted((q(k), q(v)) for k, v in params))
    ///     base = "&".join([method, q(url), q(norm)])
    ///     mac = hmac.new(f"{q(cs)}&{q(ts)}".encode(), base.encode(), hashlib.sha256)
    ///     return base64.b64encode(mac.digest()).decode()
    /// ```
    #[test]
    fn signatures_are_those_that_another_program_computes() {
        let photos = pairs(&[("file", "vacation.jpg"), ("size", "original")]);
        let search = pairs(&[
            ("searchCriteria[filter_groups][0][filters][0][field]", "increment_id"),
            ("searchCriteria[filter_groups][0][filters][0][value]", "Ü 1+2/3~%"),
            ("fields", "items[entity_id,increment_id],total_count"),
        ]);
        for (url, query, signature) in [
            (
                "http://photos.example.net/photos",
                photos,
                "I0CGWT8igSF4PjwLqVGPzGGpGLfbMVlUM62yRimyBOk=",
            ),
            (
                "http://127.0.0.1:8085/rest/default/V1/orders",
                search,
                "zvFmBAOSFTT8hHjUbZ5sv0PM/i93pNFqY4PWBHZ7VCc=",
            ),
        ] {
            let stamp = Stamp { nonce: "kllo9940pd9333jh".to_owned(), timestamp: 1_191_242_096 };
            let header =
                authorization(&credentials(), "GET", &Url::parse(url).unwrap(), &query, &stamp);
            assert_eq!(
                header,
                format!(
                    "OAuth oauth_consumer_key=\"dpf43f3p2l4k3l03\", \
                     oauth_nonce=\"kllo9940pd9333jh\", oauth_signature_method=\"HMAC-SHA256\", \
                     oauth_timestamp=\"1191242096\", oauth_token=\"nnch734d00sl2jdk\", \
                     oauth_version=\"1.0\", oauth_signature=\"{}\"",
                    encode(signature)
                )
            );
        }
    }

    #[test]
    fn secrets_with_reserved_characters_are_encoded_in_the_key() {
        let (_, signature) = sign("a&b", "c d", "GET&http%3A%2F%2Fexample.com%2F&");
        assert_eq!(signature, "D0ywgQpzYAbyGvsBcUv7Xp76Oag0+68UXELHyVH//TI=");
    }
}
