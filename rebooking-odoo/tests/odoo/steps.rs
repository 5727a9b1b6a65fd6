//! What a note does, call by call, and who has the last word about a ticket.

use futures_util::future::join_all;
use rebooking_core::effect::{EffectKey, EffectKind, TicketFact};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{PortError, TicketNote, Tickets as _};
use rebooking_core::rebooking::{ChosenBy, PlacedOrder, Rebooking, RebookingState};
use rebooking_core::testing::samples;
use rebooking_core::token::{CancelReason, TicketRef};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::{OrderId, OrderItemId};
use rebooking_core::value::text::FreeText;
use rebooking_core::wish::WishKind;
use rebooking_odoo::Flavour::{Enterprise, Oca};
use rebooking_odoo::OdooTickets;
use rebooking_odoo::testing::Dialect::{Json2, JsonRpc};

use crate::desk::{ALL, Desk, client, note, wish};

fn knowing(ticket: &TicketRef, note: TicketNote) -> TicketNote {
    TicketNote { ticket: Some(ticket.clone()), ..note }
}

fn id(ticket: &TicketRef) -> i64 {
    ticket.id.parse().unwrap()
}

#[tokio::test]
async fn a_first_note_looks_everything_up_opens_the_ticket_and_then_writes() {
    let desk = Desk::new(JsonRpc, Oca).await;
    desk.record(&note(TicketFact::Declined)).await;
    let reference = "ir.model.data/check_object_reference";
    let expected = [
        "common/authenticate",
        "helpdesk.ticket/fields_get",
        reference,
        reference,
        reference,
        reference,
        reference,
        "helpdesk.ticket/load",
        "helpdesk.ticket/read",
        "mail.message/search_count",
        "helpdesk.ticket/message_post",
    ];
    assert_eq!(desk.odoo.calls(), expected);
}

#[tokio::test]
async fn a_later_note_takes_four_calls_and_the_same_one_again_two() {
    let desk = Desk::new(Json2, Oca).await;
    let ticket = desk.record(&note(TicketFact::Declined)).await;
    let later = knowing(&ticket, note(TicketFact::Rebooked));
    let calls = async || {
        let before = desk.odoo.calls().len();
        desk.record(&later).await;
        desk.odoo.calls().split_off(before)
    };
    let expected = [
        "helpdesk.ticket/read",
        "mail.message/search_count",
        "helpdesk.ticket/write",
        "helpdesk.ticket/message_post",
    ];
    assert_eq!(calls().await, expected);
    assert_eq!(calls().await, expected[..2]);
}

#[tokio::test]
async fn the_customer_is_named_in_the_tickets_own_fields_alone() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        desk.record(&note(TicketFact::Declined)).await;
        let ticket = desk.ticket();
        assert_eq!(ticket.partner_name, "Erika Mustermann");
        assert_eq!(ticket.partner_email, "erika@example.com");
        let texts = format!("{} {} {:?}", ticket.name, ticket.description, ticket.notes);
        assert!(!texts.contains("Erika") && !texts.contains("erika@"), "{texts}");
        assert!(!texts.contains("http"), "no link: {texts}");
    }
}

#[tokio::test]
async fn a_ticket_whose_customer_is_forgotten_names_nobody() {
    let desk = Desk::new(Json2, Oca).await;
    let mut forgotten = note(TicketFact::Cancelled(CancelReason::Support));
    forgotten.booking.customer =
        rebooking_core::value::customer::Customer::forgotten(Language::GERMAN);
    desk.record(&forgotten).await;
    let ticket = desk.ticket();
    assert_eq!((ticket.partner_name.as_str(), ticket.partner_email.as_str()), ("", ""));
}

#[tokio::test]
async fn notes_are_for_staff_alone_and_markup_in_them_is_text() {
    let desk = Desk::new(Json2, Oca).await;
    let reason = FreeText::line("<b>Koch</b> & Kellner krank", 100);
    desk.record(&TicketNote { reason, ..note(TicketFact::Declined) }).await;
    let posted = desk.ticket().notes.remove(0);
    assert_eq!(posted.subtype, "mail.mt_note");
    assert_eq!(
        posted.body,
        "<p>Der Partner hat den Termin Montag, 25.01.2027, 18:00 Uhr abgelehnt. Der Kunde bekommt \
         einen Link zum Umbuchen. Grund: „&lt;b&gt;Koch&lt;/b&gt; &amp; Kellner krank“</p>"
    );
}

/// A choice of the date four weeks later, under a new order.
fn rebooked(consequence: PriceAdjustment) -> TicketNote {
    let note = note(TicketFact::Rebooked);
    let slot = samples::slot(91, note.booking.slot.starts_at + chrono::TimeDelta::weeks(4));
    let rebooking = Rebooking {
        at: samples::now(),
        by: ChosenBy::Customer,
        strategy: OrderStrategy::LinkedOrder,
        slot,
        course: note.booking.course.clone(),
        partner: note.booking.partner.clone(),
        list_total: samples::euros(16_800),
        total: samples::euros(16_800),
        consequence,
        unit_price: samples::euros(8_400),
        paid: samples::euros(16_800),
        answer: samples::token(note.booking.clone(), samples::now()).link().clone(),
        confirmation: None,
        order: Some(PlacedOrder {
            id: OrderId::new(9),
            number: samples::order_number("200000001"),
            item: OrderItemId::new(9),
        }),
        state: RebookingState::AwaitingPartner,
        since: samples::now(),
        backups: Vec::new(),
        is_backup: false,
    };
    TicketNote { rebooking: Some(rebooking), ..note }
}

#[tokio::test]
async fn a_rebooking_says_old_date_new_date_new_order_and_what_becomes_of_the_money() {
    let desk = Desk::new(Json2, Oca).await.with(|to| to.language = Some(Language::ENGLISH));
    desk.record(&rebooked(PriceAdjustment::Refund(samples::euros(1_000)))).await;
    let posted = desk.ticket().notes.remove(0);
    assert_eq!(
        posted.body,
        "<p>The customer rebooked: before Monday, 25 January 2027, 18:00, now Monday, 22 February \
         2027, 18:00. New order: 200000001. To be refunded: €10.00. The partner has been \
         asked.</p>"
    );
}

#[tokio::test]
async fn a_backup_says_that_the_partner_declined_and_what_is_booked_instead() {
    let desk = Desk::new(Json2, Oca).await.with(|to| to.language = Some(Language::ENGLISH));
    let mut note = rebooked(PriceAdjustment::Same);
    note.rebooking = note.rebooking.map(|made| Rebooking { is_backup: true, ..made });
    note.reason = FreeText::line("Rohrbruch", 100);
    desk.record(&note).await;
    assert_eq!(
        desk.ticket().notes.remove(0).body,
        "<p>The partner declined the date Monday, 25 January 2027, 18:00. The customer's \
         backup is booked: Monday, 22 February 2027, 18:00. New order: 200000001. The partner has \
         been asked. Reason: “Rohrbruch”</p>"
    );
}

#[tokio::test]
async fn an_exchange_says_which_backup_is_off_and_what_is_not_to_be_asked_for_any_more() {
    for (consequence, due) in [
        (PriceAdjustment::Same, ""),
        (
            PriceAdjustment::ToPay(samples::euros(2_000)),
            " The extra €20.00 for it is no longer due.",
        ),
    ] {
        let desk = Desk::new(Json2, Oca).await.with(|to| to.language = Some(Language::ENGLISH));
        let fact = TicketFact::Cancelled(CancelReason::Superseded);
        desk.record(&TicketNote { fact, stage: fact.stage(), ..rebooked(consequence) }).await;
        assert_eq!(
            desk.ticket().notes.remove(0).body,
            format!(
                "<p>The customer has exchanged the backup date Monday, 22 February 2027, 18:00 for \
                 another one. It is called off.{due}</p>"
            )
        );
    }
}

#[tokio::test]
async fn a_ticket_speaks_the_customers_language_unless_the_settings_name_one() {
    let mut english = note(TicketFact::Declined);
    english.booking.customer.language = Language::ENGLISH;
    for (setting, subject) in
        [(None, "Rebooking 100007001"), (Some(Language::GERMAN), "Umbuchung 100007001")]
    {
        let desk = Desk::new(Json2, Oca).await.with(|to| to.language = setting);
        desk.record(&english).await;
        assert_eq!(desk.ticket().name, subject);
    }
}

#[tokio::test]
async fn a_wish_makes_the_ticket_urgent_and_money_back_most_of_all() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        let ticket = desk.record(&note(TicketFact::Declined)).await;
        assert_eq!(desk.ticket().priority, "1");
        let wishes = [WishKind::Other, WishKind::MoneyBack, WishKind::NewDates];
        for ((place, kind), priority) in (0..).zip(wishes).zip(["2", "3", "3"]) {
            desk.record(&knowing(&ticket, wish(place, kind, "Gern abends"))).await;
            assert_eq!(desk.ticket().priority, priority, "{kind:?}");
        }
        let said = &desk.ticket().notes[2].body;
        assert_eq!(
            said,
            "<p>Der Kunde möchte sein Geld zurück. Bitte entscheiden und erstatten. Wochentage: \
             Samstag, Sonntag. Monate: März. „Gern abends“</p>"
        );
    }
}

#[tokio::test]
async fn a_ticket_that_people_deleted_is_opened_anew_under_the_same_external_id() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        let deleted = desk.record(&note(TicketFact::Declined)).await;
        desk.odoo.delete(id(&deleted));
        let opened = desk.record(&knowing(&deleted, note(TicketFact::Rebooked))).await;
        assert_ne!(opened, deleted);
        let ticket = desk.ticket();
        assert_eq!(ticket.external, ["__rebooking__.case_7001"]);
        assert_eq!((ticket.number, ticket.notes.len()), (opened.number, 1));
    }
}

#[tokio::test]
async fn an_archived_ticket_takes_the_note_and_stays_where_it_is() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        let ticket = desk.record(&note(TicketFact::Declined)).await;
        desk.odoo.archive(id(&ticket));
        let stage = desk.ticket().stage;
        // Not known by its id, it is found by its external id all the same.
        assert_eq!(desk.record(&wish(0, WishKind::MoneyBack, "")).await, ticket);
        let seen = desk.ticket();
        assert_eq!((seen.notes.len(), seen.stage, seen.priority), (2, stage, "1".to_owned()));
    }
}

#[tokio::test]
async fn a_ticket_out_of_our_sight_is_neither_opened_twice_nor_written_over() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        let ticket = desk.record(&note(TicketFact::Declined)).await;
        desk.odoo.rename(id(&ticket), "Frau M. am Telefon");
        desk.odoo.hide(id(&ticket));
        for note in [note(TicketFact::Rebooked), knowing(&ticket, note(TicketFact::Rebooked))] {
            let refused = desk.tickets.record(&note).await;
            assert!(matches!(refused, Err(PortError::Permanent(_))), "{refused:?}");
        }
        let seen = desk.ticket();
        assert_eq!((seen.notes.len(), seen.name.as_str()), (1, "Frau M. am Telefon"));
    }
}

#[tokio::test]
async fn what_people_wrote_into_the_ticket_stays() {
    let desk = Desk::new(Json2, Oca).await;
    let ticket = desk.record(&note(TicketFact::Declined)).await;
    desk.odoo.rename(id(&ticket), "Frau M. am Telefon");
    assert_eq!(desk.record(&note(TicketFact::NoDates)).await, ticket);
    assert_eq!(desk.ticket().name, "Frau M. am Telefon");
}

#[tokio::test]
async fn a_ticket_that_people_closed_gets_no_new_priority_and_is_not_moved_for_a_wish() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        let ticket = desk.record(&note(TicketFact::Rebooked)).await;
        desk.odoo.close(id(&ticket));
        let before = desk.ticket();
        desk.record(&knowing(&ticket, wish(0, WishKind::MoneyBack, ""))).await;
        let after = desk.ticket();
        assert_eq!((after.stage, after.priority), (before.stage, before.priority));
        assert_eq!(after.notes.len(), 2);
    }
}

#[tokio::test]
async fn a_ticket_that_people_moved_on_and_left_open_is_moved_again() {
    let desk = Desk::new(Json2, Enterprise).await;
    let ticket = desk.record(&note(TicketFact::Declined)).await;
    desk.odoo.move_to(id(&ticket), "New");
    desk.record(&knowing(&ticket, note(TicketFact::Rebooked))).await;
    assert_eq!(desk.ticket().stage, "In Progress");
}

#[tokio::test]
async fn a_ticket_of_no_number_that_odoo_gives_is_looked_for_by_its_case() {
    let desk = Desk::new(Json2, Oca).await;
    let ticket = desk.record(&note(TicketFact::Declined)).await;
    let odd = TicketRef { id: "T00001".into(), number: "T00001".into() };
    assert_eq!(desk.record(&knowing(&odd, note(TicketFact::Rebooked))).await, ticket);
}

#[tokio::test]
async fn many_at_once_open_one_ticket() {
    for (dialect, flavour) in ALL {
        let desk = Desk::new(dialect, flavour).await;
        // Eight servers, none of which knows the ticket yet.
        let servers: Vec<_> =
            (0..8).map(|_| OdooTickets::new(client(), desk.settings.clone()).unwrap()).collect();
        let notes: Vec<_> = (0..8).map(|place| wish(place, WishKind::Other, "x")).collect();
        let notes = servers.iter().zip(&notes);
        let found = join_all(notes.map(|(server, note)| server.record(note))).await;
        let tickets: Vec<TicketRef> = found.into_iter().map(Result::unwrap).collect();
        let first = &tickets[0];
        assert!(tickets.iter().all(|ticket| ticket == first), "{tickets:?}");
        assert_eq!(desk.ticket().notes.len(), 8);
        let loads = desk.odoo.calls().iter().filter(|call| call.ends_with("/load")).count();
        assert!(loads > 1, "they did meet");
    }
}

/// The fake forgives nothing: what the adapter does not look for first is there twice.
#[tokio::test]
async fn a_repetition_under_another_key_is_another_note() {
    let desk = Desk::new(Json2, Oca).await;
    let first = note(TicketFact::LinkSent);
    let kind = EffectKind::Ticket(TicketFact::LinkSent);
    let again = TicketNote { key: EffectKey::new(first.token, kind, 1), ..first.clone() };
    desk.record(&first).await;
    desk.record(&again).await;
    assert_eq!(desk.ticket().notes.len(), 2);
}
