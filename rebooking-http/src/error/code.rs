//! The codes of errors: stable, each with its status, and listed in `errors.md`.

use http::StatusCode;

macro_rules! codes {
    (
        described { $($status:literal $name:ident $word:literal)* }
        others { $($other_status:literal $other:ident $other_word:literal)* }
    ) => {
        /// What went wrong, in a word that programs may rely on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Code {
            $($name,)*
            $($other,)*
        }

        impl Code {
            #[cfg(test)]
            pub(crate) const ALL: &'static [Self] = &[$(Self::$name,)* $(Self::$other,)*];

            /// What the description of the API tells of, each with its answers in both languages
            /// as the tests expect them.
            #[cfg(feature = "openapi")]
            pub(crate) const EXAMPLES: &'static [(Self, &'static str)] = &[$((
                Self::$name,
                include_str!(concat!("../../tests/expected/errors/", $word, ".json")),
            ),)*];

            pub(crate) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)*
                    $(Self::$other => $other_word,)*
                }
            }

            pub(crate) fn status(self) -> StatusCode {
                let number = match self {
                    $(Self::$name => $status,)*
                    $(Self::$other => $other_status,)*
                };
                StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    };
}

codes! {
    described {
        400 MalformedBody "malformed_body"
        401 NotSignedIn "not_signed_in"
        403 CrossSite "cross_site"
        403 WrongRole "wrong_role"
        403 EmailMismatch "email_mismatch"
        404 TokenUnknown "token_unknown"
        404 NotFound "not_found"
        405 MethodNotAllowed "method_not_allowed"
        408 RequestTimeout "request_timeout"
        409 SoldOut "sold_out"
        409 DateNotOffered "date_not_offered"
        409 PriceChanged "price_changed"
        409 PartnerNotAskedYet "partner_not_asked_yet"
        409 RebookingOver "rebooking_over"
        409 LinkExpired "link_expired"
        409 LinkCancelled "link_cancelled"
        409 LinkUsed "link_used"
        409 ConfirmationClosed "confirmation_closed"
        409 RebookingLive "rebooking_live"
        409 ChooseItem "choose_item"
        409 CaseOpen "case_open"
        409 NothingToMove "nothing_to_move"
        409 CaseTaken "case_taken"
        409 EffectNotIdle "effect_not_idle"
        409 OrderCannotBeSkipped "order_cannot_be_skipped"
        409 EnoughWishes "enough_wishes"
        409 BackupsClosed "backups_closed"
        409 DateFixed "date_fixed"
        409 Forgotten "forgotten"
        410 TokenExpired "token_expired"
        410 TokenCancelled "token_cancelled"
        410 TokenSuperseded "token_superseded"
        410 TokenUsed "token_used"
        413 BodyTooLarge "body_too_large"
        415 UnsupportedMediaType "unsupported_media_type"
        422 InvalidField "invalid_field"
        429 TooManyRequests "too_many_requests"
        429 TooManyAttempts "too_many_attempts"
        429 AttemptsExhausted "attempts_exhausted"
        500 Broken "broken"
        500 Internal "internal"
        501 ReportsLeftOut "reports_left_out"
        503 TryLater "try_later"
        503 OutcomeUnknown "outcome_unknown"
        503 AnswerTimeout "answer_timeout"
    }
    // On pages, or not yet anywhere.
    others {
        403 StaleForm "stale_form"
        409 OrderStands "order_stands"
        409 CaseChanged "case_changed"
        409 Conflict "conflict"
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_list_for_readers_has_every_code_with_its_status_and_no_other() {
        let known: BTreeSet<_> =
            Code::ALL.iter().map(|code| (code.status().as_u16(), code.as_str())).collect();
        let rows =
            include_str!("../../errors.md").lines().filter(|line| line.starts_with("| ")).skip(1);
        let listed: BTreeSet<_> = rows
            .flat_map(|row| {
                let mut cells = row.split('|').skip(1);
                let status: u16 = cells.next().unwrap().trim().parse().unwrap();
                cells.next().unwrap().split('`').skip(1).step_by(2).map(move |word| (status, word))
            })
            .collect();
        assert_eq!(listed, known);
        assert_eq!(known.len(), Code::ALL.len(), "none is there twice");
    }
}
