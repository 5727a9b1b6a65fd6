//! What is read from outside, spoilt at random: a reader may refuse it and must not panic.
//!
//! Each target begins with samples that are well-formed and spoils copies of them, a little or
//! much. As a test it does so a few thousand times, always in the same way.
//! `REBOOKING_FUZZ_SECONDS` lets it go on for so long, from a new beginning that it tells.

use std::env;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// How many inputs a target gets in a test.
const INPUTS: u32 = 3_000;

/// What parsers are fond of getting wrong.
const WORDS: [&[u8]; 34] = [
    b"null",
    b"true",
    b"false",
    b"{}",
    b"[]",
    b"\"",
    b"\\",
    b"\\u0000",
    b"\\ud800",
    b"-1",
    b"0",
    b"-0",
    b"1e999",
    b"1.5",
    b"0.1",
    b"9223372036854775808",
    b"-9223372036854775809",
    b"99999999999999999999999999",
    b"NaN",
    b"%00",
    b"%",
    b"%zz",
    b"%C3%28",
    b"+",
    b"&",
    b"=",
    b",,",
    b"\r\n",
    b"\xff\xfe",
    b"\xc3\xbc",
    b"u\xcc\x88",
    b"\xe2\x80\xae",
    b"<script>",
    b"{{ 7 * 7 }}",
];

/// Spoils copies of `samples` and gives each to `target`.
///
/// # Panics
/// When `target` does, after it has told which input that was for.
pub fn fuzz(samples: &[&[u8]], mut target: impl FnMut(&[u8])) {
    let mut rounds = Rounds::from_environment();
    while let Some(chance) = rounds.next() {
        let input = spoilt(samples, chance);
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| target(&input))) {
            eprintln!("fuzz: round {} of {rounds:?}: {:?}", rounds.done, input.escape_ascii());
            resume_unwind(panic);
        }
    }
}

/// The inputs themselves, for a target that waits for something.
pub fn spoilt_samples(samples: &[&[u8]]) -> impl Iterator<Item = Vec<u8>> {
    let mut rounds = Rounds::from_environment();
    std::iter::from_fn(move || rounds.next().map(|chance| spoilt(samples, chance)))
}

/// How often or how long.
#[derive(Debug)]
struct Rounds {
    seed: u64,
    until: Option<Instant>,
    done: u32,
}

impl Rounds {
    #[expect(clippy::disallowed_methods, reason = "how long a search goes on decides nothing")]
    fn from_environment() -> Self {
        let seconds = env::var("REBOOKING_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
        let Some(seconds) = seconds else { return Self { seed: 1, until: None, done: 0 } };
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let until = Some(Instant::now() + Duration::from_secs(seconds));
        Self { seed: now.as_secs(), until, done: 0 }
    }

    #[expect(clippy::disallowed_methods, reason = "how long a search goes on decides nothing")]
    fn next(&mut self) -> Option<Chance> {
        let is_over = match self.until {
            Some(until) => Instant::now() >= until,
            None => self.done >= INPUTS,
        };
        if is_over {
            return None;
        }
        self.done = self.done.saturating_add(1);
        Some(Chance(self.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ u64::from(self.done)))
    }
}

/// Numbers without an order that anybody sees (SplitMix64, Steele et al. 2014); the same again for
/// the same beginning.
struct Chance(u64);

impl Chance {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Less than `limit`, or 0.
    fn below(&mut self, limit: usize) -> usize {
        let limit = u64::try_from(limit).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.draw() % limit).unwrap_or_default()
    }

    fn byte(&mut self) -> u8 {
        self.draw().to_le_bytes()[0]
    }

    fn one_of<'a>(&mut self, all: &[&'a [u8]]) -> &'a [u8] {
        all.get(self.below(all.len())).copied().unwrap_or_default()
    }

    /// A part of something, mostly a short one.
    fn part(&mut self, of: &[u8]) -> std::ops::Range<usize> {
        let from = self.below(of.len().saturating_add(1));
        let most = of.len() - from;
        let most = if self.below(4) > 0 { most.min(8) } else { most };
        from..from + self.below(most.saturating_add(1))
    }
}

fn spoilt(samples: &[&[u8]], mut chance: Chance) -> Vec<u8> {
    let mut input = chance.one_of(samples).to_vec();
    for _ in 0..=chance.below(6) {
        spoil(&mut input, samples, &mut chance);
        input.truncate(1 << 16);
    }
    input
}

/// One change.
fn spoil(input: &mut Vec<u8>, samples: &[&[u8]], chance: &mut Chance) {
    let part = chance.part(input);
    let with = match chance.below(7) {
        0 => vec![chance.byte()],
        1 | 2 => chance.one_of(&WORDS).to_vec(),
        3 => Vec::new(),
        4 => input.get(part.clone()).unwrap_or_default().repeat(1 + chance.below(300)),
        5 => {
            let other = chance.one_of(samples);
            other.get(chance.part(other)).unwrap_or_default().to_vec()
        }
        _ => {
            let mut bytes = input.get(part.clone()).unwrap_or_default().to_vec();
            let place = chance.below(bytes.len());
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << chance.below(8);
            }
            bytes
        }
    };
    input.splice(part, with);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_careless_reader_trips_over_is_found_and_told() {
        let careless = |input: &[u8]| {
            let text = std::str::from_utf8(input).unwrap_or("1");
            assert!(text.parse::<i64>().is_err() || !text.starts_with('-'), "below zero");
        };
        let found = catch_unwind(|| fuzz(&[b"12", b"7"], careless));
        assert!(found.is_err());
    }

    #[test]
    fn the_same_inputs_come_each_time() {
        let all = || spoilt_samples(&[b"{\"a\": 1}", b"[2]"]).collect::<Vec<_>>();
        assert_eq!(all(), all());
        assert_eq!(all().len(), INPUTS as usize);
    }
}
