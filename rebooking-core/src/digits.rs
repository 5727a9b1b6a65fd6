//! Numbers, digit by digit. A page has dozens of times and amounts, and reading a format anew for each costs most of them.

/// Writes a number with so many digits at least, with zeros before it.
pub(crate) fn push(out: &mut String, number: u64, at_least: u32) {
    let needed = number.checked_ilog10().unwrap_or(0) + 1;
    for place in (0..needed.max(at_least)).rev() {
        let digit = 10_u64.checked_pow(place).map_or(0, |unit| number / unit % 10);
        out.push(char::from(b'0' + u8::try_from(digit).unwrap_or(0)));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_writes_what_the_standard_library_writes(number: u64, at_least in 0_u32..25) {
            for number in [number, number % 100, 0] {
                let mut out = String::new();
                super::push(&mut out, number, at_least);
                let width = at_least as usize;
                prop_assert_eq!(out, format!("{number:0width$}"));
            }
        }
    }
}
