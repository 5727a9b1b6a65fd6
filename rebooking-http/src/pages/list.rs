//! Lists that come in pages, and the choice of what is in them.

use rebooking_core::ports::reports::PageRequest;
use serde::Serialize;

use super::locale::PageLocale;
use crate::messages::text;

/// `page.paging` in the templates.
#[derive(Serialize)]
pub(super) struct Paging {
    text: String,
    previous: Option<String>,
    next: Option<String>,
}

impl Paging {
    pub(super) fn new(locale: &PageLocale, page: PageRequest, total: u64) -> Self {
        let last = total.div_ceil(u64::from(page.size)).max(1);
        let number = u64::from(page.number);
        let to = |number: u64| locale.with("page", &number.to_string());
        Self {
            text: text!(locale.language(), "portal-part", page = number, last, total),
            previous: (number > 1).then(|| to((number - 1).min(last))),
            next: (number < last).then(|| to(number + 1)),
        }
    }
}

/// One way to narrow a list.
#[derive(Serialize)]
pub(super) struct Filter {
    value: &'static str,
    name: String,
    href: String,
    current: bool,
}

impl Filter {
    /// A filter as a link to the first page of its list.
    pub(super) fn new(
        locale: &PageLocale,
        value: &'static str,
        name: String,
        current: bool,
    ) -> Self {
        let href = PageLocale::with(&locale.without("page"), "status", value);
        Self { value, name, href, current }
    }
}

/// One of several that can be ticked or picked.
#[derive(Serialize)]
pub(super) struct Tick {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) ticked: bool,
}
