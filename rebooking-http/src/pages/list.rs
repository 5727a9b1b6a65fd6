//! Lists that come in pages, and the choice of what is in them.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::ports::reports::PageRequest;

use super::locale::PageLocale;
use crate::messages::text;

/// `page.paging` in the templates.
pub(super) fn paging(locale: &PageLocale, page: PageRequest, total: u64) -> Value {
    let last = total.div_ceil(u64::from(page.size)).max(1);
    let number = u64::from(page.number);
    let to = |number: u64| locale.with("page", &number.to_string());
    context! {
        text => text!(
            locale.language(),
            "portal-part",
            page = number,
            last,
            total
        ),
        previous => (number > 1).then(|| to((number - 1).min(last))),
        next => (number < last).then(|| to(number + 1)),
    }
}

/// `page.filters` in the templates: each of these words, with its name, as a link to the first page
/// of the list that it narrows.
pub(super) fn filters(
    locale: &PageLocale,
    current: &str,
    words: impl IntoIterator<Item = (&'static str, String)>,
) -> Vec<Value> {
    let first_page = locale.without("page");
    let filter = |(value, name)| {
        let (href, current) = (first_page.with("status", value), value == current);
        context! { value, name, href, current }
    };
    words.into_iter().map(filter).collect()
}

/// The same words to pick one from in a form.
pub(super) fn choices<'a>(
    picked: &str,
    words: impl IntoIterator<Item = (&'a str, String)>,
) -> Vec<Value> {
    let choice = |(value, name): (&str, String)| tick(value, name, value == picked);
    words.into_iter().map(choice).collect()
}

/// One of several that can be ticked or picked.
pub(super) fn tick(value: &str, name: String, ticked: bool) -> Value {
    context! { value, name, ticked }
}
