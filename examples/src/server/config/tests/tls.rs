//! The certificate and its key, and what is told where they cannot be shown.

use super::*;

/// A certificate that is valid until the end of a year, and its key, in files of their own.
fn pair(name: &str, year: i32) -> (TestFile, TestFile) {
    let mut asked = rcgen::CertificateParams::new(["localhost".to_owned()]).unwrap();
    asked.not_after = rcgen::date_time_ymd(year, 12, 31);
    let key = rcgen::KeyPair::generate().unwrap();
    let made = asked.self_signed(&key).unwrap();
    (
        TestFile::new(&format!("{name}-certificate.pem"), &made.pem()),
        TestFile::new(&format!("{name}-key.pem"), &key.serialize_pem()),
    )
}

#[test]
fn with_certificate_and_key_all_addresses_of_the_server_are_https() {
    let (certificate, key) = pair("good", 2040);
    let options = [certificate.option("tls-certificate-file"), key.option("tls-key-file")];
    let config = read(&[&options[0], &options[1]]).unwrap();
    let base = config.http.base_url("127.0.0.1:4711".parse().unwrap()).unwrap();
    assert_eq!(base.as_str(), "https://127.0.0.1:4711");
    let shown = config.http.connections.tls.unwrap();
    assert_eq!(shown.expires_at().to_rfc3339(), "2040-12-31T00:00:00+00:00");
    assert_eq!(
        faults(&[&options[0], &options[1], "--base-url=http://umbuchen.example.com"]),
        ["--base-url or REBOOKING_BASE_URL: https://…, as the server speaks nothing else"]
    );
}

#[test]
fn what_is_wrong_with_either_is_told_by_its_setting() {
    let (certificate, key) = pair("one", 2040);
    let (expired, its_key) = pair("expired", 2020);
    let (_, other_key) = pair("other", 2040);
    let nothing = TestFile::new("nothing.pem", "");
    let of_certificate = |file: &TestFile| file.option("tls-certificate-file");
    let of_key = |file: &TestFile| file.option("tls-key-file");
    let gone = "--tls-certificate-file=/nowhere/at-all.pem".to_owned();
    for (options, begin) in [
        (vec![of_certificate(&certificate)], "--tls-key-file or REBOOKING_TLS_KEY_FILE: needed"),
        (vec![of_key(&key)], "--tls-certificate-file or REBOOKING_TLS_CERTIFICATE_FILE: needed"),
        (
            vec![gone, of_key(&key)],
            "--tls-certificate-file or REBOOKING_TLS_CERTIFICATE_FILE: a file that can be read: ",
        ),
        (
            vec![of_certificate(&nothing), of_key(&key)],
            "--tls-certificate-file or REBOOKING_TLS_CERTIFICATE_FILE: no certificate in PEM",
        ),
        (
            vec![of_certificate(&certificate), of_key(&nothing)],
            "--tls-key-file or REBOOKING_TLS_KEY_FILE: no private key in PEM",
        ),
        (
            vec![of_certificate(&certificate), of_key(&other_key)],
            "--tls-key-file or REBOOKING_TLS_KEY_FILE: the key is not that of the certificate",
        ),
        (
            vec![of_certificate(&expired), of_key(&its_key)],
            "--tls-certificate-file or REBOOKING_TLS_CERTIFICATE_FILE: a certificate that is \
             valid: this one was until 2020-12-31",
        ),
    ] {
        let options: Vec<&str> = options.iter().map(String::as_str).collect();
        let told = faults(&options);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].starts_with(begin), "{begin}: {told:?}");
    }
}
