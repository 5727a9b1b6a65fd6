//! When an effect is tried again.

use chrono::TimeDelta;

use super::act::Acted;
use crate::effect::Claimed;
use crate::policy::Delivery;
use crate::ports::PortError;
use crate::service::Rebookings;

impl Rebookings {
    /// How long to wait before the next try: full jitter under a doubling bound, and no less than
    /// the grace time where the outside may still be at it.
    pub(super) fn pause(
        &self,
        claimed: &Claimed,
        acted: &Result<Acted, PortError>,
        closed_for: TimeDelta,
    ) -> Result<TimeDelta, PortError> {
        let delivery = self.policy().delivery;
        match acted {
            Err(PortError::Unavailable(_) | PortError::Unauthorized(_)) => Ok(closed_for),
            Ok(_) | Err(PortError::Permanent(_) | PortError::InvalidRecipient(_)) => {
                Ok(TimeDelta::zero())
            }
            Err(PortError::Transient(_)) => {
                Ok(backoff(delivery, claimed.effect.attempts, self.0.ports.secrets.bytes()?))
            }
            Err(PortError::Unknown(_)) => {
                Ok(backoff(delivery, claimed.effect.attempts, self.0.ports.secrets.bytes()?)
                    .max(delivery.grace))
            }
        }
    }
}

/// A random part of `base · 2ⁿ`, at most the cap.
fn backoff(delivery: Delivery, attempts: u32, random: [u8; 16]) -> TimeDelta {
    let doubled = 1_i32.checked_shl(attempts.saturating_sub(1).min(30)).unwrap_or(i32::MAX);
    let bound = delivery
        .backoff_base
        .checked_mul(doubled)
        .unwrap_or(delivery.backoff_cap)
        .min(delivery.backoff_cap);
    let bound = bound.num_milliseconds().max(1).unsigned_abs();
    let share = u128::from_le_bytes(random) % u128::from(bound + 1);
    TimeDelta::milliseconds(i64::try_from(share).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_backoff_doubles_up_to_its_cap_with_full_jitter() {
        let delivery = Delivery::default();
        assert_eq!(backoff(delivery, 1, [0; 16]), TimeDelta::zero());
        for (attempts, bound) in [
            (1, 2_000),
            (2, 4_000),
            (3, 8_000),
            (9, 512_000),
            (10, 900_000),
            (20, 900_000),
            (1_000, 900_000),
        ] {
            let longest = u128::from(u64::try_from(bound).unwrap()).to_le_bytes();
            assert_eq!(
                backoff(delivery, attempts, longest),
                TimeDelta::milliseconds(bound),
                "{attempts}"
            );
        }
    }
}
