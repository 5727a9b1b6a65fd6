//! Money in minor units of one currency, and its decimal text.

use std::cmp::Ordering;
use std::fmt;

use crate::digits;

/// An ISO 4217 currency: three letters and how many decimals it has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro.
    pub const EUR: Self = Self(*b"EUR");

    /// Reads three capital letters.
    ///
    /// # Errors
    /// [`MalformedMoney::Currency`] for anything else.
    pub fn parse(code: &str) -> Result<Self, MalformedMoney> {
        match code.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(MalformedMoney::Currency),
        }
    }

    /// The three letters.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many decimals an amount is written with (ISO 4217, list one).
    #[must_use]
    pub const fn decimals(self) -> u32 {
        match &self.0 {
            b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG"
            | b"RWF" | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
            b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
            _ => 2,
        }
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount in minor units (cents) of one currency; may be negative. Bounded so that a price times
/// a party never overflows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    minor: i64,
    currency: Currency,
}

impl Money {
    /// The largest amount of a single price, in minor units.
    pub const MAX: i64 = 1_000_000_000_000;

    /// The largest sum of a party, in minor units: the largest price for a thousand people.
    pub const MAX_SUM: i64 = 1_000 * Self::MAX;

    /// An amount in minor units.
    ///
    /// # Errors
    /// [`MalformedMoney::OutOfRange`] beyond [`Money::MAX`] in either direction.
    pub const fn new(minor: i64, currency: Currency) -> Result<Self, MalformedMoney> {
        if minor > Self::MAX || minor < -Self::MAX {
            return Err(MalformedMoney::OutOfRange);
        }
        Ok(Self { minor, currency })
    }

    /// Nothing, in a currency.
    #[must_use]
    pub const fn zero(currency: Currency) -> Self {
        Self { minor: 0, currency }
    }

    /// Reads a decimal number as JSON and databases write it: `89`, `89.00`, `89.0000`. Never goes
    /// through a float.
    ///
    /// # Errors
    /// [`MalformedMoney`] for anything but digits with one point, for more decimals than the
    /// currency has (zeros aside), and beyond [`Money::MAX`].
    pub fn parse_decimal(text: &str, currency: Currency) -> Result<Self, MalformedMoney> {
        let minor = minor_of(text, currency)?;
        Self::new(minor, currency)
    }

    /// Reads the sum of a party in the same way.
    ///
    /// # Errors
    /// As [`Money::parse_decimal`], but up to [`Money::MAX_SUM`].
    pub fn parse_sum(text: &str, currency: Currency) -> Result<Self, MalformedMoney> {
        let minor = minor_of(text, currency)?;
        if !(-Self::MAX_SUM..=Self::MAX_SUM).contains(&minor) {
            return Err(MalformedMoney::OutOfRange);
        }
        Ok(Self { minor, currency })
    }

    /// The amount in minor units.
    #[must_use]
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// Its currency.
    #[must_use]
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// This price for so many people.
    #[must_use]
    pub fn times(self, people: u32) -> Self {
        Self { minor: self.minor.saturating_mul(i64::from(people)), currency: self.currency }
    }

    /// What is left of this amount after taking `other` away; `None` when the currencies differ.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then(|| Self {
            minor: self.minor.saturating_sub(other.minor),
            currency: self.currency,
        })
    }

    /// Both amounts together; `None` when the currencies differ.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then(|| Self {
            minor: self.minor.saturating_add(other.minor),
            currency: self.currency,
        })
    }

    /// The amount without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { minor: self.minor.saturating_abs(), currency: self.currency }
    }

    /// The amount, or nothing where it is less than that.
    #[must_use]
    pub const fn or_nothing(self) -> Self {
        if self.minor < 0 { Self::zero(self.currency) } else { self }
    }

    /// Whether the amount is less than, equal to or greater than nothing.
    #[must_use]
    pub fn sign(self) -> Ordering {
        self.minor.cmp(&0)
    }

    /// The amount as a decimal number with the currency's decimals and a point: `89.00`, `-0.05`,
    /// `1500`.
    #[must_use]
    pub fn decimal(self) -> String {
        let (minor, decimals) = (self.minor.unsigned_abs(), self.currency.decimals());
        let unit = 10_u64.pow(decimals);
        let mut out = String::with_capacity("-1234567.89".len());
        if self.minor < 0 {
            out.push('-');
        }
        digits::push(&mut out, minor / unit, 1);
        if decimals > 0 {
            out.push('.');
            digits::push(&mut out, minor % unit, decimals as usize);
        }
        out
    }
}

/// The minor units of a decimal number; never through a float.
fn minor_of(text: &str, currency: Currency) -> Result<i64, MalformedMoney> {
    let (negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(fraction) {
        return Err(MalformedMoney::NotDecimal);
    }
    let decimals = currency.decimals() as usize;
    let significant = fraction.trim_end_matches('0');
    if significant.len() > decimals {
        return Err(MalformedMoney::TooManyDecimals { decimals });
    }
    let minor: i64 = format!("{whole}{significant:0<decimals$}")
        .parse()
        .map_err(|_| MalformedMoney::OutOfRange)?;
    Ok(if negative { -minor } else { minor })
}
/// Why something is not an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum MalformedMoney {
    /// Not three capital letters.
    #[error("a currency is three capital letters, like EUR")]
    Currency,
    /// Not digits with one point.
    #[error("an amount is a decimal number, like 89.00")]
    NotDecimal,
    /// Finer than the smallest coin.
    #[error("at most {decimals} decimals in this currency")]
    TooManyDecimals {
        /// How many the currency has.
        decimals: usize,
    },
    /// Larger than any price.
    #[error("larger than any price")]
    OutOfRange,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        Currency::parse(code).unwrap()
    }

    #[test]
    fn amounts_are_written_with_the_decimals_of_their_currency() {
        for (minor, code, text) in [
            (8900, "EUR", "89.00"),
            (-5, "EUR", "-0.05"),
            (1500, "JPY", "1500"),
            (12_345, "KWD", "12.345"),
            (7, "KWD", "0.007"),
        ] {
            let money = Money::new(minor, currency(code)).unwrap();
            assert_eq!(money.decimal(), text);
            assert_eq!(Money::parse_decimal(text, currency(code)), Ok(money));
        }
    }

    #[test]
    fn trailing_zeros_beyond_the_currency_are_no_decimals() {
        assert_eq!(Money::parse_decimal("89.0000", Currency::EUR).map(Money::minor), Ok(8900));
        assert_eq!(Money::parse_decimal("1500.00", currency("JPY")).map(Money::minor), Ok(1500));
        assert_eq!(Money::parse_decimal("89", Currency::EUR).map(Money::minor), Ok(8900));
        assert_eq!(Money::parse_decimal("89.5", Currency::EUR).map(Money::minor), Ok(8950));
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["", "-", "89,00", "1e3", " 89", "89.", ".5", "+1", "0x10", "٣"] {
            assert_eq!(
                Money::parse_decimal(text, Currency::EUR),
                Err(MalformedMoney::NotDecimal),
                "{text}"
            );
        }
        let finer = Money::parse_decimal("89.005", Currency::EUR);
        assert_eq!(finer, Err(MalformedMoney::TooManyDecimals { decimals: 2 }));
        assert_eq!(
            Money::parse_decimal("99999999999999999999", Currency::EUR),
            Err(MalformedMoney::OutOfRange)
        );
        assert_eq!(Currency::parse("eur"), Err(MalformedMoney::Currency));
    }

    #[test]
    fn amounts_of_two_currencies_do_not_mix() {
        assert_eq!(Money::zero(Currency::EUR).minus(Money::zero(currency("USD"))), None);
    }
}
