//! Which events of a case others are told of.

use crate::value::words::words;

words! {
    /// What has happened to a case. An event names no link and no address.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    // Exhaustive: whoever reads it handles each.
    pub enum EventKind, "kind of event" {
        /// A case has begun: its first link was issued.
        CaseOpened = "case.opened",
        /// The first mail with the link was handed over.
        LinkMailed = "link.mailed",
        /// A person has opened the page for the first time.
        LinkOpened = "link.opened",
        /// A date was chosen, by the customer or by support.
        RebookingChosen = "rebooking.chosen",
        /// The shop has made the order.
        OrderMade = "order.made",
        /// The shop has refused the order for good.
        OrderRefused = "order.refused",
        /// The partner will give the new date.
        RebookingConfirmed = "rebooking.confirmed",
        /// The partner has declined the new date, or withdrawn it.
        RebookingDeclinedAgain = "rebooking.declined_again",
        /// Support or the shop has called the rebooking off.
        RebookingCancelled = "rebooking.cancelled",
        /// The link has expired unused; again, where it was extended meanwhile.
        LinkExpired = "link.expired",
        /// The customer has said what would fit, or wants the money back.
        WishReceived = "wish.received",
        /// The personal data of the case was wiped.
        CaseForgotten = "case.forgotten",
    }
}

impl EventKind {
    /// Whether a date had been chosen by then, so that the event says which.
    #[must_use]
    pub const fn follows_a_choice(self) -> bool {
        match self {
            Self::RebookingChosen
            | Self::OrderMade
            | Self::OrderRefused
            | Self::RebookingConfirmed
            | Self::RebookingDeclinedAgain
            | Self::RebookingCancelled => true,
            Self::CaseOpened
            | Self::LinkMailed
            | Self::LinkOpened
            | Self::LinkExpired
            | Self::WishReceived
            | Self::CaseForgotten => false,
        }
    }
}
