//! Where a page of a list begins.

use rebooking_core::ports::reports::PageRequest;

pub(super) fn offset(page: PageRequest) -> i64 {
    i64::try_from(page.offset()).unwrap_or(i64::MAX)
}
