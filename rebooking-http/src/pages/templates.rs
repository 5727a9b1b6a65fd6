//! The templates of pages: the built-in ones, compiled into the program, and how they are checked.

pub(crate) mod kind;
mod known;
pub(super) mod precompiled;
mod samples;

use minijinja::Error;
use rebooking_core::presentation::BaseUrl;
use rebooking_core::presentation::locales::Locales;
use rebooking_core::presentation::templates::{Faults, TemplateKind};

use super::locale::PageLocale;
use super::renderer::Pages;
use super::visitor::Visitor;
use crate::{HttpSettings, StaticTokens};

use samples::SamplePages;

pub use kind::{PageTemplateKind, Templates};

impl TemplateKind for PageTemplateKind {
    const BUILT_IN: &'static [(&'static str, &'static str)] = BUILT_IN;

    fn compile(templates: &Templates, name: &str, source: &str) -> Result<(), Error> {
        precompiled::read(templates, name, source)
    }

    fn render_samples(templates: &Templates, faults: &mut Faults) {
        let pages = Pages::new(&HttpSettings {
            templates: templates.clone(),
            ..HttpSettings::new(BaseUrl::default(), StaticTokens::default())
        });
        pages.templates.faults().iter().cloned().for_each(|fault| faults.push(fault));
        if !faults.is_empty() {
            // Whatever includes them is at no fault, and cannot be filled without them.
            return;
        }
        let samples = match SamplePages::load() {
            Ok(samples) => samples,
            Err(error) => return faults.note("samples.json", Err::<(), _>(error)),
        };
        let visitors = Visitor::samples();
        for language in Locales::of_process().languages() {
            let locale = PageLocale::only(language);
            for (template, page, visitor) in samples.shown_to(&visitors) {
                let shown = pages.layout.around(&locale, visitor, page.clone());
                faults.note(template, pages.templates.fill(template, language, shown));
            }
        }
    }
}

macro_rules! templates {
    ($($name:literal)*) => {
        const BUILT_IN: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../pages/", $name)))),*];
    };
}

templates! {
    "base.html"
    "notice.html"
    "refused.html"
    "csrf.html"
    "filters.html"
    "paging.html"
    "sign_in.html"
    "honeypot.html"
    "customer/address.html"
    "customer/calendar.html"
    "customer/cards.html"
    "customer/choose.html"
    "customer/booking.html"
    "customer/exchange.html"
    "customer/backups.html"
    "customer/kept.html"
    "customer/many.html"
    "customer/wishes.html"
    "customer/booked.html"
    "customer/support.html"
    "partner/answer.html"
    "partner/calendar.html"
    "partner/decline.html"
    "partner/rebookings.html"
    "partner/requests.html"
    "support/action.html"
    "support/case.html"
    "support/cases.html"
    "support/earnings.html"
    "support/effect.html"
    "support/effects_head.html"
    "support/effects.html"
    "support/link.html"
    "support/people.html"
    "support/skip.html"
    "support/step.html"
    "support/task.html"
}
