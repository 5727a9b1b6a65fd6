//! The token's state machine, event by event, and its expiry to the instant.

use chrono::TimeDelta;

use super::*;
use crate::audit::Actor;
use crate::ports::AsOf;
use crate::ports::store::CaseState;
use crate::service::{ManualLink, decisions};
use crate::testing::samples;
use crate::value::booking::{Partner, Venue};
use crate::value::ids::PartnerId;

const INSTANT: TimeDelta = TimeDelta::nanoseconds(1);

fn active_token() -> RebookingToken {
    let seen = AsOf { now: samples::now(), value: CaseState::default() };
    let request = ManualLink {
        item: samples::booking().item,
        reason: FreeText::line("asked", 99),
        again: true,
    };
    let (shop, policy, sam) =
        (Some(samples::booking()), Policy::default(), Actor::Support("sam".into()));
    let decision = decisions::manual_link(seen, shop, &request, &sam, &policy, stamp()).unwrap();
    match decision.change.unwrap().tokens.pop() {
        Some(crate::change::TokenWrite::Issue(token)) => *token,
        other => panic!("{other:?}"),
    }
}

fn stamp() -> StoredLink {
    samples::link_keys()
        .stamp(crate::link::LinkPurpose::Rebook, crate::link::LinkNonce([1; 16]))
        .unwrap()
}

/// The choice of date 77 by the customer.
fn chosen(token: RebookingToken, now: DateTime<Utc>) -> Result<RebookingToken, LinkUnusable> {
    chosen_under(RuleSet::Strict, token, now)
}

fn chosen_under(
    rules: RuleSet,
    token: RebookingToken,
    now: DateTime<Utc>,
) -> Result<RebookingToken, LinkUnusable> {
    let date = samples::course_date(77, now + TimeDelta::days(7), 10);
    let policy = Policy::default();
    let offer = token.eligibility(&policy, rules, now).offer(&date).unwrap();
    token.choose(&offer, policy.orders, stamp(), now)
}

/// Another partner may give the same course, at a venue of their own: the customer must go there,
/// and that partner is the one who is asked.
#[test]
fn the_moved_booking_has_the_course_and_the_partner_of_its_new_date() {
    let (token, now, policy) = (active_token(), samples::now(), Policy::default());
    let mut date = samples::course_date(77, now + TimeDelta::days(7), 10);
    date.course = date.course.at(Venue::new("Kochschule Süd", "Uferweg 1, 50668 Köln"));
    date.partner = Some(Partner { id: PartnerId::new(8), ..samples::partner() });
    let offer = token.eligibility(&policy, RuleSet::Strict, now).offer(&date).unwrap();
    let used = token.choose(&offer, policy.orders, stamp(), now).unwrap();
    let moved = used.moved_booking().unwrap();
    assert_ne!(moved.course, used.booking().course);
    assert_eq!((moved.course, Some(moved.partner)), (date.course, date.partner));
    assert_eq!(moved.slot, date.slot);
}

#[test]
fn a_token_can_be_used_until_one_instant_before_its_expiry() {
    let token = active_token();
    let expiry = token.expires_at();
    assert_eq!(expiry, samples::now() + TimeDelta::days(30));
    assert_eq!(token.usable(expiry - INSTANT), Ok(()));
    assert_eq!(token.usable(expiry), Err(LinkUnusable::Expired { since: expiry }));
    assert_eq!(token.usable(expiry + INSTANT), Err(LinkUnusable::Expired { since: expiry }));
}

#[test]
fn every_link_is_used_before_its_expiry_also_where_support_chooses_later() {
    let expiry = active_token().expires_at();
    for now in [samples::now(), expiry - INSTANT, expiry, expiry + TimeDelta::days(9)] {
        let used = chosen_under(RuleSet::Support, active_token(), now).unwrap();
        assert!(now < used.expires_at() && expiry <= used.expires_at(), "{now}");
    }
}

#[test]
fn every_pair_of_state_and_event_has_its_outcome() {
    let (now, why) = (samples::now(), CancelReason::Support);
    let expired_at = now + TimeDelta::days(30);
    let used = chosen(active_token(), now).unwrap();
    let cancelled = active_token().cancel(why, now).unwrap();
    let was_used = Err(LinkUnusable::Used { at: now });
    let was_cancelled = Err(LinkUnusable::Cancelled { at: now, why });
    let has_expired = Err(LinkUnusable::Expired { since: expired_at });
    // For each state: what becomes of use, of cancelling, and of extending.
    let table = [
        ("active", active_token(), now, [Ok(()), Ok(()), Ok(())]),
        ("expired", active_token(), expired_at, [has_expired, Ok(()), Ok(())]),
        ("used", used, now, [was_used; 3]),
        ("cancelled", cancelled, now, [was_cancelled; 3]),
    ];
    for (state, token, now, outcomes) in table {
        let spent = chosen(token.clone(), now);
        let off = token.clone().cancel(CancelReason::Refunded, now);
        let longer = token.clone().extend(TimeDelta::days(1), now);
        let happened = [spent.as_ref(), off.as_ref(), longer.as_ref()]
            .map(|result| result.map(|_| ()).map_err(|spent| *spent));
        assert_eq!(happened, outcomes, "{state}");
        if let Ok(spent) = spent {
            assert!(matches!(spent.state(), TokenState::Used(_)), "{state}");
        }
        if let Ok(off) = off {
            assert_eq!(
                off.state(),
                &TokenState::Cancelled { at: now, why: CancelReason::Refunded },
                "{state}"
            );
        }
        if let Ok(longer) = longer {
            assert_eq!(longer.usable(now), Ok(()), "{state}");
            assert_eq!(longer.expires_at(), expired_at + TimeDelta::days(1), "{state}");
        }
    }
}

#[test]
fn the_order_key_fits_the_shops_that_cut_it() {
    assert!(active_token().order_key().len() <= 32);
}

#[test]
fn nothing_personal_is_left_of_a_forgotten_token() {
    let token = active_token().wished(Wish {
        kind: crate::wish::WishKind::Other,
        text: FreeText::line("bin im Urlaub", 99),
        weekdays: Vec::new(),
        months: Vec::new(),
        known: Vec::new(),
        at: samples::now(),
        answered_at: None,
    });
    let forgotten = token.forgotten(samples::now());
    assert!(
        forgotten.booking().customer.name.is_empty()
            && forgotten.booking().customer.email.is_forgotten()
    );
    assert!(
        forgotten.reason().is_empty() && forgotten.wishes().iter().all(|wish| wish.text.is_empty())
    );
}

#[test]
fn an_expired_link_is_replaced_so_often_and_never_for_a_forgotten_customer() {
    let token = RebookingToken::restore(TokenParts { renewals: 2, ..active_token().into_parts() });
    assert!(token.is_replaced_on_request(3));
    assert!(!token.is_replaced_on_request(2));
    let milestones = Milestones { forgotten_at: Some(samples::now()), ..token.milestones() };
    assert!(
        !RebookingToken::restore(TokenParts { milestones, ..token.into_parts() })
            .is_replaced_on_request(3)
    );
}
