//! Backups from the customer's list to the partner's no.

mod mails;
mod named_anew;

use chrono::TimeDelta;

use super::*;
use crate::eligibility::{PriceAdjustment, Refusal};
use crate::policy::PriceRule;
use crate::ports::RebookingStore as _;
use crate::ports::store::ConfirmationKey;
use crate::rebooking::RebookingState;
use crate::service::{Decline, Declined};
use crate::testing::world::DeclinedBooking;
use crate::testing::{World, samples};
use crate::value::ids::TokenRef;
use crate::value::text::FreeText;

/// The sample booking, rebooked to the first date; its order is made and its partner asked.
pub(in crate::service) async fn rebooked(world: &World) -> DeclinedBooking {
    let declined = world.declined_booking().await;
    let choice = samples::choice(World::DATES[0]);
    world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
    world.deliver_all().await.unwrap();
    declined
}

fn list(dates: &[CourseDateId]) -> BackupChoice {
    let backup = |date: &CourseDateId| NewBackup { date: *date, expected_total: None };
    let email = samples::booking().customer.email;
    BackupChoice { email, backups: dates.iter().map(backup).collect() }
}

pub(in crate::service) async fn name(
    world: &World,
    declined: &DeclinedBooking,
    dates: &[CourseDateId],
) -> Result<Vec<CourseDateId>, RebookError> {
    let named = world.rebookings.customer(&declined.link).name_backups(&list(dates)).await?;
    Ok(named.iter().map(Backup::id).collect())
}

pub(in crate::service) async fn decline(world: &World, token: TokenRef) -> Declined {
    let token = world.token(token).await;
    let request = ConfirmationKey::Id(token.rebooking().unwrap().confirmation.unwrap());
    let no = Decline { reason: FreeText::line("Rohrbruch", 100), proposed: Vec::new() };
    world.rebookings.decline_unchecked(&request, &no).await.unwrap()
}

/// Where and how the newest link of the case stands.
pub(in crate::service) async fn booked(
    world: &World,
    token: TokenRef,
) -> (CourseDateId, RebookingState) {
    let token = world.token(token).await;
    let rebooking = token.rebooking().unwrap();
    (rebooking.slot.id, rebooking.state)
}

pub(in crate::service) async fn reprice(world: &World, date: CourseDateId, cents: i64) {
    let mut changed = world.store.date(date).await.unwrap().unwrap().value.date;
    changed.unit_price = samples::euros(cents);
    world.store.upsert_dates(&[changed]).await.unwrap();
}

pub(in crate::service) const FIRST: CourseDateId = World::DATES[0];
pub(in crate::service) const SECOND: CourseDateId = World::DATES[1];
/// Has one place, and the party is two.
pub(in crate::service) const SMALL: CourseDateId = World::DATES[2];
pub(in crate::service) const FOURTH: CourseDateId = CourseDateId::new(4);

/// One more date that fits.
pub(in crate::service) async fn with_a_fourth(world: &World) {
    let starts_at = samples::now() + TimeDelta::days(50);
    let date = samples::course_date(FOURTH.value(), starts_at, 4);
    world.store.upsert_dates(&[date]).await.unwrap();
}

#[tokio::test]
async fn when_the_partner_declines_the_first_backup_is_booked_at_once() {
    let world = World::new();
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    assert_eq!(name(&world, &declined, &[SECOND, FOURTH]).await.unwrap(), [SECOND, FOURTH]);
    let next = declined.token.next();
    assert_eq!(decline(&world, declined.token).await, Declined::BackupBooked(next));
    assert_eq!(booked(&world, declined.token).await, (FIRST, RebookingState::DeclinedAgain));
    assert_eq!(booked(&world, next).await, (SECOND, RebookingState::Ordering));
    world.deliver_all().await.unwrap();
    assert_eq!(booked(&world, next).await, (SECOND, RebookingState::AwaitingPartner));

    // The later one goes on to stand by, and is booked in its turn.
    assert_eq!(decline(&world, next).await, Declined::BackupBooked(next.next()));
    world.deliver_all().await.unwrap();
    assert_eq!(booked(&world, next.next()).await.0, FOURTH);
}

#[tokio::test]
async fn a_backup_that_no_longer_fits_is_passed_over() {
    let world = World::new();
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    name(&world, &declined, &[SECOND, FOURTH]).await.unwrap();
    let reason = FreeText::line("Brand", 100);
    world.rebookings.partner(samples::partner().id).withdraw(SECOND, &reason).await.unwrap();
    decline(&world, declined.token).await;
    assert_eq!(booked(&world, declined.token.next()).await.0, FOURTH);
}

#[tokio::test]
async fn a_backup_whose_price_changed_is_never_booked_and_the_usual_link_follows() {
    for cents in [8_800, 9_000] {
        let world = World::new();
        let declined = rebooked(&world).await;
        name(&world, &declined, &[SECOND]).await.unwrap();
        reprice(&world, SECOND, cents).await;
        let next = declined.token.next();
        assert_eq!(decline(&world, declined.token).await, Declined::LinkIssued(next));
        assert!(world.token(next).await.rebooking().is_none());
    }
}

#[tokio::test]
async fn a_date_that_is_withdrawn_books_the_backup_and_counts_it() {
    let world = World::new();
    let declined = rebooked(&world).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    let partner = world.rebookings.partner(samples::partner().id);
    let withdrawn = partner.withdraw(FIRST, &FreeText::line("Brand", 100)).await.unwrap();
    assert_eq!((withdrawn.rebooked, withdrawn.links, withdrawn.without_link), (1, 0, 0));
    assert_eq!(booked(&world, declined.token.next()).await.0, SECOND);
}

#[tokio::test]
async fn the_limit_of_declines_holds_for_backups_too() {
    let world = World::with(Policy { step_limit: 2, ..Policy::default() });
    let declined = rebooked(&world).await;
    with_a_fourth(&world).await;
    name(&world, &declined, &[SECOND, FOURTH]).await.unwrap();
    let next = declined.token.next();
    assert_eq!(decline(&world, declined.token).await, Declined::BackupBooked(next));
    world.deliver_all().await.unwrap();
    let link = world.link(next).await;
    assert_eq!(world.rebookings.customer(&link).backup_offers().await.unwrap(), None);
    assert_eq!(decline(&world, next).await, Declined::LimitReached(next.case));
}

#[tokio::test]
async fn backups_are_named_and_taken_back_until_the_partner_answers_and_no_longer() {
    let world = World::new();
    let declined = rebooked(&world).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    assert_eq!(name(&world, &declined, &[]).await.unwrap(), []);
    name(&world, &declined, &[SECOND]).await.unwrap();
    let request = world.token(declined.token).await.rebooking().unwrap().confirmation.unwrap();
    let confirmed = world.rebookings.confirm_unchecked(&ConfirmationKey::Id(request)).await;
    confirmed.unwrap();
    assert!(world.token(declined.token).await.rebooking().unwrap().backups.is_empty());
    let late = name(&world, &declined, &[]).await;
    assert!(matches!(late, Err(RebookError::Conflict(Conflict::BackupsClosed))), "{late:?}");
    // A confirmed date that is lost later leads to a link: the customer has made other plans since.
    let next = declined.token.next();
    assert_eq!(decline(&world, declined.token).await, Declined::LinkIssued(next));
}

#[tokio::test]
async fn the_same_list_again_does_nothing() {
    let world = World::new();
    let declined = rebooked(&world).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    let before = world.store.snapshot();
    assert_eq!(name(&world, &declined, &[SECOND]).await.unwrap(), [SECOND]);
    assert_eq!(world.store.snapshot(), before);
}

#[tokio::test]
async fn before_the_choice_there_is_nothing_to_name_them_for() {
    let world = World::new();
    let declined = world.declined_booking().await;
    let early = name(&world, &declined, &[SECOND]).await;
    assert!(matches!(early, Err(RebookError::Conflict(Conflict::BackupsClosed))), "{early:?}");
}

#[tokio::test]
async fn only_who_knows_the_address_names_backups_and_wrong_ones_are_counted() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let stranger = BackupChoice { email: samples::email("junk@example.net"), ..list(&[SECOND]) };
    let refused = world.rebookings.customer(&declined.link).name_backups(&stranger).await;
    assert!(matches!(refused, Err(RebookError::WrongEmail { left: 4 })), "{refused:?}");
    assert!(world.token(declined.token).await.rebooking().unwrap().backups.is_empty());
}

#[tokio::test]
async fn what_cannot_be_booked_now_cannot_be_named() {
    let world = World::new();
    let declined = rebooked(&world).await;
    let booked = declined.booking.slot.id;
    for (date, why) in [
        (FIRST, Refusal::LostBefore),
        (booked, Refusal::LostBefore),
        (SMALL, Refusal::TooFewPlaces { free: 1 }),
        (CourseDateId::new(77), Refusal::Unknown),
    ] {
        let refused = name(&world, &declined, &[date]).await;
        let Err(RebookError::ChooseAgain { why: told, offers, .. }) = refused else {
            panic!("{refused:?}")
        };
        assert_eq!(told, why);
        assert_eq!(offers.iter().map(|offer| offer.date().id()).collect::<Vec<_>>(), [SECOND]);
    }
}

#[tokio::test]
async fn a_list_is_no_longer_than_the_policy_says_and_names_each_date_once() {
    let world = World::new();
    let declined = rebooked(&world).await;
    for (dates, why) in [
        (&[SECOND, FIRST, SMALL][..], InvalidInput::TooManyBackups { most: 2 }),
        (&[SECOND, SECOND][..], InvalidInput::BackupTwice),
    ] {
        let refused = name(&world, &declined, dates).await;
        assert!(matches!(&refused, Err(RebookError::Invalid(told)) if *told == why), "{refused:?}");
    }
}

#[tokio::test]
async fn a_dearer_backup_becomes_due_only_with_the_total_that_was_shown() {
    let world = World::with(Policy { price: PriceRule::Settle, ..Policy::default() });
    let declined = rebooked(&world).await;
    reprice(&world, SECOND, 9_900).await;
    let refused = name(&world, &declined, &[SECOND]).await;
    let Err(RebookError::ChooseAgain { why: Refusal::PriceChanged { total }, .. }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!(total, samples::euros(19_800));
    let mut agreed = list(&[SECOND]);
    agreed.backups[0].expected_total = Some("198.00".to_owned());
    world.rebookings.customer(&declined.link).name_backups(&agreed).await.unwrap();
    decline(&world, declined.token).await;
    let next = world.token(declined.token.next()).await;
    let due = PriceAdjustment::ToPay(samples::euros(2_000));
    assert_eq!(next.rebooking().map(|it| (it.slot.id, it.consequence)), Some((SECOND, due)));
}

#[tokio::test]
async fn a_host_that_wants_no_backups_offers_and_books_none() {
    let world = World::with(Policy { backups: 0, ..Policy::default() });
    let declined = rebooked(&world).await;
    let customer = world.rebookings.customer(&declined.link);
    assert_eq!(customer.backup_offers().await.unwrap(), None);
    let refused = name(&world, &declined, &[SECOND]).await;
    assert!(matches!(refused, Err(RebookError::Conflict(Conflict::BackupsClosed))), "{refused:?}");
}
