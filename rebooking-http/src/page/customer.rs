//! The customer's page: `/rebook/{token}` shows, and every form on it comes back to the same
//! address, so that no page holds the link.

mod booked;
mod choose;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderMap, Method, StatusCode};
use minijinja::value::{Serde, Value};
use rebooking_core::RebookError;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, LinkView, NewWish};
use rebooking_core::token::{CancelReason, LinkUnusable, RebookingToken};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::wish::WishKind;

use super::notice::Notice;
use super::{Spoken, refused, see_other};
use crate::calendar;
use crate::customer::{chosen, note_visit};
use crate::input::{self, Fields, Form, Link};
use crate::reply::{Fault, Refused};
use crate::service::App;
use crate::text::page as text;
use crate::wire::customer::read_weekday;
use booked::Booked;
use choose::{Choose, Typed, mistaken};

/// The parameter that asks for the date as a file. The link to it is seen from the page itself, so
/// that no page holds the link.
const CALENDAR: &str = "calendar";

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/rebook/{token}", get(show).post(act))
}

/// What the last form led to, as the address of the page says it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Booked,
    /// Somebody had used the link meanwhile.
    BookedBefore,
    Wish(WishKind),
    NewLink,
}

impl Told {
    const ALL: [Self; 6] = [
        Self::Booked,
        Self::BookedBefore,
        Self::Wish(WishKind::NewDates),
        Self::Wish(WishKind::Other),
        Self::Wish(WishKind::MoneyBack),
        Self::NewLink,
    ];

    const fn word(self) -> &'static str {
        match self {
            Self::Booked => "done",
            Self::BookedBefore => "used",
            Self::Wish(WishKind::NewDates) => "new-dates",
            Self::Wish(WishKind::Other) => "wish",
            Self::Wish(WishKind::MoneyBack) => "money-back",
            Self::NewLink => "new-link",
        }
    }

    fn of(params: &Fields) -> Option<Self> {
        let said = params.text("said")?;
        Self::ALL.into_iter().find(|told| told.word() == said)
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
            let notice = told.and_then(|told| match told {
                Told::Wish(kind) => {
                    Some(Notice::good(crate::text::wish_taken(spoken.language(), kind)))
                }
                Told::NewLink => Some(Notice::good(text::new_link_asked_for(spoken.language()))),
                Told::Booked | Told::BookedBefore => None,
            });
            Ok(choose_page(&app, &spoken, StatusCode::OK, &shown, notice, Typed::default()))
        }
        Err(RebookError::Gone { why, token }) => {
            let spoken = spoken.of_booking(token.booking.customer.language);
            Ok(match why {
                LinkUnusable::Used { .. } => {
                    let wanted = params.text(CALENDAR).is_some();
                    let file =
                        wanted.then(|| calendar::file(&app, spoken.language(), &token)).flatten();
                    file.unwrap_or_else(|| {
                        booked_page(&app, &spoken, &token, told == Some(Told::BookedBefore))
                    })
                }
                LinkUnusable::Expired { .. }
                | LinkUnusable::Cancelled { why: CancelReason::Superseded, .. }
                    if told == Some(Told::NewLink) =>
                {
                    refused::new_link_asked_for(app.pages(), &spoken)
                }
                LinkUnusable::Expired { .. } | LinkUnusable::Cancelled { .. } => {
                    refused::page(&app, &RebookError::Gone { why, token }.into(), &spoken)
                }
            })
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
    match carry_out(&app, &link, &form).await {
        Ok(told) => Ok(see_other(&spoken.onward(told.word()))),
        Err(refused) => again(&app, &link, spoken, &form, refused).await,
    }
}

async fn carry_out(app: &App, link: &LinkSecret, form: &Fields) -> Result<Told, Refused> {
    input::from_a_person(form)?;
    if form.text("newLink").is_some() {
        let email = input::email("customerEmail", form.text("customerEmail").unwrap_or_default())?;
        app.rebookings().request_new_link(link, Some(&email)).await?;
        return Ok(Told::NewLink);
    }
    match form.text("wish") {
        Some(kind) => wish(app, link, form, kind).await.map(Told::Wish),
        None => choose(app, link, form).await.map(|()| Told::Booked),
    }
}

async fn choose(app: &App, link: &LinkSecret, form: &Fields) -> Result<(), Refused> {
    let email = input::email("customerEmail", form.text("customerEmail").unwrap_or_default());
    let (date, total) = form
        .text("choice")
        .and_then(|choice| choice.split_once(':'))
        .ok_or(Fault::field("choice"))?;
    let date = date.parse().map_err(|_| Fault::field("choice"))?;
    let choice = Choice {
        date: CourseDateId::new(date),
        email: email?,
        expected_total: Some(total.to_owned()),
    };
    chosen(app, link, &choice).await?;
    Ok(())
}

async fn wish(
    app: &App,
    link: &LinkSecret,
    form: &Fields,
    kind: &str,
) -> Result<WishKind, Refused> {
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
    Ok(wish.kind)
}

fn read_month(month: &str) -> Result<u32, Fault> {
    month.parse().map_err(|_| Fault::field("months"))
}

/// The page once more, with what was wrong, and with what was typed: nobody has to write anything
/// twice. What has become of the link meanwhile counts for more: whoever used it, its page shows
/// what was booked.
async fn again(
    app: &App,
    link: &LinkSecret,
    spoken: Spoken,
    form: &Fields,
    refused: Refused,
) -> Result<Response, Refused> {
    let about_the_form = refused.is_about_the_form();
    let (why, token, mistake) = match refused {
        Refused::Core(RebookError::Gone { why, token }) => (why, token, None),
        refused if !about_the_form => return Err(refused),
        refused => match app.rebookings().show(link).await {
            Ok(shown) => {
                let spoken = spoken.of_booking(shown.token.booking.customer.language);
                let told = refused.told(&app.reader(spoken.language()));
                let notice = mistaken(spoken.language(), &refused, &told, &shown);
                let mut page =
                    choose_page(app, &spoken, told.status, &shown, Some(notice), Typed::of(form));
                told.retry_in(page.headers_mut());
                return Ok(page);
            }
            Err(RebookError::Gone { why, token }) => (why, token, Some(refused)),
            Err(error) => return Err(error.into()),
        },
    };
    let spoken = spoken.of_booking(token.booking.customer.language);
    let gone = Refused::from(RebookError::Gone { why, token });
    Ok(match (why, mistake) {
        (LinkUnusable::Used { .. }, _) => see_other(&spoken.onward(Told::BookedBefore.word())),
        (LinkUnusable::Expired { .. }, Some(mistake)) if form.text("newLink").is_some() => {
            let mistake = mistake.told(&app.reader(spoken.language()));
            refused::once_more(app, &gone, &spoken, form, &mistake)
        }
        (LinkUnusable::Expired { .. } | LinkUnusable::Cancelled { .. }, _) => {
            refused::page(app, &gone, &spoken)
        }
    })
}

fn choose_page(
    app: &App,
    spoken: &Spoken,
    status: StatusCode,
    shown: &LinkView,
    notice: Option<Notice>,
    typed: Typed,
) -> Response {
    let view =
        Choose::of(spoken.language(), shown, app.rebookings().policy().money_back, notice, typed);
    app.pages().page(status, "customer/choose.html", spoken, view)
}

fn booked_page(app: &App, spoken: &Spoken, token: &RebookingToken, before: bool) -> Response {
    match Booked::of(spoken, token, app.rebookings().policy(), before) {
        Some(view) => app.pages().page(StatusCode::OK, "customer/booked.html", spoken, view),
        None => refused::page(app, &RebookError::UnknownLink.into(), spoken),
    }
}

/// The address that somebody typed, as much of it as is shown again.
pub(super) fn typed_address(form: &Fields) -> String {
    form.text("customerEmail").unwrap_or_default().chars().take(254).collect()
}

/// Every template of the customer's with something to fill it with.
pub(super) fn samples(language: Language) -> Vec<(&'static str, Value)> {
    let mut samples: Vec<(&'static str, Value)> = Vec::new();
    samples.extend(
        Choose::samples()
            .into_iter()
            .map(|view| ("customer/choose.html", Value::from(Serde(view)))),
    );
    samples.extend(
        Booked::samples(language)
            .into_iter()
            .map(|view| ("customer/booked.html", Value::from(Serde(view)))),
    );
    samples
}
