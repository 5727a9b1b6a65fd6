//! What the last form led to, in the address of the page that follows.

use rebooking_core::wish::WishKind;

/// What the last form led to, as the address of the page says it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flash {
    Booked,
    /// Somebody had used the link meanwhile.
    BookedBefore,
    Wish(WishKind),
    NewLink,
    /// Backups were named.
    Backups,
    /// All of them were taken back.
    NoBackups,
    /// A backup was exchanged for another date.
    Exchanged,
}

impl Flash {
    pub(super) const ALL: [Self; 9] = [
        Self::Booked,
        Self::BookedBefore,
        Self::Wish(WishKind::NewDates),
        Self::Wish(WishKind::Other),
        Self::Wish(WishKind::MoneyBack),
        Self::NewLink,
        Self::Backups,
        Self::NoBackups,
        Self::Exchanged,
    ];

    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "done",
            Self::BookedBefore => "used",
            Self::Wish(WishKind::NewDates) => "new-dates",
            Self::Wish(WishKind::Other) => "wish",
            Self::Wish(WishKind::MoneyBack) => "money-back",
            Self::NewLink => "new-link",
            Self::Backups => "backups",
            Self::NoBackups => "no-backups",
            Self::Exchanged => "exchanged",
        }
    }
}
