//! One type per identity, so that an order is never mistaken for an order item.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(i64);

        impl $name {
            /// Wraps the number that the owner of this identity gave out.
            #[must_use]
            pub const fn new(value: i64) -> Self {
                Self(value)
            }

            /// The bare number, for columns and addresses.
            #[must_use]
            pub const fn value(self) -> i64 {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// The shop's key of an order; customers see the
    /// [`OrderNumber`](crate::value::booking::OrderNumber) instead.
    OrderId
);
id!(
    /// The shop's key of one line of an order: one course, one party.
    OrderItemId
);
id!(
    /// The shop's key of a course, whatever its dates.
    CourseId
);
id!(
    /// One dated run of a course.
    CourseDateId
);
id!(
    /// Who gives the course.
    PartnerId
);
id!(
    /// One request to a partner to confirm a booking (Feature 01).
    ConfirmationId
);
id!(
    /// One thing that the outside world must still be told, as the store numbers it.
    EffectId
);
id!(
    /// All links of one original booking. The number is that of the original order item, so no two
    /// cases can share a booking.
    CaseId
);

impl From<OrderItemId> for CaseId {
    fn from(original: OrderItemId) -> Self {
        Self(original.0)
    }
}

impl CaseId {
    /// The item of the original booking, whose number the case has.
    #[must_use]
    pub const fn original(self) -> OrderItemId {
        OrderItemId(self.0)
    }
}

/// One link of a case: its name everywhere but in the link itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
// Exhaustive: hosts write it as a literal.
pub struct TokenRef {
    /// The original booking that all of this is about.
    pub case: CaseId,
    /// Which link of the case: 1 for the first. An effect of the original booking, which comes
    /// before any link, has 0.
    pub step: u32,
}

impl TokenRef {
    /// The original booking itself, before any link.
    #[must_use]
    pub const fn booking(case: CaseId) -> Self {
        Self { case, step: 0 }
    }

    /// Whether it is a link, and not the original booking.
    #[must_use]
    pub const fn is_link(self) -> bool {
        self.step > 0
    }

    /// The first link of a case.
    #[must_use]
    pub const fn first(case: CaseId) -> Self {
        Self { case, step: 1 }
    }

    /// The link that follows this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self { case: self.case, step: self.step.saturating_add(1) }
    }
}

impl fmt::Display for TokenRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.case, self.step)
    }
}
