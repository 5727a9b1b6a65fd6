//! Which link, request and address a step is about.

use rebooking_core::link::LinkSecret;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::testing::Snapshot;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::PartnerId;

use super::Player;
use crate::pick::pick;

impl Player {
    pub(super) fn link(&self, which: u8) -> Option<LinkSecret> {
        let links = self.world.links();
        // Mostly the newest ones, which may still work.
        let from_the_end = usize::from(which) % links.len().clamp(1, 5);
        links.len().checked_sub(1 + from_the_end).and_then(|place| links.into_iter().nth(place))
    }

    pub(super) fn request(
        &self,
        which: u8,
        seen: &Snapshot,
    ) -> Option<(ConfirmationKey, PartnerId)> {
        let mut open: Vec<_> =
            seen.confirmations.iter().filter(|confirmation| confirmation.state.is_live()).collect();
        if which > 230 || open.is_empty() {
            open = seen.confirmations.iter().collect();
        }
        let confirmation = pick(&open, which)?;
        let asked = match &confirmation.answer {
            Some(answer) if which.is_multiple_of(2) => ConfirmationKey::Link(answer.digest.clone()),
            Some(_) | None => ConfirmationKey::Id(confirmation.id),
        };
        Some((asked, confirmation.booking.partner.id))
    }

    pub(super) fn address(&self, link: &LinkSecret, right: bool, seen: &Snapshot) -> EmailAddress {
        let token = seen.tokens.iter().find(|token| token.link().digest == link.digest());
        match token {
            Some(token) if right && !token.booking().customer.email.is_forgotten() => {
                token.booking().customer.email.clone()
            }
            Some(_) | None => EmailAddress::parse("fremd@example.net").unwrap(),
        }
    }
}
