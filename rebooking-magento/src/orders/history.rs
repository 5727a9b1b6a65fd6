//! The markers of a key in an order's comments.

use rebooking_core::ports::PortError;

use crate::Magento;
use crate::client::{Call, Fault, Query, Session};
use crate::wire::{Comment, Found};

/// What the comments of the original say of a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct History {
    /// Nothing is made under it any more.
    pub(super) undone: bool,
    /// The order stays, for another date.
    pub(super) moved: bool,
    /// The linked order is made and was told.
    pub(super) linked: bool,
    /// The carts that were to become the order, in the order of their comments.
    pub(super) carts: Vec<i64>,
}

impl History {
    /// The one cart that all workers place.
    pub(super) fn cart(&self) -> Option<i64> {
        self.carts.first().copied()
    }

    fn read(comments: &[Comment], key: &str) -> Self {
        let mut comments: Vec<&Comment> = comments.iter().collect();
        comments.sort_by_key(|comment| comment.entity_id);
        let mut history = Self::default();
        for comment in comments {
            for mark in marks(comment.comment.or_empty(), key) {
                match mark {
                    "" => history.moved = true,
                    ":undone" => history.undone = true,
                    ":linked" => history.linked = true,
                    _ => {
                        let cart: Option<i64> =
                            mark.strip_prefix(":cart:").and_then(|id| id.parse().ok());
                        history.carts.extend(cart);
                    }
                }
            }
        }
        history
    }
}

/// What stands behind the key in each of its markers.
fn marks<'a>(text: &'a str, key: &str) -> impl Iterator<Item = &'a str> {
    let opening = format!("[rebooking:{key}");
    let parts: Vec<&str> = text.split(opening.as_str()).skip(1).collect();
    let marks = parts.into_iter().filter_map(|part| part.split_once(']').map(|(mark, _)| mark));
    // A longer key begins the same way.
    marks.filter(|mark| mark.is_empty() || mark.starts_with(':'))
}

/// Whether a text carries a marker.
pub(super) fn is_marked(text: &str, key: &str, mark: &str) -> bool {
    marks(text, key).any(|found| found == mark)
}

/// A marker, to be put at the end of a comment.
pub(super) fn marker(key: &str, mark: &str) -> String {
    format!("[rebooking:{key}{mark}]")
}

impl Magento {
    pub(super) async fn history(
        &self,
        session: &Session,
        order: i64,
        key: &str,
    ) -> Result<History, PortError> {
        Ok(History::read(&self.comments(session, order).await?, key))
    }

    async fn comments(&self, session: &Session, order: i64) -> Result<Vec<Comment>, Fault> {
        let call = Call::get("/orders/{}/comments", &[&order.to_string()]);
        let fields = Query::new().fields("items[entity_id,comment]");
        let found: Found<Comment> = session.send(call.query(fields)).await?;
        Ok(found.items.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comment(id: i64, text: &str) -> Comment {
        let json = serde_json::json!({ "entity_id": id, "comment": text });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn the_first_cart_counts_and_other_keys_do_not() {
        let comments = [
            comment(9, "… [rebooking:reb-7-1:cart:5]"),
            comment(3, "… [rebooking:reb-7-1:cart:4]"),
            comment(1, "… [rebooking:reb-7-11:undone] [rebooking:reb-7-12]"),
            comment(2, "a customer wrote [rebooking:reb-7-1"),
        ];
        let history = History::read(&comments, "reb-7-1");
        assert_eq!(history, History { carts: vec![4, 5], ..History::default() });
        assert_eq!(history.cart(), Some(4));
        assert!(History::read(&comments, "reb-7-11").undone);
        assert!(History::read(&comments, "reb-7-12").moved);
    }
}
