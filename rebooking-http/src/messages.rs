//! What people read: every message in German and English.

/// The table of texts, each in German and English. It makes a function of each: its name, what it
/// is
/// about, and the two texts, in which `{…}` names a parameter or what a `let` before them binds.
///
/// ```text
/// texts! { language =>
///     people(count: u32) => match count {
///         1 => "1 Person", "1 person";
///         count => "{count} Personen", "{count} people";
///     }
/// }
/// ```
macro_rules! texts {
    ($language:ident =>) => {};
    (
        $language:ident =>
        $(#[$doc:meta])*
        $name:ident($($parameter:ident: $type:ty),*) =>
            $(let $part:ident = $value:expr;)*
            $german:literal, $english:literal;
        $($rest:tt)*
    ) => {
        $(#[$doc])*
        pub(crate) fn $name($language: Language, $($parameter: $type),*) -> String {
            $(let $part = $value;)*
            pick!($language, $german, $english)
        }
        texts! { $language => $($rest)* }
    };
    (
        $language:ident =>
        $(#[$doc:meta])*
        $name:ident($($parameter:ident: $type:ty),*) =>
            $(let $part:ident = $value:expr;)*
            match $on:ident $(.$field:ident)* {
                $(
                    $pattern:pat $(if $guard:expr)? =>
                        $(let $bound:ident = $bound_value:expr;)*
                        $german:literal, $english:literal;
                )*
            }
        $($rest:tt)*
    ) => {
        $(#[$doc])*
        pub(crate) fn $name($language: Language, $($parameter: $type),*) -> String {
            $(let $part = $value;)*
            match $on $(.$field)* {
                $(
                    $pattern $(if $guard)? => {
                        $(let $bound = $bound_value;)*
                        pick!($language, $german, $english)
                    }
                )*
            }
        }
        texts! { $language => $($rest)* }
    };
}

/// The German or the English of two texts; the other one is not made.
macro_rules! pick {
    ($language:expr, $german:literal, $english:literal) => {
        match $language {
            Language::German => format!($german),
            Language::English => format!($english),
        }
    };
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

texts! { language =>
    new_link() =>
        "Wenn dieser Link abgelaufen ist, schicken wir einen neuen an die E-Mail-Adresse der \
         Buchung.",
        "If this link has expired, we will send a new one to the e-mail address of the booking.";
    /// The thanks for a wish, and what happens next.
    wish_taken(kind: WishKind) => match kind {
        WishKind::NewDates =>
            "Vielen Dank! Wir schreiben Ihnen eine E-Mail, sobald es neue Termine für diesen Kurs \
             gibt.",
            "Thank you! We will send you an e-mail as soon as there are new dates for this course.";
        WishKind::Other =>
            "Vielen Dank! Ihre Wünsche sind bei unserem Support-Team angekommen. Es meldet sich \
             bei Ihnen, um eine Lösung zu finden.",
            "Thank you! Your wishes have reached our support team. They will contact you to find \
             a solution.";
        WishKind::MoneyBack =>
            "Vielen Dank! Ihre Anfrage ist bei unserem Support-Team angekommen. Es meldet sich \
             bei Ihnen und kümmert sich um die Erstattung.",
            "Thank you! Your request has reached our support team. They will contact you and take \
             care of the refund.";
    }
    moved(chosen: &Chosen) =>
        let when = calendar::start(language, &chosen.slot);
        "Ihre Buchung wurde auf den neuen Termin umgebucht: {when}. Sie erhalten in Kürze eine \
         Bestätigung per E-Mail. Sobald der Partner den Termin bestätigt hat, schreiben wir Ihnen \
         noch einmal.",
        "Your booking has been moved to the new date: {when}. You will receive an e-mail shortly, \
         and another one as soon as the partner has confirmed the date.";
    /// The answer of success to a customer's choice.
    chosen(chosen: &Chosen) =>
        let moved = moved(language, chosen);
        match chosen.consequence {
            PriceAdjustment::Same | PriceAdjustment::Absorbed(_) => "{moved}", "{moved}";
            PriceAdjustment::Refund(amount) =>
                let amount = calendar::amount(language, amount);
                "{moved} Die Differenz von {amount} erstatten wir Ihnen.",
                "{moved} We will refund the difference of {amount}.";
            PriceAdjustment::ToPay(amount) =>
                let amount = calendar::amount(language, amount);
                "{moved} Der Mehrpreis von {amount} ist noch zu zahlen. Wegen der Zahlung melden \
                 wir uns bei Ihnen.",
                "{moved} The difference of {amount} remains to be paid. We will contact you about \
                 the payment.";
        }
}
