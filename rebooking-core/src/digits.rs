//! Numbers, digit by digit. A page has dozens of times and amounts, and reading a format anew for
//! each costs most of them.

/// Writes a number with so many digits at least, with zeros before it.
pub(crate) fn push(out: &mut String, number: u64, at_least: usize) {
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(number);
    for _ in digits.len()..at_least {
        out.push('0');
    }
    out.push_str(digits);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_writes_what_the_standard_library_writes(number: u64, at_least in 0_usize..25) {
            for number in [number, number % 100, 0] {
                let mut out = String::new();
                super::push(&mut out, number, at_least);
                prop_assert_eq!(out, format!("{number:0at_least$}"));
            }
        }
    }
}
