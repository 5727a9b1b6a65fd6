//! What the pages of support put together from several texts.

use rebooking_core::audit::Actor;
use rebooking_core::effect::EffectKind;
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::service::PartnerNames;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;
use rebooking_core::wish::Wish;

use crate::messages::{calendar, difference, text};

/// A partner by name, with the number beside it; by the number alone where nobody knows a name.
pub(super) fn partner(language: Language, names: &PartnerNames, id: PartnerId) -> String {
    let number = id.to_string();
    match names.get(id) {
        Some(name) => text!(language, "portal-partner-named", name, id = number),
        None => text!(language, "portal-partner", id = number),
    }
}

pub(super) fn actor(language: Language, names: &PartnerNames, actor: &Actor) -> String {
    let name = match actor {
        Actor::Partner(id) => match names.get(*id) {
            Some(name) => format!("{name} ({id})"),
            None => id.to_string(),
        },
        Actor::Support(name) => name.clone(),
        Actor::Customer | Actor::Shop | Actor::System => String::new(),
    };
    text!(language, "history-actor", actor = actor.as_str(), name)
}

pub(super) fn effect(language: Language, kind: EffectKind) -> String {
    match kind {
        EffectKind::Mail(mail) => text!(language, "history-mail", mail = mail.as_str()),
        EffectKind::Ticket(fact) => text!(language, "history-ticket", fact = fact.as_str()),
        EffectKind::Event(_) => text!(language, "history-told", event = kind.to_string()),
        EffectKind::PlaceOrder | EffectKind::UndoOrder | EffectKind::Refund => {
            text!(language, "history-order", effect = kind.to_string())
        }
    }
}

/// The difference in price, and what follows from it.
pub(super) fn price_difference(language: Language, of: PriceAdjustment) -> String {
    let amount = difference(language, of);
    text!(language, "history-difference", difference = of.as_str(), amount)
}

/// What a customer said, but for the free text.
pub(super) fn wish(language: Language, wish: &Wish) -> String {
    let kind = text!(language, "history-wish", kind = wish.kind.as_str());
    let weekdays = wish.weekdays.iter().map(|day| calendar::weekday(language, *day));
    let months = wish.months.iter().filter_map(|number| month_name(language, *number));
    let when: Vec<&str> = weekdays.chain(months).collect();
    if when.is_empty() { kind } else { format!("{kind}: {}", when.join(", ")) }
}

/// *März 2027*
pub(super) fn month(language: Language, (year, month): (i32, u32)) -> String {
    format!("{} {year}", month_name(language, month).unwrap_or_default())
}

/// The name of a month, counted from 1.
fn month_name(language: Language, number: u32) -> Option<&'static str> {
    let place = usize::try_from(number).ok()?.checked_sub(1)?;
    calendar::months(language).get(place).copied()
}
