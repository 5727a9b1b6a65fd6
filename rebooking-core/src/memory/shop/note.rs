//! How far a call has come, in the words of the checkpoint.

use crate::effect::Checkpoint;
use crate::rebooking::PlacedOrder;
use crate::value::booking::OrderNumber;
use crate::value::ids::{OrderId, OrderItemId};

/// How far a call has come, as the checkpoint keeps it.
pub(super) enum Note {
    Nothing,
    Begun,
    Created(PlacedOrder),
}

impl Note {
    pub(super) fn write(&self) -> Checkpoint {
        Checkpoint(match self {
            Self::Nothing => String::new(),
            Self::Begun => "begun".to_owned(),
            Self::Created(PlacedOrder { id, number, item }) => {
                format!("created {id} {item} {number}")
            }
        })
    }

    pub(super) fn read(checkpoint: &Checkpoint) -> Self {
        let words: Vec<&str> = checkpoint.0.split_whitespace().collect();
        match words.as_slice() {
            [] => Self::Nothing,
            ["created", id, item, number] => {
                match (id.parse(), item.parse(), OrderNumber::parse(number)) {
                    (Ok(id), Ok(item), Ok(number)) => Self::Created(PlacedOrder {
                        id: OrderId::new(id),
                        number,
                        item: OrderItemId::new(item),
                    }),
                    _ => Self::Begun,
                }
            }
            _ => Self::Begun,
        }
    }
}
