//! How far a placement has come, as the durable checkpoint keeps it. What it does not say, the
//! markers in the shop do.

use rebooking_core::effect::Checkpoint;

/// The last step that was begun or done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The next call writes.
    Begun,
    /// The linked order is made: its key in the shop.
    Placed(i64),
}

impl Step {
    pub(super) fn write(self) -> Checkpoint {
        Checkpoint(match self {
            Self::Begun => "begun".to_owned(),
            Self::Placed(order) => format!("placed {order}"),
        })
    }

    /// What cannot be read is taken for nothing: the shop is asked.
    pub(super) fn read(checkpoint: &Checkpoint) -> Option<Self> {
        match checkpoint.0.split_once(' ') {
            Some(("placed", order)) => order.parse().ok().map(Self::Placed),
            Some(_) => None,
            None if checkpoint.0 == "begun" => Some(Self::Begun),
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_survives_and_what_is_none_is_nothing() {
        for step in [Step::Begun, Step::Placed(42)] {
            assert_eq!(Step::read(&step.write()), Some(step));
        }
        for text in ["", "created 1 2 3", "placed", "placed x"] {
            assert_eq!(Step::read(&Checkpoint(text.to_owned())), None, "{text}");
        }
    }
}
