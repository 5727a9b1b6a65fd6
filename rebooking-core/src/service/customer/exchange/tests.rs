//! A backup that was booked, exchanged for another date.

mod prices;

use super::*;
use crate::change::{Commit, Guard};
use crate::confirmation::ConfirmationState;
use crate::eligibility::{PriceAdjustment, Refusal};
use crate::notice::Message;
use crate::policy::PriceRule;
use crate::ports::store::ConfirmationKey;
use crate::ports::{RebookingStore as _, TicketStage};
use crate::rebooking::RebookingState;
use crate::service::customer::backups::tests::{
    FIRST, FOURTH, SECOND, SMALL, booked, decline, name, rebooked, reprice, with_a_fourth,
};
use crate::service::{Forget, LinkView};
use crate::testing::{World, samples};
use crate::token::LinkUnusable;
use crate::value::ids::{CourseDateId, TokenRef};
use crate::value::text::FreeText;

/// The first date was chosen and declined, and the second one booked as its backup; the fourth one
/// is free.
async fn moved_to_a_backup(world: &World) -> TokenRef {
    let declined = rebooked(world).await;
    with_a_fourth(world).await;
    name(world, &declined, &[SECOND]).await.unwrap();
    decline(world, declined.token).await;
    world.deliver_all().await.unwrap();
    declined.token.next()
}

async fn change(world: &World, token: TokenRef, choice: &Choice) -> Result<Chosen, RebookError> {
    let link = world.link(token).await;
    world.rebookings.customer(&link).exchange(choice).await
}

async fn taken(world: &World, date: CourseDateId) -> u32 {
    world.store.date(date).await.unwrap().unwrap().value.date.taken
}

async fn request_of(world: &World, token: TokenRef) -> ConfirmationKey {
    let token = world.token(token).await;
    ConfirmationKey::Id(token.rebooking().unwrap().confirmation.unwrap())
}

async fn state_of_request(world: &World, token: TokenRef) -> ConfirmationState {
    let key = request_of(world, token).await;
    let seen = world.rebookings.find_confirmation(&key).await.unwrap().unwrap();
    seen.value.confirmation.state
}

#[tokio::test]
async fn a_backup_is_exchanged_in_one_go_for_the_date_that_its_customer_wants() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let (second, fourth) = (taken(&world, SECOND).await, taken(&world, FOURTH).await);
    let chosen = change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    let next = backup.next();
    assert_eq!((chosen.slot.id, chosen.token.id()), (FOURTH, next));
    let off = RebookingState::Cancelled(CancelReason::Superseded);
    assert_eq!(booked(&world, backup).await, (SECOND, off));
    assert_eq!(booked(&world, next).await, (FOURTH, RebookingState::Ordering));
    assert_eq!(taken(&world, SECOND).await + 2, second);
    assert_eq!(taken(&world, FOURTH).await, fourth + 2);
    assert_eq!(state_of_request(&world, backup).await, ConfirmationState::Withdrawn);

    world.deliver_all().await.unwrap();
    assert_eq!(booked(&world, next).await, (FOURTH, RebookingState::AwaitingPartner));
    for (token, orders) in [(backup, 0), (next, 1)] {
        let key = world.token(token).await.order_key();
        assert_eq!(world.shop.carrying(&key).len(), orders, "{token}");
    }
}

#[tokio::test]
async fn the_customer_is_mailed_once_from_which_date_to_which() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let before = world.mailer.sent().len();
    change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    world.deliver_all().await.unwrap();
    let sent = world.mailer.sent().split_off(before);
    let customer = samples::booking().customer.email;
    let to_customer: Vec<_> = sent.iter().filter(|mail| mail.to == customer).collect();
    let [mail] = to_customer.as_slice() else { panic!("one mail: {to_customer:?}") };
    let Message::Rebooked { before, after, declined: None, exchange: false, .. } = &mail.message
    else {
        panic!("{:?}", mail.message)
    };
    assert_eq!((before.slot.id, after.slot.id), (SECOND, FOURTH));
    let to_partner = sent.iter().filter(|mail| mail.to != customer).map(|mail| mail.message.kind());
    let mut kinds: Vec<_> = to_partner.map(|kind| kind.as_str()).collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["partner_request", "partner_withdrawn"]);
}

#[tokio::test]
async fn the_mail_about_a_backup_says_whether_it_can_be_exchanged() {
    for (with_another, offered) in [(true, true), (false, false)] {
        let world = World::new();
        let declined = rebooked(&world).await;
        if with_another {
            with_a_fourth(&world).await;
        }
        name(&world, &declined, &[SECOND]).await.unwrap();
        decline(&world, declined.token).await;
        world.deliver_all().await.unwrap();
        let sent = world.mailer.sent();
        let told = sent.iter().rev().find_map(|mail| match &mail.message {
            Message::Rebooked { exchange, page, .. } => Some((*exchange, page.is_some())),
            _ => None,
        });
        assert_eq!(told, Some((offered, true)));
    }
}

/// Promise I7.
#[tokio::test]
async fn the_same_exchange_again_gives_the_same_answer_and_does_nothing() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let first = change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    let before = world.store.snapshot();
    let again = change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    assert_eq!((again.slot, again.order_number), (first.slot, first.order_number));
    let other = change(&world, backup, &samples::choice(SMALL)).await;
    assert!(matches!(other, Err(RebookError::Gone { .. })), "{other:?}");
    assert_eq!(world.store.snapshot(), before);
    let stranger = Choice { email: samples::email("junk@example.net"), ..samples::choice(FOURTH) };
    let refused = change(&world, backup, &stranger).await;
    assert!(matches!(refused, Err(RebookError::WrongEmail { left: 4 })), "{refused:?}");
}

#[tokio::test]
async fn an_exchange_whose_date_is_lost_since_is_no_success_any_more() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    world.deliver_all().await.unwrap();
    decline(&world, backup.next()).await;
    let again = change(&world, backup, &samples::choice(FOURTH)).await;
    assert!(matches!(again, Err(RebookError::Gone { .. })), "{again:?}");
}

#[tokio::test]
async fn a_link_that_is_over_exchanges_nothing_whoever_asks() {
    let world = World::new();
    let unused = world.declined_booking().await;
    world.clock.set(world.token(unused.token).await.expires_at());
    let expired = change(&world, unused.token, &samples::choice(SECOND)).await;
    let Err(RebookError::Gone { why, .. }) = expired else { panic!("{expired:?}") };
    assert!(matches!(why, LinkUnusable::Expired { .. }), "{why:?}");

    // Of who is forgotten no address is right, and none is counted.
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let (reason, case) = (FreeText::line("auf Wunsch", 100), backup.case);
    let forget = Forget { reason, cancel_open: true };
    world.rebookings.support("Susi").forget(case, &forget).await.unwrap();
    let before = world.store.snapshot();
    let forgotten = change(&world, backup, &samples::choice(FOURTH)).await;
    assert!(matches!(forgotten, Err(RebookError::Gone { .. })), "{forgotten:?}");
    assert_eq!(world.store.snapshot(), before);
}

#[tokio::test]
async fn the_link_of_the_backup_shows_what_was_taken_instead() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    let link = world.link(backup).await;
    let LinkView::Used(shown) = world.rebookings.customer(&link).show().await.unwrap() else {
        panic!("it is used")
    };
    assert_eq!((shown.slot.id, shown.token.id()), (FOURTH, backup.next()));
}

#[tokio::test]
async fn only_a_backup_whose_partner_was_asked_and_has_not_answered_is_exchanged() {
    let fixed = |changed: Result<Chosen, RebookError>| {
        assert!(matches!(changed, Err(RebookError::Conflict(Conflict::DateFixed))), "{changed:?}");
    };
    // Nothing is chosen yet; then a date of the customer's own choice.
    let world = World::new();
    let declined = world.declined_booking().await;
    fixed(change(&world, declined.token, &samples::choice(SECOND)).await);
    world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await.unwrap();
    world.deliver_all().await.unwrap();
    fixed(change(&world, declined.token, &samples::choice(SECOND)).await);
    // A backup before its order is made, and once its partner has confirmed.
    with_a_fourth(&world).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    decline(&world, declined.token).await;
    let backup = declined.token.next();
    fixed(change(&world, backup, &samples::choice(FOURTH)).await);
    let link = world.link(backup).await;
    let customer = world.rebookings.customer(&link);
    assert_eq!(customer.exchange_offers().await.unwrap(), None);
    world.deliver_all().await.unwrap();
    assert!(customer.exchange_offers().await.unwrap().is_some());
    let key = request_of(&world, backup).await;
    world.rebookings.confirm_unchecked(&key).await.unwrap();
    fixed(change(&world, backup, &samples::choice(FOURTH)).await);
    assert_eq!(customer.exchange_offers().await.unwrap(), None);
}

#[tokio::test]
async fn what_was_exchanged_once_is_the_customers_choice_and_stays() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    world.deliver_all().await.unwrap();
    let again = change(&world, backup.next(), &samples::choice(SECOND)).await;
    assert!(matches!(again, Err(RebookError::Conflict(Conflict::DateFixed))), "{again:?}");
}

#[tokio::test]
async fn only_who_knows_the_address_exchanges_and_wrong_ones_are_counted() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let stranger = Choice { email: samples::email("junk@example.net"), ..samples::choice(FOURTH) };
    let refused = change(&world, backup, &stranger).await;
    assert!(matches!(refused, Err(RebookError::WrongEmail { left: 4 })), "{refused:?}");
    assert_eq!(booked(&world, backup).await, (SECOND, RebookingState::AwaitingPartner));
    // The next link forgives no guessing.
    let chosen = change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    assert_eq!(chosen.token.attempts().total, 1);
}

#[tokio::test]
async fn what_cannot_be_booked_cannot_be_taken_instead_and_the_backup_stays() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    for (date, why) in [
        (FIRST, Refusal::LostBefore),
        (SECOND, Refusal::LostBefore),
        (SMALL, Refusal::TooFewPlaces { free: 1 }),
        (CourseDateId::new(77), Refusal::Unknown),
    ] {
        let before = world.store.snapshot();
        let refused = change(&world, backup, &samples::choice(date)).await;
        let Err(RebookError::ChooseAgain { why: told, offers, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(told, why);
        assert_eq!(offers.iter().map(|offer| offer.date().id()).collect::<Vec<_>>(), [FOURTH]);
        assert_eq!(world.store.snapshot(), before);
    }
}

#[tokio::test]
async fn the_shops_no_to_the_new_date_leads_to_the_usual_link_and_tells_of_the_lost_date() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    world.shop.sold_out(FOURTH);
    change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    world.deliver_all().await.unwrap();
    assert_eq!(booked(&world, backup.next()).await, (FOURTH, RebookingState::Rejected));
    let mails = world.mailer.sent();
    let Message::OrderRefused { refused, rebooked_before, .. } = &mails.last().unwrap().message
    else {
        panic!("{:?}", mails.last())
    };
    assert_eq!((refused.map(|slot| slot.id), *rebooked_before), (Some(FOURTH), true));
    // The backup is free again: nobody but the customer has given it up.
    let link = world.link(backup.next().next()).await;
    let LinkView::Offers(shown) = world.rebookings.customer(&link).show().await.unwrap() else {
        panic!("it can be used")
    };
    assert_eq!(shown.offers.iter().map(|it| it.date().id()).collect::<Vec<_>>(), [SECOND]);
}

/// Guard: the partner's yes and the exchange meet; whoever is second sees it.
#[tokio::test]
async fn a_backup_that_is_confirmed_meanwhile_is_not_exchanged() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let key = TokenKey::Id(backup);
    let seen = world.rebookings.open(key).await.unwrap().unwrap();
    let link = world.rebookings.new_link(LinkPurpose::Rebook).unwrap();
    let answer = world.rebookings.new_link(LinkPurpose::Answer).unwrap();
    let (policy, choice) = (Policy::default(), samples::choice(FOURTH));
    let decided = decide(seen, None, &choice, &policy, link, answer).unwrap();
    let request = request_of(&world, backup).await;
    world.rebookings.confirm_unchecked(&request).await.unwrap();
    let late = world.store.commit(&decided.change.unwrap()).await.unwrap();
    assert_eq!(late, Commit::Lost(Guard::Token));
}

#[tokio::test]
async fn nothing_is_exchanged_for_who_was_forgotten_or_whose_order_is_gone() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let token = world.token(backup).await;
    let (policy, now) = (Policy::default(), samples::now());
    assert!(token.is_exchangeable(&policy, now));
    assert!(!token.clone().forgotten(now).is_exchangeable(&policy, now));
    assert!(!token.order_gone(CancelReason::Refunded, now).is_exchangeable(&policy, now));
}

/// Whoever could not book it any more does not give it up either, least of all once it took place.
#[tokio::test]
async fn a_backup_is_exchanged_until_the_minimum_notice_before_it_begins() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    let token = world.token(backup).await;
    let starts_at = token.rebooking().unwrap().slot.starts_at;
    let policy = Policy::default();
    let last = starts_at - policy.minimum_notice;
    let second = chrono::TimeDelta::seconds(1);
    for (now, open) in [(last, true), (last + second, false), (starts_at + second, false)] {
        assert_eq!(token.is_exchangeable(&policy, now), open, "{now}");
    }
    let at_any_time = Policy { minimum_notice: chrono::TimeDelta::zero(), ..policy.clone() };
    assert!(token.is_exchangeable(&at_any_time, starts_at - second));
    assert!(!token.is_exchangeable(&at_any_time, starts_at));
    let without = Policy { backups: 0, ..policy };
    assert!(
        !token.is_exchangeable(&without, last),
        "a host that wants no backups wants none of it"
    );
}

#[tokio::test]
async fn the_ticket_hears_that_the_backup_is_off_before_it_hears_of_the_new_date() {
    let world = World::new();
    let backup = moved_to_a_backup(&world).await;
    change(&world, backup, &samples::choice(FOURTH)).await.unwrap();
    world.deliver_all().await.unwrap();
    let tickets = world.tickets.of_case(backup.case);
    let [ticket] = tickets.as_slice() else { panic!("one ticket: {tickets:?}") };
    let told = ticket.notes.iter().rev().take(2).map(|note| (note.token, note.fact));
    let off = TicketFact::Cancelled(CancelReason::Superseded);
    let facts = [(backup.next(), TicketFact::Rebooked), (backup, off)];
    assert_eq!(told.collect::<Vec<_>>(), facts);
    assert_eq!(ticket.stage, TicketStage::AwaitingPartner);
}
