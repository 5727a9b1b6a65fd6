//! How our notes are told from those of people, and from one another: by a message id of their own.
//! Odoo does not keep it unique, so it is looked for before a note is added.

use rebooking_core::effect::EffectKey;
use rebooking_core::ports::TicketStage;

/// What follows the key and the stage.
const END: &str = "@rebooking.invalid>";

/// The message id of a note: which it is, and where the ticket belongs by it.
pub(crate) fn message_id(key: &EffectKey, stage: TicketStage) -> String {
    format!("<rebooking-{key}.{}{END}", stage.as_str())
}

/// What a note's message id is like, whatever its stage. Keys hold neither `.` nor `%` nor `_`, so
/// none is like another.
pub(crate) fn like(key: &EffectKey) -> String {
    format!("<rebooking-{key}.%{END}")
}

/// What the message ids of all our notes are like.
pub(crate) fn like_any() -> String {
    format!("<rebooking-%{END}")
}

/// Where a ticket belongs by one of our notes.
pub(crate) fn stage_of(message_id: &str) -> Option<TicketStage> {
    let (_, said) = message_id.strip_suffix(END)?.rsplit_once('.')?;
    said.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_id_says_which_note_it_is_and_where_the_ticket_belongs() {
        for stage in TicketStage::ALL {
            let id = message_id(&EffectKey::restore("7001-1-ticket-declined"), stage);
            assert!(id.starts_with("<rebooking-7001-1-ticket-declined."), "{id}");
            assert_eq!(stage_of(&id), Some(stage));
        }
        assert_eq!(stage_of("<CAF+1.solved@mail.example.com>"), None);
    }
}
