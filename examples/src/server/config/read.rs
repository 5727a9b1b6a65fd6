//! Reads settings from text and remembers what was wrong with each.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use chrono::TimeDelta;
use rebooking_core::policy::{Alternatives, OrderStrategy, PolicyFault, PriceRule};
use rebooking_core::value::ids::CourseId;
use rebooking_http::{ForwardedBy, Network, Rate, WebOrigin};
use rebooking_smtp::Tls;

use super::LogFormat;
use crate::metrics::MetricsFor;

/// What was wrong so far.
#[derive(Default)]
pub(super) struct Reader {
    faults: Vec<String>,
}

/// What a setting can be.
pub(super) trait Setting: Sized {
    /// What would be right.
    const WANTED: &'static str;

    fn read(text: &str) -> Option<Self>;
}

impl Reader {
    pub(super) fn faults(self) -> Vec<String> {
        self.faults
    }

    /// Notes what another one has noted.
    pub(super) fn append(&mut self, mut other: Self) {
        self.faults.append(&mut other.faults);
    }

    /// Whether there has been any fault.
    pub(super) fn any(&self) -> bool {
        !self.faults.is_empty()
    }

    /// Notes a fault of a setting by its option's name. What was given is not repeated: it may be a
    /// secret in the wrong place.
    pub(super) fn fault(&mut self, name: &str, wanted: &str) {
        let variable = name.replace('-', "_").to_uppercase();
        self.faults.push(format!("--{name} or REBOOKING_{variable}: {wanted}"));
    }

    /// The same for an option that is no variable.
    pub(super) fn plain_fault(&mut self, name: &str, wanted: &str) {
        self.faults.push(format!("--{name}: {wanted}"));
    }

    /// Notes a fault unless all is well.
    pub(super) fn demand(&mut self, sound: bool, name: &str, wanted: &str) {
        if !sound {
            self.fault(name, wanted);
        }
    }

    /// Notes what the core found, by the names that its settings have here.
    pub(super) fn policy(&mut self, faults: &[PolicyFault]) {
        for PolicyFault { setting, wanted, .. } in faults {
            let wanted: Vec<_> = wanted
                .split(' ')
                .map(|word| {
                    if word.contains(['.', '_']) {
                        format!("--{}", option_of(word))
                    } else {
                        word.to_owned()
                    }
                })
                .collect();
            self.fault(&option_of(setting), &wanted.join(" "));
        }
    }

    pub(super) fn read<T: Setting>(&mut self, name: &str, text: &str) -> Option<T> {
        let read = T::read(text.trim());
        if read.is_none() {
            self.fault(name, T::WANTED);
        }
        read
    }

    /// Reads into its place, which keeps what it has when the text is wrong.
    pub(super) fn set<T: Setting>(&mut self, place: &mut T, name: &str, text: &str) {
        if let Some(read) = self.read(name, text) {
            *place = read;
        }
    }

    /// A secret from its variable or from its file, without the line's end.
    pub(super) fn secret(
        &mut self,
        name: &str,
        value: Option<&str>,
        file: Option<&Path>,
    ) -> Option<String> {
        let (name, secret) = match (value, file) {
            (Some(_), Some(_)) => {
                self.fault(name, "give the secret or its file, not both");
                return None;
            }
            (Some(value), None) => (name.to_owned(), value.to_owned()),
            (None, Some(file)) => {
                let name = format!("{name}-file");
                match std::fs::read_to_string(file) {
                    Ok(text) => (name, text),
                    Err(error) => {
                        self.fault(&name, &format!("a file that can be read: {error}"));
                        return None;
                    }
                }
            }
            (None, None) => return None,
        };
        let secret = secret.trim();
        self.demand(!secret.is_empty(), &name, "nothing is in it");
        Some(secret.to_owned()).filter(|secret| !secret.is_empty())
    }

    /// Pairs like `5=secret`, separated by commas or lines.
    pub(super) fn pairs(&mut self, name: &str, text: &str) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        for pair in text.split([',', '\n']).map(str::trim).filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some((who, secret)) if !who.trim().is_empty() && !secret.trim().is_empty() => {
                    pairs.push((who.trim().to_owned(), secret.trim().to_owned()));
                }
                Some(_) | None => self.fault(name, "name=secret, separated by commas or lines"),
            }
        }
        pairs
    }
}

/// The option of a setting of the core: `attempts.in_window` is `attempts-in-window`,
/// `delivery.lease` is `lease`.
fn option_of(setting: &str) -> String {
    match setting.strip_prefix("delivery.").unwrap_or(setting) {
        // The option keeps the name that hosts have written down.
        "unauthorized_pause" => "barred-pause".to_owned(),
        same => same.replace(['.', '_'], "-"),
    }
}

impl Setting for Duration {
    const WANTED: &'static str = "a time like 30d, 24h, 15m, 60s or 500ms";

    fn read(text: &str) -> Option<Self> {
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, unit) = text.split_at_checked(digits)?;
        let milliseconds: u64 = match unit {
            "ms" => 1,
            "s" => 1_000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return None,
        };
        number.parse::<u64>().ok()?.checked_mul(milliseconds).map(Self::from_millis)
    }
}

impl Setting for TimeDelta {
    const WANTED: &'static str = Duration::WANTED;

    fn read(text: &str) -> Option<Self> {
        Self::from_std(Duration::read(text)?).ok()
    }
}

impl Setting for Option<Rate> {
    const WANTED: &'static str = "two numbers from 1 on, like 240,240, or off";

    fn read(text: &str) -> Option<Self> {
        if text == "off" {
            return Some(None);
        }
        let (at_once, per_minute) = text.split_once(',')?;
        let number = |text: &str| text.trim().parse().ok().filter(|number| *number > 0);
        Some(Some(Rate::new(number(at_once)?, number(per_minute)?)))
    }
}

impl Setting for Option<usize> {
    const WANTED: &'static str = "a number from 1 on, or off";

    fn read(text: &str) -> Option<Self> {
        let number = || text.parse().ok().filter(|number| *number > 0);
        if text == "off" { Some(None) } else { number().map(Some) }
    }
}

impl Setting for Option<Duration> {
    const WANTED: &'static str = "a time like 30d, 24h, 15m, 60s or 500ms, or off";

    fn read(text: &str) -> Option<Self> {
        if text == "off" { Some(None) } else { Duration::read(text).map(Some) }
    }
}

impl Setting for Vec<Network> {
    const WANTED: &'static str = "addresses or networks like 10.0.0.0/8, separated by commas";

    fn read(text: &str) -> Option<Self> {
        let named = text.split(',').map(str::trim).filter(|network| !network.is_empty());
        named.map(|network| network.parse().ok()).collect()
    }
}

impl Setting for Vec<WebOrigin> {
    const WANTED: &'static str = "addresses like https://www.example.com, separated by commas";

    fn read(text: &str) -> Option<Self> {
        let named = text.split(',').map(str::trim).filter(|site| !site.is_empty());
        named.map(|site| site.parse().ok()).collect()
    }
}

impl Setting for Alternatives {
    const WANTED: &'static str =
        "course=course+course, separated by commas, each course by its number";

    fn read(text: &str) -> Option<Self> {
        let course = |number: &str| number.trim().parse().ok().map(CourseId::new);
        let rules = text.split(',').map(str::trim).filter(|rule| !rule.is_empty());
        let rules = rules.map(|rule| {
            let (of, others) = rule.split_once('=')?;
            Some((course(of)?, others.split('+').map(course).collect::<Option<_>>()?))
        });
        rules.collect()
    }
}

/// Settings that the standard library can read.
macro_rules! parsed {
    ($($kind:ty: $wanted:literal;)*) => {$(
        impl Setting for $kind {
            const WANTED: &'static str = $wanted;

            fn read(text: &str) -> Option<Self> {
                text.parse().ok()
            }
        }
    )*};
}

parsed! {
    u16: "a number from 0 to 65535";
    u32: "a whole number";
    usize: "a whole number";
    bool: "true or false";
    SocketAddr: "an address and a port, like 127.0.0.1:8080";
}

/// Settings that are one of a few words.
macro_rules! words {
    ($($kind:ty: $wanted:literal { $($word:literal => $value:expr),* })*) => {$(
        impl Setting for $kind {
            const WANTED: &'static str = $wanted;

            fn read(text: &str) -> Option<Self> {
                match text {
                    $($word => Some($value),)*
                    _ => None,
                }
            }
        }
    )*};
}

words! {
    PriceRule: "equal-only, absorb or settle" {
        "equal-only" => Self::EqualOnly, "absorb" => Self::Absorb, "settle" => Self::Settle
    }
    OrderStrategy: "keep-order or linked-order" {
        "keep-order" => Self::KeepOrder, "linked-order" => Self::LinkedOrder
    }
    Tls: "starttls, implicit or none" {
        "starttls" => Self::StartTls, "implicit" => Self::Implicit, "none" => Self::None
    }
    ForwardedBy: "x-forwarded-for or forwarded" {
        "x-forwarded-for" => Self::XForwardedFor, "forwarded" => Self::Forwarded
    }
    MetricsFor: "off, support or open" {
        "off" => Self::Nobody, "support" => Self::Support, "open" => Self::Everybody
    }
    LogFormat: "text or json" { "text" => Self::Text, "json" => Self::Json }
}
