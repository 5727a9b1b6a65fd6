//! What templates are filled with: words and numbers as people read them, cleaned once more on their way in.

use chrono::TimeDelta;
use minijinja::{Value, context};
use rebooking_core::booking::Booking;
use rebooking_core::brand::{Brand, Color};
use rebooking_core::calendar_entry::Method;
use rebooking_core::course_date::{Slot, VenueZone};
use rebooking_core::customer::Language;
use rebooking_core::eligibility::Consequence;
use rebooking_core::notice::{MailedLink, Message, Notice};
use rebooking_core::text::FreeText;
use rebooking_core::wording;

use crate::config::MailSettings;

/// Everything that the templates of one notice may name.
pub(super) fn of(
    notice: &Notice,
    settings: &MailSettings,
    place: &dyn Fn(&Booking) -> Option<String>,
    method: Option<Method>,
    form: Form,
) -> Value {
    let language = notice.language;
    let view = |booking: &Booking| self::booking(booking, language, form, place);
    let link = |link: &MailedLink, booking: &Booking| {
        let address = form.address(&settings.base.customer_link(&link.secret));
        self::link(link, booking.slot.zone, language, address)
    };
    let own = match &notice.message {
        Message::Declined { booking, reason, link: mailed, .. }
        | Message::LinkSent { booking, reason, link: mailed } => {
            context! { booking => view(booking), reason => lines(reason), link => link(mailed, booking) }
        }
        Message::LimitReached { booking, reason, .. } => {
            context! { booking => view(booking), reason => lines(reason) }
        }
        Message::LinkReplaced { booking, link: mailed }
        | Message::Reminder { booking, link: mailed }
        | Message::NewDates { booking, link: mailed } => {
            context! { booking => view(booking), link => link(mailed, booking) }
        }
        Message::OrderRefused { booking, refused, link: mailed } => {
            let refused = refused.map(|slot| slot_view(&slot, language, form));
            context! { booking => view(booking), refused => refused, link => link(mailed, booking) }
        }
        Message::Rebooked { before, after, consequence } => {
            context! { before => view(before), after => view(after), price => price(*consequence, language) }
        }
        Message::PartnerRequest { booking, before, answer } => context! {
            booking => view(booking),
            before => view(before),
            guest => line(booking.customer.name.expose()),
            answer => form.address(&settings.base.partner_link(answer)),
        },
        Message::PartnerWithdrawn { booking } => {
            context! { booking => view(booking), guest => line(booking.customer.name.expose()) }
        }
        Message::PartnerConfirmed { booking } => context! { booking => view(booking) },
    };
    context! {
        language => language.code(),
        brand => brand(&settings.brand, form),
        name => line(notice.name.expose()),
        calendar => method.map(Method::word),
        ..own
    }
}

/// What is being filled.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Text,
    Page,
}

impl Form {
    /// An address that was checked when it was made: of what it can hold only the ampersand means something to a page. Everything
    /// else stays as it is, so that a link can be copied out of the source of a mail too.
    fn address(self, url: &str) -> Value {
        match self {
            Self::Text => Value::from(url),
            Self::Page => Value::from_safe_string(url.replace('&', "&amp;")),
        }
    }

    /// What a narrow page must not tear apart. A text is left to the program that shows it.
    fn whole(self, text: &str) -> String {
        match self {
            Self::Text => text.to_owned(),
            Self::Page => text.replace(' ', "\u{A0}"),
        }
    }
}

pub(super) fn with_subject(view: &Value, subject: &str) -> Value {
    context! { subject => subject, ..view.clone() }
}

/// The cards of the layout, in light and dark: what text in the brand's colour stands on.
const CARDS: (Color, Color) = (Color::new(0xFF, 0xFF, 0xFF), Color::new(0x1F, 0x21, 0x25));

fn brand(brand: &Brand, form: Form) -> Value {
    context! {
        name => brand.name.as_str(),
        support_email => brand.support_email.expose(),
        phone => brand.phone.as_ref().map(|phone| phone.as_str()),
        dial => brand.phone.as_ref().map(|phone| phone.dial()),
        home_page => form.address(brand.home_page.as_str()),
        light => brand.primary_light.to_string(),
        light_ink => brand.primary_light.ink().to_string(),
        light_text => brand.primary_light.readable_on(CARDS.0).to_string(),
        dark => brand.primary_dark.to_string(),
        dark_ink => brand.primary_dark.ink().to_string(),
        dark_text => brand.primary_dark.readable_on(CARDS.1).to_string(),
    }
}

fn booking(
    booking: &Booking,
    language: Language,
    form: Form,
    place: &dyn Fn(&Booking) -> Option<String>,
) -> Value {
    context! {
        order => booking.order_number.as_str(),
        course => line(&booking.course.name),
        participants => booking.participants.count(),
        place => place(booking).map(|place| line(&place)).filter(|place| !place.is_empty()),
        ..slot_view(&booking.slot, language, form)
    }
}

fn slot_view(slot: &Slot, language: Language, form: Form) -> Value {
    context! {
        date => wording::long_day(language, slot.local_start()),
        times => form.whole(&wording::times(language, slot)),
    }
}

fn link(link: &MailedLink, zone: VenueZone, language: Language, address: Value) -> Value {
    context! {
        address => address,
        validity => validity(link.expires_at - link.issued_at, language),
        until => wording::moment(language, zone.local(link.expires_at)),
    }
}

/// How long a link works in all, in whole days, or in hours where it is less than one.
fn validity(time: TimeDelta, language: Language) -> String {
    let (count, one, more) = match (time.num_days(), language) {
        (..=0, Language::German) => (time.num_hours().max(1), "Stunde", "Stunden"),
        (..=0, Language::English) => (time.num_hours().max(1), "hour", "hours"),
        (days, Language::German) => (days, "Tag", "Tage"),
        (days, Language::English) => (days, "day", "days"),
    };
    format!("{count} {}", if count == 1 { one } else { more })
}

fn price(consequence: Consequence, language: Language) -> Value {
    let (absorbed, refund, due) = match consequence {
        Consequence::Same => (None, None, None),
        Consequence::Absorbed(amount) => (Some(amount), None, None),
        Consequence::Refund(amount) => (None, Some(amount), None),
        Consequence::ToPay(amount) => (None, None, Some(amount)),
    };
    let amount = |money: Option<_>| money.map(|money| wording::amount(language, money));
    context! { absorbed => amount(absorbed), refund => amount(refund), due => amount(due) }
}

fn line(raw: &str) -> String {
    FreeText::line(raw, 255).expose().to_owned()
}

fn lines(text: &FreeText) -> Vec<String> {
    text.expose().lines().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_validity_is_told_in_whole_days_or_hours() {
        for (time, german, english) in [
            (TimeDelta::days(30), "30 Tage", "30 days"),
            (TimeDelta::days(1), "1 Tag", "1 day"),
            (TimeDelta::hours(47), "1 Tag", "1 day"),
            (TimeDelta::hours(23), "23 Stunden", "23 hours"),
            (TimeDelta::hours(1), "1 Stunde", "1 hour"),
            (TimeDelta::minutes(5), "1 Stunde", "1 hour"),
        ] {
            assert_eq!(validity(time, Language::German), german);
            assert_eq!(validity(time, Language::English), english);
        }
    }
}
