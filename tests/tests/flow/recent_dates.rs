//! Dates that are shown as they were a moment ago, where the policy lets them be.

use chrono::TimeDelta;
use rebooking_core::eligibility::Refusal;
use rebooking_core::link::LinkSecret;
use rebooking_core::policy::Policy;
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::testing::{World, samples};
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::{RebookError, service::LinkView};

use crate::stage::{FIRST, SECOND};

/// What a page shows.
async fn shown(world: &World, link: &LinkSecret) -> Vec<CourseDateId> {
    let offers = world.rebookings.customer(link).show().await.unwrap().into_offers().unwrap();
    offers.offers.iter().map(|offer| offer.date().id()).collect()
}

/// Others take all places of the first date, in another process.
async fn sell_out(world: &World) {
    let mut date = world.store.date(FIRST).await.unwrap().unwrap().value.date;
    date.capacity = 0;
    world.store.upsert_dates(&[date]).await.unwrap();
}

fn world(dates_max_age: TimeDelta) -> World {
    World::with(Policy { dates_max_age, ..Policy::default() })
}

#[tokio::test]
async fn a_date_that_is_shown_a_moment_too_long_is_not_sold_twice() {
    let world = world(TimeDelta::seconds(1));
    let link = world.declined_booking().await.link;
    assert_eq!(shown(&world, &link).await, [FIRST, SECOND]);
    sell_out(&world).await;
    assert_eq!(shown(&world, &link).await, [FIRST, SECOND], "as it was a moment ago");
    let refused = world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await;
    let Err(RebookError::ChooseAgain { why, offers, .. }) = refused else { panic!("{refused:?}") };
    assert_eq!(why, Refusal::TooFewPlaces { free: 0 });
    let fresh: Vec<_> = offers.iter().map(|offer| offer.date().id()).collect();
    assert_eq!(fresh, [SECOND], "a refusal comes with what there really is");
    world.clock.advance(TimeDelta::seconds(1));
    assert_eq!(shown(&world, &link).await, [SECOND]);
}

#[tokio::test]
async fn without_the_setting_a_page_shows_what_there_is() {
    let world = World::new();
    let link = world.declined_booking().await.link;
    assert_eq!(shown(&world, &link).await, [FIRST, SECOND]);
    sell_out(&world).await;
    assert_eq!(shown(&world, &link).await, [SECOND]);
}

#[tokio::test]
async fn a_link_itself_is_never_a_moment_old() {
    let world = world(TimeDelta::seconds(1));
    let link = world.declined_booking().await.link;
    shown(&world, &link).await;
    world.rebookings.customer(&link).choose(&samples::choice(FIRST)).await.unwrap();
    let seen = world.rebookings.customer(&link).show().await.unwrap();
    assert!(matches!(seen, LinkView::Used(_)), "{seen:?}");
}

#[tokio::test]
async fn dates_of_courses_that_stand_in_are_shown_as_well() {
    let other = samples::course_date(71, samples::now() + TimeDelta::days(20), 5);
    let own = samples::booking().course.id;
    let course = rebooking_core::value::ids::CourseId::new(own.value() + 1);
    let alternatives = [(own, vec![course, own])].into();
    let dates_max_age = TimeDelta::milliseconds(500);
    let world = World::with(Policy { alternatives, dates_max_age, ..Policy::default() });
    let link = world.declined_booking().await.link;
    let mut date = other;
    date.course.id = course;
    let id = date.id();
    world.store.upsert_dates(&[date]).await.unwrap();
    let shown = shown(&world, &link).await;
    assert_eq!(shown.len(), 3, "each once: {shown:?}");
    assert!(shown.contains(&id), "{shown:?}");
}
