//! Settings that are spoilt in every way are told as faults or taken, and nothing panics.

use rebooking_core::testing::fuzz::spoilt_samples;

use super::*;

/// One setting a line; none names a file.
const SAMPLES: [&[u8]; 6] = [
    b"--listen=127.0.0.1:8080\n--base-url=https://umbuchen.example.com\n--header-timeout=10s",
    b"--database-url=postgres://app:secret@db1:5432,db2/shop?target_session_attrs=read-write",
    b"--validity=14d\n--step-limit=3\n--price-rule=settled\n--alternatives=40=41,42;50=51",
    b"--lease=2m\n--sweep-every=1m\n--schedule-interval=10m\n--purge-after=90d\n--at-once=4",
    b"--smtp-url=smtps://user:pass@mail.example.com:465\n--mail-from=Miomente <b@example.com>",
    b"--link-key=0001\n--partner-tokens=5=geheim\n--support-tokens=susi=geheim\n--color=#a3274b",
];

#[test]
fn spoilt_settings_are_told_or_taken() {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let command = Arguments::everywhere().mut_args(|argument| argument.env(None));
    // Each takes as long as a start.
    for input in spoilt_samples(&SAMPLES).step_by(10) {
        let input = String::from_utf8_lossy(&input).into_owned();
        let options = input.lines().filter(|line| line.starts_with("--") && !line.contains("file"));
        let all = ["server"].into_iter().chain(options);
        let Ok(matches) = command.clone().try_get_matches_from(all) else { continue };
        let arguments = <Arguments as clap::FromArgMatches>::from_arg_matches(&matches);
        if let Err(faults) = Config::read(&arguments.unwrap()) {
            assert!(faults.0.iter().all(|fault| !fault.contains("geheim")), "{:?}", faults.0);
        }
    }
}
