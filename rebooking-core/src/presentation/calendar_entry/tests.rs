//! The entry on pages and in mails: one, whatever becomes of the case.

use chrono::TimeDelta;

use super::*;
use crate::confirmation::ConfirmationState;
use crate::effect::{EffectKey, EffectKind, MailKind};
use crate::eligibility::PriceAdjustment;
use crate::link::LinkPurpose;
use crate::presentation::BaseUrl;
use crate::rebooking::{ChosenBy, Rebooking};
use crate::testing::samples;
use crate::token::{CancelReason, TokenParts, TokenState};

fn base() -> BaseUrl {
    BaseUrl::parse("https://umbuchen.example.com/portal").unwrap()
}

fn in_mail(step: u32, kind: MailKind, message: Message) -> Option<CalendarEntry> {
    let token = TokenRef { step, ..TokenRef::first(samples::booking().item.into()) };
    let customer = samples::booking().customer;
    let key = EffectKey::new(token, EffectKind::Mail(kind), 0);
    let (name, to, at) = (customer.name, customer.email, samples::now());
    let notice = Notice { key, token, at, name, to, language: Language::GERMAN, message };
    CalendarEntry::in_mail(&notice, &Presentation::new(base()))
}

fn moved() -> Booking {
    Booking { slot: samples::slot(1, samples::now() + TimeDelta::days(20)), ..samples::booking() }
}

fn used(state: RebookingState) -> RebookingToken {
    let token = samples::token(samples::booking(), samples::now());
    let after = moved();
    let rebooking = Rebooking {
        at: samples::now(),
        by: ChosenBy::Customer,
        strategy: crate::policy::OrderStrategy::KeepOrder,
        slot: after.slot,
        course: after.course,
        partner: after.partner,
        list_total: samples::euros(17_800),
        total: samples::euros(17_800),
        consequence: PriceAdjustment::Same,
        unit_price: after.unit_price,
        paid: after.paid,
        answer: token.link().clone(),
        confirmation: None,
        order: None,
        state,
        since: samples::now(),
        backups: Vec::new(),
        is_backup: false,
    };
    RebookingToken::restore(TokenParts {
        state: TokenState::Used(Box::new(rebooking)),
        ..token.into_parts()
    })
}

fn on_page(token: &RebookingToken) -> Option<CalendarEntry> {
    let presentation = Presentation::new(base())
        .with_places(|_| Some(" Kochstraße 5,\r\n80331 München ".to_owned()));
    CalendarEntry::on_page(token, samples::now(), Language::ENGLISH, &presentation)
}

#[test]
fn a_page_and_the_mails_are_about_one_entry() {
    let rebooked = Message::Rebooked {
        before: samples::booking(),
        after: moved(),
        consequence: PriceAdjustment::Same,
        confirmed: false,
        declined: None,
        page: None,
        backups: false,
        exchange: false,
    };
    let mailed = in_mail(1, MailKind::Rebooked, rebooked).unwrap();
    let confirmed =
        in_mail(1, MailKind::PartnerConfirmed, Message::PartnerConfirmed { booking: moved() });
    let waiting = on_page(&used(RebookingState::AwaitingPartner)).unwrap();
    let stands = on_page(&used(RebookingState::Confirmed)).unwrap();
    assert_eq!(mailed.uid, "case-7001@umbuchen.example.com");
    assert_eq!(
        (&waiting.uid, waiting.sequence, waiting.status),
        (&mailed.uid, mailed.sequence, mailed.status)
    );
    let confirmed = confirmed.unwrap();
    assert_eq!((stands.sequence, stands.status), (confirmed.sequence, Status::Confirmed));
    assert!(confirmed.sequence > mailed.sequence);
    assert_eq!((mailed.method, waiting.method), (Method::Request, Method::Publish));
}

#[test]
fn a_page_offers_the_date_while_it_stands_and_names_no_customer() {
    let entry = on_page(&used(RebookingState::Ordering)).unwrap();
    assert_eq!((entry.status, entry.attendee), (Status::Tentative, None));
    assert_eq!(entry.location.as_deref(), Some("Kochstraße 5, 80331 München"));
    assert_eq!(entry.description, "Order #100007001\nParticipants: 2");
    assert_eq!(entry.starts_at, moved().slot.starts_at);
    for over in [RebookingState::DeclinedAgain, RebookingState::Rejected] {
        assert_eq!(on_page(&used(over)), None);
    }
    assert_eq!(on_page(&samples::token(samples::booking(), samples::now())), None);
}

#[test]
fn an_entry_names_the_place_of_its_course_unless_the_host_knows_better() {
    let venue = crate::value::booking::Venue::new("Evas Küche", "Kochstraße 5, 80331 München");
    let booking = Booking { course: samples::course().at(venue), ..moved() };
    let message = Message::PartnerConfirmed { booking: booking.clone() };
    let entry = in_mail(1, MailKind::PartnerConfirmed, message).unwrap();
    assert_eq!(entry.location.as_deref(), Some("Evas Küche, Kochstraße 5, 80331 München"));
    let silent = Presentation::new(base()).with_places(|_| Some(" ".to_owned()));
    assert_eq!(silent.place_of(&booking), entry.location, "only blanks say nothing");
    let known = Presentation::new(base()).with_places(|_| Some("Backstube".to_owned()));
    assert_eq!(known.place_of(&booking).as_deref(), Some("Backstube"));
    assert_eq!(Presentation::new(base()).place_of(&moved()), None);
}

#[test]
fn a_date_that_is_lost_is_taken_out_if_a_mail_has_put_it_in() {
    let lost = |rebooked_before| Message::LimitReached {
        booking: moved(),
        reason: FreeText::EMPTY,
        rebooked_before,
    };
    let cancelled = in_mail(1, MailKind::LimitReached, lost(true)).unwrap();
    assert_eq!((cancelled.method, cancelled.status), (Method::Cancel, Status::Cancelled));
    assert_eq!(in_mail(1, MailKind::LimitReached, lost(false)), None);
    let off = Message::CalledOff { booking: moved(), why: CancelReason::Support };
    assert_eq!(in_mail(1, MailKind::CalledOff, off).unwrap().method, Method::Cancel);
}

/// The mail that says it has been overtaken by the new link.
#[test]
fn a_link_in_place_of_one_that_told_of_a_lost_date_takes_it_out_as_well() {
    let replaced = |rebooked_before| Message::LinkReplaced {
        booking: moved(),
        reason: FreeText::EMPTY,
        link: crate::notice::MailedLink {
            secret: samples::link_keys()
                .secret(LinkPurpose::Rebook, used(RebookingState::Ordering).link())
                .unwrap(),
            issued_at: samples::now(),
            expires_at: samples::now() + TimeDelta::days(30),
        },
        rebooked_before,
    };
    assert_eq!(in_mail(3, MailKind::LinkReplaced, replaced(true)).unwrap().method, Method::Cancel);
    assert_eq!(in_mail(3, MailKind::LinkReplaced, replaced(false)), None);
}

/// However it is named, it is none of the customer's mails.
#[test]
fn a_partners_entry_moves_with_its_case_and_names_nobody_who_booked() {
    let at = |token, booking: Booking| {
        let request = Confirmation { token, booking, ..asked() };
        CalendarEntry::for_partner(&request, &Presentation::new(base()))
    };
    let original = at(None, samples::booking());
    let first = TokenRef::first(samples::booking().item.into());
    let later = at(Some(first), moved());
    let latest = at(Some(first.next()), moved());
    assert_eq!(original.uid, "case-7001@umbuchen.example.com");
    assert_eq!([&later.uid, &latest.uid], [&original.uid; 2]);
    assert!(original.sequence < later.sequence && later.sequence < latest.sequence);
    assert_eq!((later.status, later.method), (Status::Confirmed, Method::Publish));
    let state = ConfirmationState::Withdrawn;
    let off = Confirmation { token: Some(first), booking: moved(), state, ..asked() };
    let off = CalendarEntry::for_partner(&off, &Presentation::new(base()));
    assert_eq!((&off.uid, off.status), (&original.uid, Status::Cancelled));
    assert!(later.sequence < off.sequence && off.sequence < latest.sequence);
    assert_eq!((later.stamp, later.starts_at), (samples::now(), moved().slot.starts_at));
    assert_eq!((later.attendee, later.description.as_str()), (None, ORDER_AND_PARTY));
}

const ORDER_AND_PARTY: &str = "Bestellung #100007001\nTeilnehmer: 2";

fn asked() -> Confirmation {
    Confirmation {
        id: crate::value::ids::ConfirmationId::new(1),
        booking: samples::booking(),
        token: None,
        answer: None,
        attempts: crate::attempts::Attempts::default(),
        state: ConfirmationState::Confirmed,
        reason: FreeText::EMPTY,
        opened_at: samples::now(),
        reminded_at: None,
        silent_at: None,
    }
}
