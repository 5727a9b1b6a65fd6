//! What people read: every message in German and English.

/// The German or the English of two texts; the other one is not made.
macro_rules! of {
    ($language:expr, $german:expr, $english:expr $(,)?) => {
        match $language {
            rebooking_core::value::customer::Language::German => $crate::messages::text($german),
            rebooking_core::value::customer::Language::English => $crate::messages::text($english),
        }
    };
}

/// Messages without any variable part.
macro_rules! messages {
    ($($name:ident: $german:literal, $english:literal;)*) => {$(
        pub(crate) fn $name(language: rebooking_core::value::customer::Language) -> String {
            of!(language, $german, $english)
        }
    )*};
}

mod error;
mod field;
#[cfg(feature = "pages")]
pub(crate) mod history;
#[cfg(feature = "pages")]
pub(crate) mod page;
#[cfg(feature = "pages")]
pub(crate) mod portal;
#[cfg(feature = "pages")]
pub(crate) mod support;

use rebooking_core::eligibility::PriceAdjustment;
use rebooking_core::service::Chosen;
use rebooking_core::value::customer::Language;
use rebooking_core::wish::WishKind;

pub(crate) use rebooking_core::presentation::format as calendar;

pub(crate) use error::{
    attempts_exhausted, broken, conflict, cross_site, email_mismatch, invalid_proposal,
    no_such_item, not_declared_json, not_found, not_json, not_received, not_signed_in,
    outcome_unknown, outcome_unknown_look_first, outcome_unknown_open_again, refusal,
    reports_left_out, stale_form, token_cancelled, token_expired, token_superseded, token_unknown,
    token_used, too_large, too_long, too_many_attempts, too_many_requests, too_slow, try_later,
    wrong_method, wrong_role,
};
pub(crate) use field::{invalid, mistaken, not_one_of, unknown_field};

fn text(text: impl Into<String>) -> String {
    text.into()
}

messages! {
    new_link:
        "Wenn dieser Link abgelaufen ist, schicken wir einen neuen an die E-Mail-Adresse der Buchung.",
        "If this link has expired, we will send a new one to the e-mail address of the booking.";
}

/// The thanks for a wish, and what happens next.
pub(crate) fn wish_taken(language: Language, kind: WishKind) -> String {
    match kind {
        WishKind::NewDates => of!(
            language,
            "Vielen Dank! Wir schreiben Ihnen eine E-Mail, sobald es neue Termine für diesen Kurs gibt.",
            "Thank you! We will send you an e-mail as soon as there are new dates for this course.",
        ),
        WishKind::Other => of!(
            language,
            "Vielen Dank! Ihre Wünsche sind bei unserem Support-Team angekommen. Es meldet sich bei Ihnen, um eine Lösung zu finden.",
            "Thank you! Your wishes have reached our support team. They will contact you to find a solution.",
        ),
        WishKind::MoneyBack => of!(
            language,
            "Vielen Dank! Ihre Anfrage ist bei unserem Support-Team angekommen. Es meldet sich bei Ihnen und kümmert sich um die Erstattung.",
            "Thank you! Your request has reached our support team. They will contact you and take care of the refund.",
        ),
    }
}

/// The answer of success to a customer's choice.
pub(crate) fn chosen(language: Language, chosen: &Chosen) -> String {
    let when = calendar::start(language, &chosen.slot);
    let mut message = of!(
        language,
        format!(
            "Ihre Buchung wurde auf den neuen Termin umgebucht: {when}. Sie erhalten in Kürze eine Bestätigung per E-Mail. Sobald der Partner den Termin bestätigt hat, schreiben wir Ihnen noch einmal."
        ),
        format!(
            "Your booking has been moved to the new date: {when}. You will receive an e-mail shortly, and another one as soon as the partner has confirmed the date."
        ),
    );
    let more = match chosen.consequence {
        PriceAdjustment::Same | PriceAdjustment::Absorbed(_) => return message,
        PriceAdjustment::Refund(amount) => {
            let amount = calendar::amount(language, amount);
            of!(
                language,
                format!(" Die Differenz von {amount} erstatten wir Ihnen."),
                format!(" We will refund the difference of {amount}."),
            )
        }
        PriceAdjustment::ToPay(amount) => {
            let amount = calendar::amount(language, amount);
            of!(
                language,
                format!(
                    " Der Mehrpreis von {amount} ist noch zu zahlen. Wegen der Zahlung melden wir uns bei Ihnen."
                ),
                format!(
                    " The difference of {amount} remains to be paid. We will contact you about the payment."
                ),
            )
        }
    };
    message.push_str(&more);
    message
}
