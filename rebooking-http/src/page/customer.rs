//! The customer's page: `/rebook/{token}` shows, and every form on it comes back to the same address, so that no page holds the link.

mod booked;
mod choose;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderMap, Method, StatusCode};
use minijinja::value::{Serde, Value};
use rebooking_core::RebookError;
use rebooking_core::customer::Language;
use rebooking_core::ids::CourseDateId;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, NewWish, Shown};
use rebooking_core::token::{CancelReason, RebookingToken, Spent};
use rebooking_core::wish::WishKind;

use super::notice::Notice;
use super::{Spoken, refused, see_other};
use crate::customer::note_visit;
use crate::input::{self, Fields, Form, Link};
use crate::reply::{Fault, Refused};
use crate::service::App;
use crate::text::page as text;
use crate::wire::customer::read_weekday;
use booked::Booked;
use choose::{Choose, Typed, mistaken};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/rebook/{token}", get(show).post(act))
}

/// What the last form led to, as the address of the page says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Wish,
    NewLink,
}

impl Told {
    const fn word(self) -> &'static str {
        match self {
            Self::Wish => "wish",
            Self::NewLink => "new-link",
        }
    }

    fn of(params: &Fields) -> Option<Self> {
        let said = params.text("said")?;
        [Self::Wish, Self::NewLink].into_iter().find(|told| told.word() == said)
    }
}

async fn show(
    State(app): State<App>,
    Link(link): Link,
    spoken: Spoken,
    params: Fields,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let told = Told::of(&params);
    match app.rebookings().show(&link).await {
        Ok(shown) => {
            note_visit(&app, &shown, &method, &headers).await;
            let spoken = spoken.of_booking(shown.token.booking.customer.language);
            let notice = told.map(|told| Notice::good(text::told(spoken.language(), told == Told::Wish)));
            Ok(choose_page(&app, &spoken, StatusCode::OK, &shown, notice, Typed::default()))
        }
        Err(RebookError::Gone { why, token }) => {
            let spoken = spoken.of_booking(token.booking.customer.language);
            match why {
                Spent::Used { .. } => Ok(booked_page(&app, &spoken, &token)),
                Spent::Expired { .. } | Spent::Cancelled { why: CancelReason::Superseded, .. }
                    if told == Some(Told::NewLink) =>
                {
                    Ok(refused::new_link_asked_for(app.pages(), &spoken))
                }
                Spent::Expired { .. } | Spent::Cancelled { .. } => {
                    Ok(refused::page(&app, &RebookError::Gone { why, token }.into(), &spoken))
                }
            }
        }
        Err(error) => Err(error.into()),
    }
}

/// One form, whichever of its buttons was pressed.
async fn act(
    State(app): State<App>,
    Link(link): Link,
    spoken: Spoken,
    Form(form): Form,
) -> Result<Response, Refused> {
    if form.text("newLink").is_some() {
        app.rebookings().new_link_please(&link).await?;
        return Ok(see_other(&spoken.onward(Told::NewLink.word())));
    }
    let done = match form.text("wish") {
        Some(kind) => wish(&app, &link, &form, kind).await.map(|()| spoken.onward(Told::Wish.word())),
        None => choose(&app, &link, &form).await.map(|()| spoken.onward("done")),
    };
    match done {
        Ok(onward) => Ok(see_other(&onward)),
        Err(Refused::Core(RebookError::Gone { why: Spent::Used { .. }, .. })) => {
            Ok(see_other(&spoken.onward("used")))
        }
        Err(refused) => again(&app, &link, spoken, &form, refused).await,
    }
}

async fn choose(app: &App, link: &LinkSecret, form: &Fields) -> Result<(), Refused> {
    let email = input::email("customerEmail", form.text("customerEmail").unwrap_or_default());
    let (date, total) =
        form.text("choice").and_then(|choice| choice.split_once(':')).ok_or(Fault::field("choice"))?;
    let date = date.parse().map_err(|_| Fault::field("choice"))?;
    let choice =
        Choice { date: CourseDateId::new(date), email: email?, expected_total: Some(total.to_owned()) };
    app.rebookings().choose(link, &choice).await?;
    Ok(())
}

async fn wish(app: &App, link: &LinkSecret, form: &Fields, kind: &str) -> Result<(), Refused> {
    let none = NewWish {
        email: input::email("customerEmail", form.text("customerEmail").unwrap_or_default())?,
        kind: WishKind::NewDates,
        text: input::text("text", "")?,
        weekdays: Vec::new(),
        months: Vec::new(),
    };
    let wish = match kind {
        "new_dates" => none,
        "other" => NewWish {
            kind: WishKind::Other,
            text: input::text("text", form.text("text").unwrap_or_default())?,
            weekdays: form.all("weekdays").map(read_weekday).collect::<Result<_, _>>()?,
            months: form.all("months").map(read_month).collect::<Result<_, _>>()?,
            ..none
        },
        "money_back" => NewWish {
            kind: WishKind::MoneyBack,
            text: input::text("refundText", form.text("refundText").unwrap_or_default())?,
            ..none
        },
        _ => return Err(Fault::field("wish").into()),
    };
    app.rebookings().wish(link, &wish).await?;
    Ok(())
}

fn read_month(month: &str) -> Result<u32, Fault> {
    month.parse().map_err(|_| Fault::field("months"))
}

/// The page once more, with what was wrong, and with what was typed: nobody has to write anything twice.
async fn again(
    app: &App,
    link: &LinkSecret,
    spoken: Spoken,
    form: &Fields,
    refused: Refused,
) -> Result<Response, Refused> {
    if !refused.is_about_the_form() {
        return Err(refused);
    }
    let shown = app.rebookings().show(link).await?;
    let spoken = spoken.of_booking(shown.token.booking.customer.language);
    let told = refused.told(&app.caller(spoken.language()));
    let notice = mistaken(spoken.language(), &told);
    let mut page = choose_page(app, &spoken, told.status, &shown, Some(notice), Typed::of(form));
    told.retry_in(page.headers_mut());
    Ok(page)
}

fn choose_page(
    app: &App,
    spoken: &Spoken,
    status: StatusCode,
    shown: &Shown,
    notice: Option<Notice>,
    typed: Typed,
) -> Response {
    let view = Choose::of(spoken.language(), shown, app.rebookings().policy().money_back, notice, typed);
    app.pages().page(status, "customer/choose.html", spoken, view)
}

fn booked_page(app: &App, spoken: &Spoken, token: &RebookingToken) -> Response {
    match Booked::of(spoken.language(), token) {
        Some(view) => app.pages().page(StatusCode::OK, "customer/booked.html", spoken, view),
        None => refused::page(app, &RebookError::UnknownLink.into(), spoken),
    }
}

/// Every template of the customer's with something to fill it with.
pub(super) fn samples(language: Language) -> Vec<(&'static str, Value)> {
    let mut samples: Vec<(&'static str, Value)> = Vec::new();
    samples.extend(
        Choose::samples(language).into_iter().map(|view| ("customer/choose.html", Value::from(Serde(view)))),
    );
    samples.extend(
        Booked::samples(language).into_iter().map(|view| ("customer/booked.html", Value::from(Serde(view)))),
    );
    samples
}
