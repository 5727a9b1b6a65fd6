//! What the customer reads of it.

use super::*;
use crate::notice::Message;

#[tokio::test]
async fn the_customer_is_mailed_once_what_was_booked_and_why_and_no_link_to_choose_by() {
    let world = World::new();
    let declined = rebooked(&world).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    let before = world.mailer.sent().len();
    decline(&world, declined.token).await;
    world.deliver_all().await.unwrap();
    let sent = world.mailer.sent().split_off(before);
    let to_customer: Vec<_> =
        sent.iter().filter(|mail| mail.to == declined.booking.customer.email).collect();
    let [mail] = to_customer.as_slice() else { panic!("one mail: {to_customer:?}") };
    let Message::Rebooked { before, after, declined: why, .. } = &mail.message else {
        panic!("{:?}", mail.message)
    };
    assert_eq!((before.slot.id, after.slot.id), (FIRST, SECOND));
    assert_eq!(why.as_ref().map(FreeText::expose), Some("Rohrbruch"));
}

#[tokio::test]
async fn a_mail_says_where_to_name_backups_only_where_there_are_some() {
    for (dates, offered) in [(&[FIRST, SECOND][..], true), (&[FIRST][..], false)] {
        let world = World::new();
        let declined = world.declined_booking().await;
        let choice = samples::choice(FIRST);
        world.rebookings.customer(&declined.link).choose(&choice).await.unwrap();
        for gone in [SECOND].iter().filter(|date| !dates.contains(date)) {
            let reason = FreeText::line("Brand", 100);
            world.rebookings.partner(samples::partner().id).withdraw(*gone, &reason).await.unwrap();
        }
        world.deliver_all().await.unwrap();
        let mails = world.mailer.sent();
        let link = mails.iter().find_map(|mail| match &mail.message {
            Message::Rebooked { backups, page, .. } => {
                assert_eq!(*backups, page.is_some());
                Some(*backups)
            }
            _ => None,
        });
        assert_eq!(link, Some(offered));
    }
}

#[tokio::test]
async fn the_shops_no_to_a_backup_leads_to_the_usual_link_and_tells_of_the_lost_date() {
    let world = World::new();
    let declined = rebooked(&world).await;
    name(&world, &declined, &[SECOND]).await.unwrap();
    world.shop.sold_out(SECOND);
    decline(&world, declined.token).await;
    world.deliver_all().await.unwrap();
    let next = declined.token.next();
    assert_eq!(booked(&world, next).await, (SECOND, RebookingState::Rejected));
    let mails = world.mailer.sent();
    let Message::OrderRefused { booking, rebooked_before, .. } = &mails.last().unwrap().message
    else {
        panic!("{:?}", mails.last())
    };
    assert_eq!((booking.slot.id, *rebooked_before), (FIRST, true));
}

#[tokio::test]
async fn the_shops_no_to_a_first_choice_tells_of_no_lost_date() {
    let world = World::new();
    let declined = world.declined_booking().await;
    world.shop.sold_out(FIRST);
    world.rebookings.customer(&declined.link).choose(&samples::choice(FIRST)).await.unwrap();
    world.deliver_all().await.unwrap();
    let mails = world.mailer.sent();
    let Message::OrderRefused { rebooked_before, .. } = &mails.last().unwrap().message else {
        panic!("{:?}", mails.last())
    };
    assert!(!rebooked_before);
}
