//! Every word that this crate writes, in one file: `tests/expected/words.txt`. A word that changes
//! there orphans rows. `REBOOKING_WRITE_EXPECTED=1` writes the file anew; read the difference
//! before you commit it.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "in a test a panic is the report"
)]

use std::path::PathBuf;

use chrono::{TimeDelta, Weekday};
use rebooking_core::audit::{Actor, AuditEntry, AuditEvent, Subject};
use rebooking_core::backup::Backup;
use rebooking_core::change::{ConfirmationWrite, DateWrite, EffectWrite, LIVE, TokenWrite};
use rebooking_core::confirmation::ConfirmationState;
use rebooking_core::effect::{EffectKind, Lease, MailKind, NewEffect, Outcome, TicketFact};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::policy::OrderStrategy;
use rebooking_core::rebooking::{ChosenBy, PlacedOrder, Rebooking, RebookingState};
use rebooking_core::testing::samples;
use rebooking_core::token::{
    CancelReason, Cause, Milestones, RebookingToken, TokenParts, TokenState,
};
use rebooking_core::value::ids::{
    CaseId, ConfirmationId, CourseDateId, EffectId, OrderId, OrderItemId, PartnerId, TokenRef,
};
use rebooking_core::value::text::FreeText;
use rebooking_core::wish::{Wish, WishKind};
use serde::Serialize;
use serde_json::Value;

use super::*;

const REASONS: [CancelReason; 4] = [
    CancelReason::Support,
    CancelReason::Refunded,
    CancelReason::OrderCancelled,
    CancelReason::Superseded,
];

fn token() -> RebookingToken {
    samples::token(samples::booking(), samples::now())
}

fn rebooking(state: RebookingState) -> Rebooking {
    let (booking, now) = (samples::booking(), samples::now());
    Rebooking {
        at: now,
        by: ChosenBy::Customer,
        strategy: OrderStrategy::LinkedOrder,
        slot: samples::slot(91, now + TimeDelta::days(20)),
        course: booking.course,
        partner: booking.partner,
        list_total: samples::euros(17800),
        total: samples::euros(17800),
        consequence: PriceAdjustment::Same,
        unit_price: samples::euros(8900),
        paid: samples::euros(17800),
        answer: token().link().clone(),
        confirmation: Some(ConfirmationId::new(3)),
        order: None,
        state,
        since: now,
        backups: Vec::new(),
        is_backup: false,
    }
}

fn used(rebooking: Rebooking) -> RebookingToken {
    RebookingToken::restore(TokenParts {
        state: TokenState::Used(Box::new(rebooking)),
        ..token().into_parts()
    })
}

/// A token in each state, of each cause, and with each word that its documents may hold.
fn tokens() -> Vec<RebookingToken> {
    use RebookingState as S;
    let now = samples::now();
    let expired = Milestones { expired_at: Some(now), ..Milestones::default() };
    let causes = [
        Cause::Declined,
        Cause::DateWithdrawn,
        Cause::Manual,
        Cause::Replaced,
        Cause::OrderRefused,
    ];
    let states = [S::Ordering, S::AwaitingPartner, S::Confirmed, S::DeclinedAgain, S::Rejected];
    let wish = |kind| Wish {
        kind,
        text: FreeText::line("Lieber sonntags", 100),
        weekdays: vec![Weekday::Mon, Weekday::Sun],
        months: vec![1, 12],
        known: vec![CourseDateId::new(90)],
        at: now,
        answered_at: None,
    };
    let order = PlacedOrder {
        id: OrderId::new(8),
        number: samples::order_number("100000008"),
        item: OrderItemId::new(9),
    };
    let by_support = Rebooking {
        by: ChosenBy::Support,
        strategy: OrderStrategy::KeepOrder,
        order: Some(order),
        ..rebooking(S::Confirmed)
    };
    let cent = samples::euros(1);
    let named = |consequence| Backup {
        slot: samples::slot(92, now + TimeDelta::days(27)),
        total: samples::euros(17_800),
        consequence,
    };
    let with_backups = Rebooking {
        backups: vec![named(PriceAdjustment::Same), named(PriceAdjustment::Refund(cent))],
        is_backup: true,
        ..rebooking(S::Ordering)
    };
    let adjustments = [
        PriceAdjustment::Absorbed(cent),
        PriceAdjustment::Refund(cent),
        PriceAdjustment::ToPay(cent),
    ];
    let wishes = [WishKind::NewDates, WishKind::Other, WishKind::MoneyBack].map(wish).to_vec();
    let mut tokens = vec![
        RebookingToken::restore(TokenParts { wishes, ..token().into_parts() }),
        RebookingToken::restore(TokenParts { milestones: expired, ..token().into_parts() }),
        used(by_support),
        used(with_backups),
    ];
    tokens.extend(
        causes.map(|cause| RebookingToken::restore(TokenParts { cause, ..token().into_parts() })),
    );
    tokens.extend(REASONS.map(|why| {
        RebookingToken::restore(TokenParts {
            state: TokenState::Cancelled { at: now, why },
            ..token().into_parts()
        })
    }));
    tokens.extend(states.map(|state| used(rebooking(state))));
    tokens.extend(REASONS.map(|why| used(rebooking(S::Cancelled(why)))));
    tokens.extend(
        adjustments.map(|consequence| used(Rebooking { consequence, ..rebooking(S::Ordering) })),
    );
    tokens
}

fn moves() -> Vec<ConfirmationWrite> {
    use ConfirmationState as S;
    let to = [S::Waiting, S::Pending, S::Confirmed, S::Declined, S::Withdrawn];
    let one = |to| ConfirmationWrite::Move {
        id: ConfirmationId::new(3),
        from: LIVE,
        to,
        reason: FreeText::default(),
        booking: Some(Box::new(samples::booking())),
    };
    to.map(one).to_vec()
}

fn entries() -> Vec<AuditEntry> {
    let partner = Actor::Partner(PartnerId::new(5));
    let actors =
        [Actor::Customer, partner, Actor::Support("anna".into()), Actor::Shop, Actor::System];
    let token = TokenRef::first(CaseId::new(7001));
    let date = Subject::Date(CourseDateId::new(90));
    let subjects = [Subject::Token(token), Subject::Booking(token.case), date];
    let of_actors = actors.map(|actor| (Subject::Token(token), actor));
    let of_subjects = subjects.map(|subject| (subject, Actor::Shop));
    let entry = |(subject, actor)| AuditEntry {
        subject,
        at: samples::now(),
        actor,
        event: AuditEvent::Chosen,
        note: FreeText::default(),
    };
    of_actors.into_iter().chain(of_subjects).map(entry).collect()
}

fn settlements() -> Vec<EffectWrite> {
    let (id, after, error) = (EffectId::new(4), TimeDelta::seconds(2), "refused".to_owned());
    let lease = Lease { effect: id, fence: 2 };
    let outcomes = [
        Outcome::Done,
        Outcome::Retry { after, error: error.clone() },
        Outcome::GivenBack { after, error: error.clone() },
        Outcome::Dead { error },
    ];
    let settled = outcomes.map(|outcome| EffectWrite::Settle { lease, outcome });
    let by_support = [EffectWrite::Retry(id), EffectWrite::TellAgain(id), EffectWrite::Skip(id)];
    settled.into_iter().chain(by_support).collect()
}

/// A change that writes what everything else does not.
fn change() -> Change {
    let token = used(rebooking(RebookingState::Ordering));
    let open = ConfirmationWrite::Open {
        token: token.id(),
        booking: Box::new(samples::booking()),
        answer: token.link().clone(),
    };
    let kinds = [
        EffectKind::Mail(MailKind::Declined),
        EffectKind::PlaceOrder,
        EffectKind::Ticket(TicketFact::Wish(2)),
    ];
    let date = CourseDateId::new(90);
    let withdraw = DateWrite::Withdraw { date, reason: FreeText::line("Brand", 100) };
    Change {
        effects: kinds.map(|kind| NewEffect::once(token.id(), kind)).to_vec(),
        confirmations: std::iter::once(open).chain(moves()).collect(),
        dates: vec![DateWrite::Take { date, places: 2 }, withdraw],
        audit: entries(),
        tokens: vec![TokenWrite::Update { next: Box::new(token), unexpired: true }],
        ..Change::at(samples::now())
    }
}

/// One line a row, its columns by name.
fn lines<T: Serialize>(title: &str, rows: &[T]) -> String {
    let line = |row| format!("    {}\n", serde_json::to_value(row).unwrap());
    format!("{title}\n{}\n", rows.iter().map(line).collect::<String>())
}

/// The columns of a token that hold words.
fn in_words(token: RebookingToken) -> Value {
    const COLUMNS: [&str; 6] =
        ["status", "cause", "cancel_reason", "rebooking_state", "rebooking", "wishes"];
    let write = TokenWrite::Issue(Box::new(token));
    let Value::Object(mut row) = serde_json::to_value(WrittenToken::from(&write)).unwrap() else {
        panic!("a row is an object")
    };
    row.retain(|column, value| COLUMNS.contains(&column.as_str()) && !value.is_null());
    Value::Object(row)
}

#[test]
fn every_word_is_the_one_that_was_agreed() {
    let payload = Payload::new(&change()).unwrap();
    let issued: Vec<Value> = tokens().into_iter().map(in_words).collect();
    let settled: Vec<Settlement> = settlements().iter().map(Settlement::from).collect();
    let words = [
        lines("a token", &payload.tokens),
        lines("words of tokens", &issued),
        lines("requests that are opened", &payload.opens),
        lines("requests that move on", &payload.moves),
        lines("effects that are settled", &settled),
        lines("new effects", &payload.effects),
        lines("history", &payload.audit),
        lines("dates", &payload.dates),
    ]
    .concat();
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/expected/words.txt"));
    if std::env::var_os("REBOOKING_WRITE_EXPECTED").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &words).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    let changed = words.lines().find(|line| !expected.lines().any(|known| known == *line));
    assert!(words == expected, "the words differ, for instance in {changed:?}");
}
