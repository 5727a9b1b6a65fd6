//! The demo: courses and bookings to play with, the mails that were caught, and lines to paste.

mod data;
mod fakes;
mod mails;
mod overview;
mod pages;
mod roles;
mod routes;
mod story;

use std::sync::Arc;

use rebooking_core::Rebookings;
use rebooking_core::memory::MemoryMailer;
use rebooking_core::ports::PortError;
use rebooking_core::ports::reports::PageRequest;
use rebooking_core::presentation::{BaseUrl, Presentation};
use rebooking_core::value::customer::EmailAddress;
use rebooking_smtp::{MailSettings, Renderer};

use crate::config::Config;
use crate::wiring::Wired;
use data::{Courses, Waiting};

pub(crate) use fakes::Fakes;
pub(crate) use roles::well_known;
pub(crate) use routes::WithDemo;

/// A handle to the demo.
#[derive(Clone)]
pub(crate) struct Demo(Arc<Inner>);

struct Inner {
    rebookings: Rebookings,
    mailer: MemoryMailer,
    /// Shows caught mails as they would have been sent.
    renderer: Renderer,
    mails_leave: bool,
    style_sheet: String,
    base: BaseUrl,
    in_memory: bool,
    random_key: bool,
    courses: Courses,
    waiting: Vec<Waiting>,
}

impl Demo {
    /// Puts courses, dates and bookings into shop and store. Each booking waits for its partner's
    /// answer.
    pub(crate) async fn seed(
        wired: &Wired,
        config: &Config,
        base: &BaseUrl,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let courses = Courses::from(wired.rebookings.ports().clock.now())?;
        let waiting = data::seed(&courses, wired).await?;
        let sender = EmailAddress::parse("buchung@example.com")?;
        let presentation = Presentation::new(base.clone()).with_brand(config.brand.clone());
        let settings = MailSettings::new(presentation, sender);
        Ok(Self(Arc::new(Inner {
            rebookings: wired.rebookings.clone(),
            mailer: wired.fakes.mailbox.clone(),
            renderer: config.templates.renderer(settings),
            mails_leave: config.mail.is_some(),
            style_sheet: wired.service.style_sheet().to_owned(),
            base: base.clone(),
            in_memory: config.database.is_none(),
            random_key: wired.random_key,
            courses,
            waiting,
        })))
    }

    /// What the server says when it starts.
    pub(crate) fn greeting(&self) -> String {
        story::greeting(self.0.base.as_str(), self.0.in_memory, self.0.random_key)
    }

    /// Waits, for a moment at most, until what was asked for has been delivered, so that a mail is
    /// there when somebody looks for it.
    async fn settled(&self) -> Result<(), PortError> {
        let Some(reports) = &self.0.rebookings.ports().reports else { return Ok(()) };
        for _ in 0..100 {
            // One look: an effect that is done leaves others to do, which a second look would miss
            // between the two.
            let newest = reports.effects(None, PageRequest::new(1, 100)).await?;
            if newest.rows.iter().all(|effect| effect.state.is_over()) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        Ok(())
    }
}
