//! What templates are filled with: words and numbers as people read them, cleaned once more on
//! their way in.

use chrono::{DateTime, TimeDelta, Utc};
use minijinja::{Value, context};
use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::link::LinkSecret;
use rebooking_core::notice::{MailedLink, Message, Notice};
use rebooking_core::presentation::calendar_entry::Method;
use rebooking_core::presentation::locales::{Locales, text};
use rebooking_core::presentation::{Brand, Color, Presentation, format, mailto_url};
use rebooking_core::token::CancelReason;
use rebooking_core::value::booking::Booking;
use rebooking_core::value::course_date::{Slot, VenueZone};
use rebooking_core::value::customer::Language;
use rebooking_core::value::text::FreeText;

/// Everything that the templates of one notice may name.
pub(super) fn context(
    notice: &Notice,
    presentation: &Presentation,
    method: Option<Method>,
    form: Form,
) -> Value {
    let language = Locales::of_process().spoken(notice.language);
    let view = |booking: &Booking| self::booking(booking, language, presentation);
    let link = |link: &MailedLink, booking: &Booking| {
        let address = form.address(&presentation.base.customer_link(&link.secret));
        self::link(link, booking.slot.zone, notice.at, language, address)
    };
    // The page is one; a part of it is shown first. That part stays with the browser: servers see
    // one address.
    let answer = |secret: &LinkSecret, part: &str| {
        form.address(&format!("{}#{part}", presentation.base.partner_link(secret)))
    };
    let answers = |secret: &LinkSecret| {
        context! { confirm => answer(secret, "confirm"), decline => answer(secret, "decline") }
    };
    let own = match &notice.message {
        Message::Declined { booking, reason, link: mailed, .. }
        | Message::LinkReplaced { booking, reason, link: mailed, .. }
        | Message::LinkSent { booking, reason, link: mailed } => {
            let link = link(mailed, booking);
            context! { booking => view(booking), reason => lines(reason), link => link }
        }
        Message::LimitReached { booking, reason, rebooked_before } => {
            let (booking, reason) = (view(booking), lines(reason));
            context! { booking, reason, rebooked_before }
        }
        Message::Reminder { booking, link: mailed }
        | Message::NewDates { booking, link: mailed } => {
            context! { booking => view(booking), link => link(mailed, booking) }
        }
        Message::OrderRefused { booking, refused, link: mailed, rebooked_before } => {
            let refused = refused.map(|slot| slot_view(&slot, language));
            let (booking, link) = (view(booking), link(mailed, booking));
            context! { booking, refused, link, rebooked_before }
        }
        Message::Rebooked {
            before,
            after,
            consequence,
            confirmed,
            declined,
            page,
            backups,
            exchange,
        } => {
            context! {
                before => view(before),
                after => view(after),
                price => price(*consequence, language),
                confirmed => confirmed,
                declined => declined.is_some(),
                reason => declined.as_ref().map(lines).unwrap_or_default(),
                page => page.as_ref().map(|secret| {
                    let page = presentation.base.customer_link(secret);
                    form.address(&match (*exchange, *backups) {
                        (true, _) => format!("{page}#exchange"),
                        (false, true) => format!("{page}#backups"),
                        (false, false) => page,
                    })
                }),
                backups => backups,
                exchange => exchange,
            }
        }
        Message::BookingRequest { booking, answer } => {
            let guest = line(booking.customer.name.expose());
            context! { booking => view(booking), guest, answer => answers(answer) }
        }
        Message::PartnerRequest { booking, before, answer } => context! {
            booking => view(booking),
            before => view(before),
            guest => line(booking.customer.name.expose()),
            answer => answers(answer),
        },
        Message::PartnerReminder { booking, before, asked_at, answer } => context! {
            booking => view(booking),
            before => before.as_ref().map(view),
            guest => line(booking.customer.name.expose()),
            asked => format::long_day(language, booking.slot.zone.local(*asked_at)),
            answer => answers(answer),
        },
        Message::PartnerWithdrawn { booking } | Message::PartnerReleased { booking } => {
            context! { booking => view(booking), guest => line(booking.customer.name.expose()) }
        }
        Message::CalledOff { booking, why } => {
            let why = match why {
                CancelReason::Refunded => "refunded",
                CancelReason::OrderCancelled => "order_cancelled",
                CancelReason::Support | CancelReason::Superseded => "support",
            };
            context! { booking => view(booking), why => why }
        }
        Message::PartnerConfirmed { booking } => context! { booking => view(booking) },
    };
    context! {
        language => language.as_str(),
        brand => brand(&presentation.brand, form),
        name => line(notice.name.expose()),
        calendar => method.map(Method::as_str),
        ..own
    }
}

/// What is being filled.
#[derive(Clone, Copy)]
pub(super) enum Form {
    Text,
    Html,
}

impl Form {
    /// An address that was checked when it was made: of what it can hold only the ampersand means
    /// something to a page. Everything else stays as it is, so that a link can be copied out of the
    /// source of a mail too.
    fn address(self, url: &str) -> Value {
        match self {
            Self::Text => Value::from(url),
            Self::Html => Value::from_safe_string(url.replace('&', "&amp;")),
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
        mailto => mailto_url(&brand.support_email),
        phone => brand.phone.as_ref().map(|phone| phone.as_str()),
        tel_url => brand.phone.as_ref().map(|phone| phone.tel_url()),
        home_page => form.address(brand.home_page.as_str()),
        light => brand.primary_light.to_string(),
        light_ink => brand.primary_light.text_color().to_string(),
        light_text => brand.primary_light.readable_on(CARDS.0).to_string(),
        dark => brand.primary_dark.to_string(),
        dark_ink => brand.primary_dark.text_color().to_string(),
        dark_text => brand.primary_dark.readable_on(CARDS.1).to_string(),
    }
}

fn booking(booking: &Booking, language: Language, presentation: &Presentation) -> Value {
    context! {
        order => booking.order_number.as_str(),
        course => line(&booking.course.name),
        participants => booking.participants.count(),
        place => presentation.place_of(booking),
        ..slot_view(&booking.slot, language)
    }
}

fn slot_view(slot: &Slot, language: Language) -> Value {
    context! {
        date => format::long_day(language, slot.local_start()),
        times => format::times(language, slot),
    }
}

fn link(
    link: &MailedLink,
    zone: VenueZone,
    at: DateTime<Utc>,
    language: Language,
    address: Value,
) -> Value {
    let (whole, left) = (link.expires_at - link.issued_at, link.expires_at - at);
    // A mail that goes out a little after its link was made names the whole time: 30 days, and not
    // 29 and a bit.
    let aged = (whole - left) * 24 >= whole;
    let until = zone.local(link.expires_at);
    context! {
        address => address,
        validity => validity(if aged { left } else { whole }, language),
        aged => aged,
        until => format::moment(language, until),
        day => format::long_day(language, until),
        time => format::clock_in_words(language, until),
    }
}

/// So much time in days, to the nearest, or in hours where it is less than one.
fn validity(time: TimeDelta, language: Language) -> String {
    let (days, hours) =
        ((time + TimeDelta::hours(12)).num_days(), (time + TimeDelta::minutes(30)).num_hours());
    let count = |number: i64| u64::try_from(number).unwrap_or_default();
    if time < TimeDelta::days(1) {
        text!(language, "mail-hours", count = count(hours.max(1)))
    } else {
        text!(language, "mail-days", count = count(days))
    }
}

fn price(consequence: PriceAdjustment, language: Language) -> Value {
    let (absorbed, refund, due) = match consequence {
        PriceAdjustment::Same => (None, None, None),
        PriceAdjustment::Absorbed(amount) => (Some(amount), None, None),
        PriceAdjustment::Refund(amount) => (None, Some(amount), None),
        PriceAdjustment::ToPay(amount) => (None, None, Some(amount)),
    };
    let amount = |money: Option<_>| money.map(|money| format::amount(language, money));
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
    fn a_link_that_has_waited_is_still_valid_for_what_is_left() {
        let issued_at = DateTime::UNIX_EPOCH;
        let secret = LinkSecret::parse(&"x".repeat(LinkSecret::LENGTH)).unwrap();
        let mailed = MailedLink { secret, issued_at, expires_at: issued_at + TimeDelta::days(30) };
        for (later, aged, left) in [
            (TimeDelta::minutes(5), false, "30 Tage"),
            (TimeDelta::days(23), true, "7 Tage"),
            (TimeDelta::days(23) + TimeDelta::minutes(5), true, "7 Tage"),
            (TimeDelta::days(30) - TimeDelta::hours(3), true, "3 Stunden"),
        ] {
            let link = link(
                &mailed,
                VenueZone::BERLIN,
                issued_at + later,
                Language::GERMAN,
                Value::from(""),
            );
            assert_eq!(link.get_attr("aged").unwrap().is_true(), aged, "{later}");
            assert_eq!(link.get_attr("validity").unwrap().as_str(), Some(left), "{later}");
        }
    }

    #[test]
    fn a_validity_is_told_in_days_or_hours() {
        for (time, german, english) in [
            (TimeDelta::days(30), "30 Tage", "30 days"),
            (TimeDelta::days(1), "1 Tag", "1 day"),
            (TimeDelta::hours(47), "2 Tage", "2 days"),
            (TimeDelta::days(7) - TimeDelta::minutes(5), "7 Tage", "7 days"),
            (TimeDelta::hours(25), "1 Tag", "1 day"),
            (TimeDelta::hours(23), "23 Stunden", "23 hours"),
            (TimeDelta::hours(1), "1 Stunde", "1 hour"),
            (TimeDelta::minutes(5), "1 Stunde", "1 hour"),
        ] {
            assert_eq!(validity(time, Language::GERMAN), german);
            assert_eq!(validity(time, Language::ENGLISH), english);
        }
    }
}
