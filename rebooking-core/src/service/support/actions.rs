//! What support may do with a case, by how its newest link stands.

use chrono::{DateTime, Utc};

use crate::token::{RebookingToken, TokenState};
use crate::value::words::words;

words! {
    /// Something that support may do with a case.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    #[non_exhaustive]
    pub enum SupportAction, "action of support" {
        /// Mail the link once more.
        Resend = "resend",
        /// Choose a date for the customer.
        Choose = "choose",
        /// Let the link work longer.
        Extend = "extend",
        /// Mail a new link in place of this one.
        Reissue = "reissue",
        /// Note that what the customer asked for is dealt with.
        Settle = "settle",
        /// Cancel the link or the rebooking.
        Cancel = "cancel",
        /// Wipe the personal data, after cancelling what is open.
        Forget = "forget",
    }
}

/// What support may do with a case whose newest link is this one, the most likely first. A case
/// that is over allows nothing but to be forgotten, and then nothing at all.
#[must_use]
pub fn allowed_actions(newest: &RebookingToken, now: DateTime<Utc>) -> &'static [SupportAction] {
    use SupportAction::{Cancel, Choose, Extend, Forget, Reissue, Resend, Settle};
    match newest.state() {
        _ if newest.milestones().forgotten_at.is_some() => &[],
        TokenState::Active if now < newest.expires_at() => {
            &[Resend, Choose, Settle, Extend, Reissue, Cancel, Forget]
        }
        TokenState::Active => &[Reissue, Extend, Choose, Settle, Cancel, Forget],
        TokenState::Used(rebooking) if rebooking.state.is_live() => &[Cancel, Forget],
        TokenState::Used(_) | TokenState::Cancelled { .. } => &[Forget],
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;
    use crate::audit::Actor;
    use crate::eligibility::RuleSet;
    use crate::error::StillOpen;
    use crate::link::{LinkNonce, LinkPurpose, StoredLink};
    use crate::policy::Policy;
    use crate::ports::AsOf;
    use crate::ports::store::{CaseState, TokenWithDates, Visits};
    use crate::rebooking::Transition;
    use crate::service::{SupportChoice, decisions, still_open};
    use crate::testing::samples;
    use crate::token::CancelReason;
    use crate::value::ids::ConfirmationId;
    use crate::value::text::FreeText;

    fn stored_link() -> StoredLink {
        samples::link_keys().stamp(LinkPurpose::Rebook, LinkNonce([1; 16])).unwrap()
    }

    /// Whether the decision on an action asks for a change.
    fn changes(action: SupportAction, token: &RebookingToken, now: DateTime<Utc>) -> bool {
        let (token, policy, actor) =
            (token.clone(), Policy::default(), Actor::Support("sam".into()));
        match action {
            SupportAction::Resend => {
                decisions::resend(token, &actor, now).is_ok_and(|done| done.change.is_some())
            }
            SupportAction::Choose => {
                let date = samples::course_date(77, now + TimeDelta::days(7), 10);
                let choice = SupportChoice { date: date.id(), reason: FreeText::line("phone", 99) };
                let value = TokenWithDates { token, dates: vec![date], visits: Visits::default() };
                let seen = AsOf { now, value };
                decisions::choose_for_support(seen, &choice, &actor, &policy, stored_link())
                    .is_ok_and(|done| done.change.is_some())
            }
            SupportAction::Extend => {
                decisions::extend(token, 7, &actor, now).is_ok_and(|done| done.change.is_some())
            }
            SupportAction::Reissue => {
                decisions::reissue(token, &actor, &policy, stored_link(), now)
                    .is_ok_and(|done| done.change.is_some())
            }
            SupportAction::Settle => {
                decisions::settle(token, &FreeText::line("phone", 99), &actor, now)
                    .is_ok_and(|done| done.change.is_some())
            }
            SupportAction::Cancel => {
                let (why, note) = (CancelReason::Support, FreeText::line("phone", 99));
                decisions::cancel(token, why, &actor, note, now)
                    .is_ok_and(|done| done.change.is_some())
            }
            SupportAction::Forget => {
                let case = token.id().case;
                let value = CaseState { confirmation: None, tokens: vec![token] };
                let open = still_open(&value, now).is_some_and(StillOpen::ends_with_the_case);
                let (seen, reason) = (AsOf { now, value }, FreeText::line("asked", 99));
                open || decisions::forget(seen, case, false, &reason, &actor)
                    .is_ok_and(|done| done.change.is_some())
            }
        }
    }

    #[test]
    fn what_is_allowed_is_what_the_decisions_carry_out() {
        let (now, policy) = (samples::now(), Policy::default());
        let active = samples::token(samples::booking(), now);
        let date = samples::course_date(1, now + TimeDelta::days(7), 10);
        let offer = active.eligibility(&policy, RuleSet::Strict, now).offer(&date).unwrap();
        let chosen = active.clone().choose(&offer, policy.orders, stored_link(), now).unwrap();
        let mut parts = chosen.into_parts();
        let TokenState::Used(rebooking) = &mut parts.state else { panic!("it was used") };
        rebooking.confirmation = Some(ConfirmationId::new(1));
        let used = RebookingToken::restore(parts);
        let off = used.clone().rebooking_cancelled(CancelReason::Support, now).unwrap();
        let Transition::To(off) = off else { panic!("{off:?}") };
        let cancelled = active.clone().cancel(CancelReason::Support, now).unwrap();
        let expiry = active.expires_at();
        for (token, at) in
            [(&active, now), (&active, expiry), (&used, now), (&off, now), (&cancelled, now)]
        {
            let allowed = allowed_actions(token, at);
            for action in SupportAction::ALL {
                let is_allowed = allowed.contains(&action);
                assert_eq!(is_allowed, changes(action, token, at), "{action}: {:?}", token.state());
            }
        }
        assert_eq!(allowed_actions(&active.forgotten(now), now), []);
    }
}
