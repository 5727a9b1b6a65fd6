//! What the feature earns with cases of several links: all of them count for how far a case has
//! come, the newest says how it stands and what it earns.

use chrono::{DateTime, TimeDelta, Utc};

use super::earnings::{earnings, nothing};
use crate::audit::{Actor, AuditEvent};
use crate::change::Change;
use crate::eligibility::PriceAdjustment;
use crate::ports::reports::Earnings;
use crate::rebooking::RebookingState;
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given;
use crate::testing::samples;
use crate::token::{CancelReason, RebookingToken, TokenParts, TokenState};
use crate::value::ids::{CaseId, TokenRef};

/// How long before now each of these cases began.
const AGO: TimeDelta = TimeDelta::hours(3);

/// What has become of a link, which is active and not mailed without anything of this.
#[derive(Clone, Copy, Default)]
struct Link {
    mailed: bool,
    expired: bool,
    refunded: bool,
    /// What was paid for the booking; the list price without it.
    paid: Option<i64>,
    /// So many minutes after the case began a date was chosen, and what came of it.
    chosen: Option<(i64, RebookingState)>,
    consequence: Option<PriceAdjustment>,
}

const ACTIVE: Link = Link {
    mailed: false,
    expired: false,
    refunded: false,
    paid: None,
    chosen: None,
    consequence: None,
};

fn chosen(minutes: i64, state: RebookingState) -> Link {
    Link { chosen: Some((minutes, state)), ..ACTIVE }
}

/// When the cases began, in whole minutes.
async fn began(store: &StoreUnderTest) -> DateTime<Utc> {
    given::date(store, 1, 500).await;
    given::now(store).await - AGO
}

/// A case with these links, one after the other.
async fn case(store: &StoreUnderTest, number: i64, links: &[Link]) {
    let began = began(store).await;
    for (step, link) in (1_u32..).zip(links) {
        let fresh = given::fresh(store, number * 10 + i64::from(step)).await;
        let stamp = fresh.link().clone();
        let mut parts = fresh.into_parts();
        parts.booking.item = samples::booking_of(number).item;
        if let Some(paid) = link.paid {
            parts.booking.participants = samples::party(3);
            parts.booking.paid = samples::euros(paid);
        }
        let id = TokenRef { case: CaseId::new(number), step };
        let parts = TokenParts { id, link: stamp, issued_at: began, ..parts };
        let token = given::issue(store, RebookingToken::restore(parts)).await;
        let is_newest = usize::try_from(step).unwrap() == links.len();
        become_of(store, token, link, is_newest).await;
    }
}

/// Writes what has become of a link: one that was not used makes room for the next.
async fn become_of(store: &StoreUnderTest, token: RebookingToken, link: &Link, is_newest: bool) {
    if link.chosen.is_some() {
        given::apply(store, &given::choice(store, &token, 1).await).await;
    }
    let began = token.issued_at();
    let mut parts = given::reread(store, &token).await.into_parts();
    if let (TokenState::Used(rebooking), Some((minutes, state))) = (&mut parts.state, link.chosen) {
        rebooking.at = began + TimeDelta::minutes(minutes);
        (rebooking.since, rebooking.state) = (rebooking.at + TimeDelta::minutes(5), state);
        rebooking.consequence = link.consequence.unwrap_or(rebooking.consequence);
    }
    parts.milestones.mailed_at = link.mailed.then_some(began);
    parts.milestones.refunded_at = link.refunded.then_some(began);
    if link.expired {
        parts.expires_at = began + TimeDelta::minutes(1);
    }
    let token = RebookingToken::restore(parts);
    let token = match is_newest || link.chosen.is_some() {
        true => token,
        false => token.cancel(CancelReason::Support, began).unwrap(),
    };
    given::update(store, token).await;
}

/// The one row of these cases.
async fn row(store: &StoreUnderTest) -> Earnings {
    let began = given::now(store).await - AGO;
    let day = TimeDelta::days(1);
    let mut rows = earnings(store, began - day, began + day).await;
    assert_eq!(rows.len(), 1, "{rows:?}");
    rows.remove(0)
}

/// A mail with any of the links reached the customer; the expiry of the newest alone counts.
pub async fn a_mail_with_any_link_counts_and_the_expiry_of_the_newest(store: StoreUnderTest) {
    let mailed = Link { mailed: true, ..ACTIVE };
    let expired = Link { expired: true, ..ACTIVE };
    case(&store, 7001, &[expired, mailed, ACTIVE]).await;
    case(&store, 7002, &[mailed, expired]).await;
    case(&store, 7003, &[ACTIVE, ACTIVE]).await;
    let token = TokenRef { case: CaseId::new(7003), step: 1 };
    let now = given::now(&store).await;
    let resent = Change::at(now).audit(token, &Actor::System, AuditEvent::LinkResent);
    given::apply(&store, &resent).await;
    let row = row(&store).await;
    let expected = Earnings { declined: 3, mailed: 2, expired: 1, ..nothing(now - AGO) };
    assert_eq!(row, expected);
}

/// The first choice of a case says how long its customer took; the newest link, and no other,
/// whether it is confirmed, and how long that took.
pub async fn the_first_choice_and_the_newest_link_count(store: StoreUnderTest) {
    let again = RebookingState::DeclinedAgain;
    let refund = Some(PriceAdjustment::Refund(samples::euros(100)));
    case(&store, 7001, &[ACTIVE, chosen(20, again), ACTIVE]).await;
    case(&store, 7002, &[chosen(10, again), chosen(40, RebookingState::Confirmed)]).await;
    let confirmed = Link { refunded: true, ..chosen(30, RebookingState::Confirmed) };
    case(&store, 7003, &[confirmed, Link { expired: true, ..ACTIVE }]).await;
    case(&store, 7004, &[ACTIVE, chosen(50, again), chosen(70, RebookingState::Confirmed)]).await;
    // Nothing is earned or given back until the partner confirms, and a clock may be set back.
    let waiting = RebookingState::AwaitingPartner;
    for (case_id, consequence) in [
        (7005, refund),
        (7006, Some(PriceAdjustment::Absorbed(samples::euros(200)))),
        (7007, Some(PriceAdjustment::ToPay(samples::euros(300)))),
    ] {
        case(&store, case_id, &[Link { consequence, ..chosen(-60, waiting) }]).await;
    }
    let paid = samples::booking().paid;
    let expected = Earnings {
        declined: 7,
        mailed: 7,
        opened: 7,
        rebooked: 7,
        confirmed: 2,
        expired: 1,
        kept: paid.times(2),
        to_choice: vec![0, 0, 0, 10, 20, 30, 50],
        to_confirmation: vec![45, 75],
        ..nothing(given::now(&store).await - AGO)
    };
    assert_eq!(row(&store).await, expected);
}

/// What had been paid for the booking of the newest link is what was lost with it.
pub async fn a_refund_is_of_what_was_paid_for_the_newest_link(store: StoreUnderTest) {
    let paid = |paid| Link { paid: Some(paid), ..ACTIVE };
    let refunded = |sum| Link { refunded: true, ..paid(sum) };
    case(&store, 7001, &[refunded(25_000)]).await;
    case(&store, 7002, &[paid(25_000), refunded(24_000)]).await;
    case(&store, 7003, &[refunded(23_000), paid(22_000)]).await;
    let expected = Earnings {
        declined: 3,
        refunded: 2,
        refunds: samples::euros(49_000),
        ..nothing(given::now(&store).await - AGO)
    };
    assert_eq!(row(&store).await, expected);
}
