//! Backups as customers name them.

use rebooking_core::link::LinkDigest;
use rebooking_core::service::{BackupChoice, NewBackup};
use rebooking_core::testing::Snapshot;
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::value::money::Money;

use super::Player;
use crate::pick::date_for;
use crate::world::to_pay;

/// A date that was named as a backup, and the total that the customer saw.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) link: LinkDigest,
    pub(crate) date: CourseDateId,
    pub(crate) total: Money,
}

impl Player {
    pub(super) async fn name_backups(
        &self,
        link: u8,
        dates: [Option<u8>; 2],
        right_address: bool,
        seen: &Snapshot,
    ) {
        let Some(link) = self.link(link) else { return };
        let token = seen.tokens.iter().find(|token| token.link().digest == link.digest());
        // Before the choice, too: then it is refused.
        let booking = token.map(|token| {
            RebookingToken::moved_booking(token).unwrap_or_else(|| token.booking().clone())
        });
        let mut backups = Vec::new();
        for which in dates.into_iter().flatten() {
            let id = date_for(&link, which, seen);
            let date = seen.dates.iter().find(|date| date.id() == id);
            let (Some(date), Some(booking)) = (date, &booking) else { continue };
            let total = to_pay(booking, date.unit_price.times(booking.participants.count()));
            self.named.lock().unwrap().push(Named { link: link.digest(), date: id, total });
            let expected_total = Some(total.decimal());
            backups.push(NewBackup { date: id, expected_total });
        }
        let choice = BackupChoice { email: self.address(&link, right_address, seen), backups };
        let result = self.world.rebookings.customer(&link).name_backups(&choice).await;
        if result.is_ok() && !right_address {
            self.violate("a wrong address was let in");
        }
        self.report(&result.map(|named| named.len()));
    }
}
