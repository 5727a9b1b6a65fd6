//! Amounts and quantities from the text of the number, never through a float.

use rebooking_core::value::money::{Currency, Money};
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A decimal number with four places, as the shop's database keeps it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decimal(i128);

const UNIT: i128 = 10_000;
/// No amount and no quantity is beyond this.
const MAX: i128 = 1_000_000_000_000 * UNIT;

impl Decimal {
    pub(crate) const ZERO: Self = Self(0);

    pub(crate) fn from_count(count: u32) -> Self {
        Self(i128::from(count) * UNIT)
    }

    pub(crate) fn from_money(money: Money) -> Self {
        let scale = 10_i128.pow(money.currency().decimals());
        Self(i128::from(money.minor()) * UNIT / scale)
    }

    /// Reads a number as JSON writes it; places after the fourth are rounded away, as PHP writes
    /// sums such as `33.330000000000005`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (negative, number) =
            number.strip_prefix('-').map_or((false, number), |rest| (true, rest));
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || whole.len() > 18 || fraction.len() > 40 {
            return None;
        }
        // How many digits stand before the point, once the exponent is applied.
        let point = i32::try_from(whole.len()).ok()?.checked_add(exponent)?;
        let all: String = [whole, fraction].concat();
        let size = scaled(&all, point)?;
        (size <= MAX).then_some(Self(if negative { -size } else { size }))
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.0 == 0
    }

    pub(crate) const fn abs(self) -> Self {
        Self(self.0.abs())
    }

    pub(crate) const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    pub(crate) const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// Rounded half away from nothing.
    pub(crate) const fn times(self, other: Self) -> Self {
        Self(rounded(self.0.saturating_mul(other.0), UNIT))
    }

    /// `None` through nothing.
    pub(crate) const fn over(self, other: Self) -> Option<Self> {
        if other.0 == 0 { None } else { Some(Self(rounded(self.0.saturating_mul(UNIT), other.0))) }
    }

    /// The number of people or pieces, when it is a whole one.
    pub(crate) fn whole(self) -> Option<u32> {
        if self.0 % UNIT == 0 { u32::try_from(self.0 / UNIT).ok() } else { None }
    }

    /// Whole pieces that fit in; none for less than nothing.
    pub(crate) fn floor(self) -> u32 {
        u32::try_from(self.0.max(0) / UNIT).unwrap_or(u32::MAX)
    }

    /// In the smallest coin, rounded half away from nothing.
    pub(crate) fn money(self, currency: Currency) -> Option<Money> {
        let scale = 10_i128.pow(currency.decimals());
        let minor = rounded(self.0.checked_mul(scale)?, UNIT);
        Money::new(i64::try_from(minor).ok()?, currency).ok()
    }

    /// In the smallest coin, never more than is there.
    pub(crate) fn money_at_most(self, currency: Currency) -> Option<Money> {
        let scale = 10_i128.pow(currency.decimals());
        let minor = self.0.checked_mul(scale)?.div_euclid(UNIT);
        Money::new(i64::try_from(minor).ok()?, currency).ok()
    }
}

/// The first digits as a number of ten-thousandths, `point` of them before the point.
fn scaled(digits: &str, point: i32) -> Option<i128> {
    let places = point.checked_add(4)?;
    if places < 0 {
        return Some(0);
    }
    let places = usize::try_from(places).ok()?;
    let (kept, rest) = digits.split_at_checked(places).unwrap_or((digits, ""));
    let zeros = places.checked_sub(kept.len())?;
    if zeros > 30 {
        let nothing = digits.bytes().all(|digit| digit == b'0');
        return if nothing { Some(0) } else { None };
    }
    let number: i128 = format!("0{kept}{}", "0".repeat(zeros)).parse().ok()?;
    let up = rest.bytes().next().is_some_and(|digit| digit >= b'5');
    Some(number + i128::from(up))
}

const fn rounded(number: i128, by: i128) -> i128 {
    let half = by.abs() / 2;
    let away = if (number < 0) == (by < 0) { half } else { -half };
    let away = if by < 0 { -away } else { away };
    number.saturating_add(away) / by
}

impl std::fmt::Display for Decimal {
    /// With a point and no zeros at its end, as JSON takes it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (size, sign) = (self.0.unsigned_abs(), if self.0 < 0 { "-" } else { "" });
        let (whole, rest) = (size / 10_000, size % 10_000);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let rest = format!("{rest:04}");
        write!(f, "{sign}{whole}.{}", rest.trim_end_matches('0'))
    }
}

impl Decimal {
    /// The same number in a body that is sent.
    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.to_string()).unwrap_or(Value::Null)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let read = match Value::deserialize(from)? {
            Value::Number(number) => Self::parse(&number.to_string()),
            Value::String(text) => Self::parse(text.trim()),
            Value::Null => Some(Self::ZERO),
            _ => None,
        };
        read.ok_or_else(|| D::Error::custom("an amount is a decimal number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_read_from_their_text() {
        for (text, read) in [
            ("89", "89"),
            ("89.0000", "89"),
            ("-17.5", "-17.5"),
            ("0.0001", "0.0001"),
            ("33.330000000000005", "33.33"),
            ("0.00005", "0.0001"),
            ("1.0e-5", "0"),
            ("1.5E2", "150"),
            ("0e99", "0"),
        ] {
            assert_eq!(decimal(text).to_string(), read, "{text}");
        }
        for text in ["", "-", "1,5", "0x1", "1.", ".5", "1e", "NaN", "1e40", "9999999999999"] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_amount_is_no_float_on_its_way() {
        let read: Decimal = serde_json::from_str("4503599627.3704").unwrap();
        assert_eq!(read.to_string(), "4503599627.3704");
        assert_eq!(read.json().to_string(), "4503599627.3704");
    }

    #[test]
    fn money_is_rounded_to_its_coin_or_down() {
        let euros = |text| decimal(text).money(Currency::EUR).unwrap().minor();
        assert_eq!(euros("74.7899"), 7479);
        assert_eq!(euros("74.785"), 7479);
        assert_eq!(euros("-74.785"), -7479);
        assert_eq!(decimal("74.789").money_at_most(Currency::EUR).unwrap().minor(), 7478);
        let yen = Currency::parse("JPY").unwrap();
        assert_eq!(decimal("1500.5").money(yen).unwrap().minor(), 1501);
    }

    #[test]
    fn sums_products_and_quotients_round_half_away_from_nothing() {
        assert_eq!(decimal("83.3333").times(decimal("3")).to_string(), "249.9999");
        assert_eq!(decimal("250").over(decimal("3")).unwrap().to_string(), "83.3333");
        assert_eq!(decimal("-1").over(decimal("3")).unwrap().to_string(), "-0.3333");
        assert_eq!(decimal("-2").over(decimal("3")).unwrap().to_string(), "-0.6667");
        assert_eq!(decimal("1").over(Decimal::ZERO), None);
        assert_eq!(decimal("267").minus(decimal("17")).plus(decimal("1")), decimal("251"));
    }

    #[test]
    fn only_whole_parties_are_parties() {
        assert_eq!(decimal("3.0000").whole(), Some(3));
        assert_eq!(decimal("2.5").whole(), None);
        assert_eq!(decimal("-1").whole(), None);
        assert_eq!((decimal("7.9").floor(), decimal("-2").floor()), (7, 0));
    }
}
