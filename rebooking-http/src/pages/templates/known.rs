//! What is the same on every page of a language, and known when the service begins.

use minijinja::context;
use minijinja::value::Value;
use rebooking_core::value::customer::Language;

use super::super::layout::Layout;
use crate::dto::customer::WEEK;
use crate::messages::calendar;

/// What `[[ … ]]` may name.
pub(crate) fn known(frame: &Layout, language: Language) -> Value {
    let weekday = |(day, value)| context! { value, name => calendar::weekday(language, day) };
    let month = |(number, name): (u32, &str)| context! { value => number, name };
    context! {
        shell => frame.known(language),
        weekdays => WEEK.map(weekday).to_vec(),
        months => (1..).zip(calendar::months(language)).map(month).collect::<Vec<_>>(),
    }
}
