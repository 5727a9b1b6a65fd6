//! What is settled without a choice: a wish that support has dealt with, and a booking that stands.

use super::lists::{found, search};
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::ports::reports::{Attention, CaseFilter, PageRequest, PartnerStatus};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given::{self, apply};
use crate::testing::contract::store::{waiting, world};
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TokenParts};
use crate::value::text::FreeText;
use crate::wish::WishKind;

/// The worklist has neither the wish nor the promise of who found no date, and the history says who
/// settled it and why.
pub async fn a_case_is_in_no_need_once_support_has_dealt_with_it(store: StoreUnderTest) {
    let world = world(&store).await;
    let support = world.rebookings.support("anna");
    for (item, kind) in
        [(7001, WishKind::NewDates), (7002, WishKind::Other), (7003, WishKind::MoneyBack)]
    {
        let token = waiting(given::fresh(&store, item).await, kind, None);
        let token = given::issue(&store, token).await;
        let (id, at) = (token.id(), token.issued_at());
        let found_none = Change::at(at).audit(id, &Actor::Customer, AuditEvent::NoDatesFound);
        apply(&store, &found_none).await;
        let needs = async || {
            let mut cases = Vec::new();
            for attention in [Attention::Wish, Attention::NoDates] {
                let filter = CaseFilter { attention: Some(attention), ..CaseFilter::default() };
                cases.extend(found(&store, &filter).await);
            }
            cases
        };
        assert_eq!(needs().await, [item, item], "{kind:?}");
        let note = FreeText::line("Telefonat", 100);
        support.settle(id.case, &note).await.unwrap();
        assert_eq!(needs().await.len(), 0, "{kind:?}");
        let history = given::history(&store, id.case).await.unwrap();
        let last = history.last().unwrap();
        assert_eq!((last.event, &last.note), (AuditEvent::WishSettled, &note));
        assert_eq!(last.actor, Actor::Support("anna".into()));
        let token = given::reread(&store, &token).await;
        assert!(token.wishes().iter().all(|wish| !wish.waits()), "{kind:?}");
    }
    assert_eq!(found(&store, &search("100007001")).await, [7001], "the case stays");
}

/// A link by hand for a booking that nobody has declined is no decline to its partner, whatever
/// became of the link; one that the shop has cancelled is gone.
pub async fn a_booking_that_stands_has_a_word_of_its_own_for_its_partner(store: StoreUnderTest) {
    let fresh = given::fresh(&store, 7001).await.into_parts();
    let by_hand = RebookingToken::restore(TokenParts { declines: 0, ..fresh });
    let by_hand = given::issue(&store, by_hand).await;
    given::issued(&store, 7002).await;
    let listed = async |status| {
        let (partner, page) = (samples::partner().id, PageRequest::default());
        let rows = store.reports().partner_rebookings(partner, Some(status), page).await.unwrap();
        let part = store.reports().partner_rebookings_after(partner, Some(status), None, 9).await;
        assert_eq!(rows.value.rows, part.unwrap().value);
        rows.value.rows.iter().map(|token| token.id().case.value()).collect::<Vec<_>>()
    };
    use PartnerStatus::{BookingStands, Cancelled, Open};
    assert_eq!((listed(BookingStands).await, listed(Open).await), (vec![7001], vec![7002]));
    let at = by_hand.issued_at();
    let off = by_hand.cancel(CancelReason::Support, at).unwrap();
    let off = given::update(&store, off).await;
    assert_eq!(listed(BookingStands).await, [7001], "the link is gone, and the booking is not");
    given::update(&store, off.order_gone(CancelReason::Refunded, at)).await;
    assert_eq!((listed(BookingStands).await.len(), listed(Cancelled).await), (0, vec![7001]));
}
