//! The whole story without any network: what a host calls, and what comes of it. Clock, shop, mail
//! and tickets are fakes.

use std::error::Error;

use chrono::TimeDelta;
use rebooking_core::link::LinkSecret;
use rebooking_core::notice::{Message, Notice};
use rebooking_core::ports::RebookingStore as _;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::ports::store::ConfirmationKey;
use rebooking_core::service::{Choice, Decline, Declined};
use rebooking_core::testing::{World, samples};
use rebooking_core::value::course_date::Slot;
use rebooking_core::value::ids::{ConfirmationId, CourseDateId};
use rebooking_core::value::text::FreeText;

type Step<T = ()> = Result<T, Box<dyn Error>>;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Step {
    // A world is the use cases on fakes, with a handle to each of them. A host of your own calls
    // `Rebookings::new` with its ports.
    let world = World::new();
    world.seed().await?;

    title("A booking waits for its partner");
    let request = a_customer_books(&world).await?;

    title(
        "The partner declines: places go back, a link is issued, mail and ticket are due, all in \
         one commit",
    );
    decline(&world, request, "Der Koch ist krank.", &[]).await?;
    let link = read_the_mails(&world).await?.ok_or("the mail has a link")?;

    title("The customer opens the link, without logging in");
    look(&world, &link).await?;

    title("One click");
    choose(&world, &link, World::DATES[0]).await?;
    choose(&world, &link, World::DATES[0]).await?;
    println!("  The same click again gave the same answer and did nothing.");

    title("The worker tells the shop, then everybody hears of it");
    read_the_mails(&world).await?;
    for comment in world.shop.comments() {
        println!(
            "  The shop's order {} carries the move under our key {}.",
            comment.order, comment.key
        );
    }

    title("The partner confirms");
    let request = newest_request(&world).await?;
    world.rebookings.partner(samples::partner().id).confirm(&ConfirmationKey::Id(request)).await?;
    read_the_mails(&world).await?;

    title(
        "A week later the partner must decline again, and proposes a date: a second link, the old \
         one is spent",
    );
    world.clock.advance(TimeDelta::days(7));
    decline(&world, request, "Rohrbruch", &[World::DATES[1]]).await?;
    let second = read_the_mails(&world).await?.ok_or("the mail has a link")?;
    let spent = world.rebookings.customer(&link).show().await?.into_offers();
    let spent = spent.err().ok_or("a used link is gone")?;
    println!("  The first link: {spent}.");
    look(&world, &second).await?;

    title("The customer takes the proposed date, and the partner confirms it");
    choose(&world, &second, World::DATES[1]).await?;
    world.deliver_all().await?;
    let request = newest_request(&world).await?;
    world.rebookings.partner(samples::partner().id).confirm(&ConfirmationKey::Id(request)).await?;
    read_the_mails(&world).await?;

    title("What the partner sees");
    what_the_partner_sees(&world).await?;

    title("What support sees");
    what_support_sees(&world).await?;

    title("What it earns");
    what_it_earns(&world).await
}

async fn a_customer_books(world: &World) -> Step<ConfirmationId> {
    let booking = samples::booking();
    println!(
        "  Order {}: {} people for {} on {}",
        booking.order_number,
        booking.participants.count(),
        booking.course.name,
        on(&booking.slot)
    );
    world.shop.put_booking(booking.clone());
    Ok(world.store.open_confirmation(&booking).await?)
}

async fn decline(
    world: &World,
    request: ConfirmationId,
    reason: &str,
    proposed: &[CourseDateId],
) -> Step {
    let decline = Decline { reason: FreeText::parse(reason)?, proposed: proposed.to_vec() };
    let declined = world
        .rebookings
        .partner(samples::partner().id)
        .decline(&ConfirmationKey::Id(request), &decline)
        .await?;
    match declined {
        Declined::LinkIssued(token) => println!("  Link {token} is issued."),
        Declined::BackupBooked(token) => println!("  The backup is booked by link {token}."),
        Declined::LimitReached(case) => {
            println!("  Case {case} has had its links; support takes over.")
        }
        Declined::Already => println!("  It was declined before."),
        Declined::AlreadyOtherwise => println!("  It was declined before, for another reason."),
    }
    Ok(())
}

/// Delivers what is due and prints the new mails; returns the newest link among them.
async fn read_the_mails(world: &World) -> Step<Option<LinkSecret>> {
    let delivered = world.deliver_all().await?;
    println!("  Delivered: {} effects", delivered.done);
    let mails = world.mailer.take();
    for mail in &mails {
        println!("  Mail to {}: {}", mail.to.expose(), what(mail));
    }
    Ok(mails.iter().rev().find_map(|mail| mail.message.link().map(|link| link.secret.clone())))
}

fn what(mail: &Notice) -> String {
    let order = mail.message.order_number();
    match &mail.message {
        Message::Declined { booking, reason, link, .. } => format!(
            "your date {} is off ({}); choose another until {}, order {order}",
            on(&booking.slot),
            reason.expose(),
            link.expires_at.date_naive(),
        ),
        Message::Rebooked { before, after, .. } => {
            format!("moved from {} to {}, order {order}", on(&before.slot), on(&after.slot))
        }
        Message::BookingRequest { booking, .. }
        | Message::PartnerRequest { booking, .. }
        | Message::PartnerReminder { booking, .. } => {
            format!(
                "please confirm {} people on {}",
                booking.participants.count(),
                on(&booking.slot)
            )
        }
        Message::PartnerConfirmed { booking } => {
            format!("the partner confirmed {}", on(&booking.slot))
        }
        other => other.kind().as_str().to_owned(),
    }
}

async fn look(world: &World, link: &LinkSecret) -> Step {
    let shown = world.rebookings.customer(link).show().await?.into_offers()?;
    for offer in &shown.offers {
        let date = offer.date();
        println!(
            "  {}  {} places  {} {} for all{}",
            on(&date.slot),
            date.free(),
            offer.total().decimal(),
            offer.total().currency(),
            if offer.proposed() { "  (proposed by the partner)" } else { "" },
        );
    }
    Ok(())
}

async fn choose(world: &World, link: &LinkSecret, date: CourseDateId) -> Step {
    let choice = Choice { date, email: samples::email(" ERIKA@example.com"), expected_total: None };
    let chosen = world.rebookings.customer(link).choose(&choice).await?;
    println!("  Booked {} under order {}", on(&chosen.slot), chosen.order_number);
    Ok(())
}

async fn newest_request(world: &World) -> Step<ConfirmationId> {
    let requests = world
        .rebookings
        .partner(samples::partner().id)
        .confirmations(None, PageRequest::default())
        .await?;
    let newest = requests.rows.first().ok_or("the partner has been asked")?;
    Ok(newest.id)
}

async fn what_the_partner_sees(world: &World) -> Step {
    let list = world
        .rebookings
        .partner(samples::partner().id)
        .rebookings(None, PageRequest::default())
        .await?;
    for row in list.rows {
        let new = row.new.as_ref().map_or_else(|| "no date yet".to_owned(), on);
        println!(
            "  {}: {} to {new}, {}",
            row.original_order_number,
            on(&row.original),
            row.progress.as_str()
        );
    }
    Ok(())
}

async fn what_support_sees(world: &World) -> Step {
    let case = world.rebookings.support("sam").case(samples::booking().item.into()).await?.value;
    for entry in case.audit {
        println!("  {}  {}", entry.at.format("%d.%m."), entry.event.as_str());
    }
    for ticket in world.tickets.tickets() {
        println!(
            "  Ticket {}: {} notes, now {:?}",
            ticket.id.number,
            ticket.notes.len(),
            ticket.stage
        );
    }
    Ok(())
}

async fn what_it_earns(world: &World) -> Step {
    let now = samples::now();
    let earnings = world
        .rebookings
        .support("sam")
        .earnings(now - TimeDelta::days(30), now + TimeDelta::days(30))
        .await?;
    for row in earnings.value {
        println!(
            "  Partner {}: {} declined, {} rebooked, {} confirmed, {} {} kept",
            row.partner,
            row.declined,
            row.rebooked,
            row.confirmed,
            row.kept.decimal(),
            row.kept.currency()
        );
    }
    Ok(())
}

fn on(slot: &Slot) -> String {
    slot.local_start().format("%d.%m.%Y %H:%M").to_string()
}

fn title(text: &str) {
    println!("\n{text}");
}
