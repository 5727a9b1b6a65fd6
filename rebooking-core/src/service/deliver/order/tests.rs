//! Whose places the shop holds once the order of a rebooking is called off.

use chrono::TimeDelta;

use super::*;
use crate::change::TokenWrite;
use crate::eligibility::RuleSet;
use crate::link::{LinkNonce, LinkPurpose};
use crate::testing::samples;
use crate::value::ids::{CaseId, OrderId, TokenRef};

/// The link of a step, for the booking of an item.
fn link(step: u32, item: i64) -> RebookingToken {
    let mut parts = samples::token(samples::booking_of(item), samples::now()).into_parts();
    parts.id = (1..step).fold(TokenRef::first(CaseId::new(1)), |id, _| id.next());
    RebookingToken::restore(parts)
}

/// The same, used: the partner was asked by `request`, and `made` is the item of its order.
fn used(
    (step, item): (u32, i64),
    strategy: OrderStrategy,
    request: i64,
    made: i64,
) -> RebookingToken {
    let (token, now) = (link(step, item), samples::now());
    let answer = samples::link_keys().stamp(LinkPurpose::Answer, LinkNonce([1; 16])).unwrap();
    let date = samples::course_date(77, now + TimeDelta::days(30), 10);
    let offer = token.eligibility(&Policy::default(), RuleSet::Strict, now).offer(&date).unwrap();
    let mut parts = token.choose(&offer, strategy, answer, now).unwrap().into_parts();
    if let TokenState::Used(rebooking) = &mut parts.state {
        rebooking.confirmation = Some(ConfirmationId::new(request));
        let (id, item) = (OrderId::new(made), OrderItemId::new(made));
        rebooking.order = Some(PlacedOrder { id, number: samples::order_number("1"), item });
    }
    RebookingToken::restore(parts)
}

fn linked_order(place: (u32, i64), request: i64, made: i64) -> RebookingToken {
    used(place, OrderStrategy::LinkedOrder, request, made)
}

/// The last order of a case is called off; the one that it was to replace stands.
fn called_off(case: &[RebookingToken]) -> Change {
    let last_used = case.iter().rfind(|token| token.rebooking().is_some()).unwrap();
    undone(last_used, case, Undone { freed: true, original_stands: true }, samples::now())
}

const fn released(item: i64) -> StockWrite {
    StockWrite::Released(OrderItemId::new(item))
}

const fn reserved(request: i64) -> StockWrite {
    StockWrite::Reserved(ConfirmationId::new(request))
}

#[test]
fn the_order_before_holds_the_places_of_the_request_that_it_was_made_for() {
    let case =
        [linked_order((1, 1), 11, 2), linked_order((2, 2), 12, 3), linked_order((3, 3), 13, 4)];
    assert_eq!(called_off(&case).stock, [released(4), reserved(12)]);
}

#[test]
fn an_order_that_stayed_holds_the_places_that_the_case_began_with() {
    let kept = used((1, 1), OrderStrategy::KeepOrder, 11, 1);
    let kept = kept.request_opened(ConfirmationId::new(10));
    let case = [kept, linked_order((2, 1), 12, 2)];
    assert_eq!(called_off(&case).stock, [released(2), reserved(10)]);
}

#[test]
fn whoever_chooses_by_the_next_link_at_that_moment_is_seen() {
    let moved = |case: &[RebookingToken]| -> Vec<TokenRef> {
        let moved = |write| match write {
            TokenWrite::Update { next, .. } => next.id(),
            TokenWrite::Issue(token) => panic!("{:?} is new", token.id()),
        };
        called_off(case).tokens.into_iter().map(moved).collect()
    };
    let first = linked_order((1, 1), 11, 2);
    let next = link(2, 1);
    assert_eq!(moved(&[first.clone(), next.clone()]), [next.id()]);
    assert_eq!(moved(std::slice::from_ref(&first)), []);
    let gone = next.cancel(crate::token::CancelReason::Support, samples::now()).unwrap();
    assert_eq!(moved(&[first, gone]), []);
}
