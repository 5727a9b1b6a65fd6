//! The demo: courses and bookings to play with, the mails that were caught, a clock and systems
//! that can be moved, and lines to paste.

mod clock;
mod controls;
mod data;
mod fakes;
mod footer;
mod history;
mod mails;
mod outside;
mod overview;
mod pages;
mod roles;
mod routes;
mod story;

use std::sync::Arc;

use rebooking_core::Rebookings;
use rebooking_core::presentation::{BaseUrl, Presentation};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::customer::EmailAddress;
use rebooking_smtp::{MailSettings, Renderer};
use tokio::sync::Mutex;

use crate::config::Config;
use crate::wiring::Wired;
use data::{Courses, Waiting};
use outside::System;

pub(crate) use fakes::{Fakes, policy};
pub(crate) use footer::with_footer;
pub(crate) use roles::well_known;
pub(crate) use routes::WithDemo;

/// A handle to the demo.
#[derive(Clone)]
pub(crate) struct Demo(Arc<Inner>);

struct Inner {
    rebookings: Rebookings,
    fakes: Fakes,
    /// The systems that are played here, and can be taken away.
    played: Vec<System>,
    /// Shows caught mails as they would have been sent.
    renderer: Renderer,
    mails_leave: bool,
    style_sheet: String,
    base: BaseUrl,
    in_memory: bool,
    random_key: bool,
    courses: Courses,
    waiting: Vec<Waiting>,
    /// Bookings of cases that have begun before the start.
    past: Vec<Booking>,
    /// Held by whoever moves the clock.
    moving: Mutex<()>,
}

impl Demo {
    /// Puts courses, dates and bookings into shop and store. Each booking waits for its partner's
    /// answer. Where nothing reaches anybody there is a history, too.
    pub(crate) async fn seed(
        wired: &Wired,
        config: &Config,
        base: &BaseUrl,
    ) -> Result<Self, Box<dyn std::error::Error>> {
        let ports = wired.rebookings.ports();
        let courses = data::courses(ports.clock.now())?;
        let waiting = data::seed(&courses, ports.store.as_ref(), &wired.fakes.shop).await?;
        let past = match fakes::is_play(config) {
            true => history::play(&wired.rebookings, &wired.fakes, &courses).await?,
            false => Vec::new(),
        };
        let sender = EmailAddress::parse("buchung@example.com")?;
        let presentation = Presentation::new(base.clone()).with_brand(config.brand.clone());
        let settings = MailSettings::new(presentation, sender);
        Ok(Self(Arc::new(Inner {
            rebookings: wired.rebookings.clone(),
            fakes: wired.fakes.clone(),
            played: fakes::played(config),
            renderer: config.templates.renderer(settings),
            mails_leave: config.mail.is_some(),
            style_sheet: wired.service.style_sheet().to_owned(),
            base: base.clone(),
            in_memory: config.database.is_none(),
            random_key: wired.random_key,
            courses,
            waiting,
            past,
            moving: Mutex::new(()),
        })))
    }

    /// What the server says when it starts.
    pub(crate) fn greeting(&self) -> String {
        story::greeting(self.0.base.as_str(), self.0.in_memory, self.0.random_key)
    }
}
