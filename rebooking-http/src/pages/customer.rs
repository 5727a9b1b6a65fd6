//! The customer's page: `/rebook/{token}` shows, and every form on it comes back to the same
//! address, so that no page holds the link.

mod ask;
mod backups;
mod booked;
mod browse;
mod choose;
mod exchange;
mod flash;
mod many;
pub(super) mod preview;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use http::{HeaderMap, Method, StatusCode};
use minijinja::value::Value;
use rebooking_core::RebookError;
use rebooking_core::error::Conflict;
use rebooking_core::link::LinkSecret;
use rebooking_core::service::{Choice, LinkOffers, LinkView, NewWish};
use rebooking_core::token::{CancelReason, LinkUnusable};
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::CourseDateId;
use rebooking_core::wish::WishKind;

use super::error_page;
use super::form::Entered;
use super::notice::{LeadsTo, Notice};
use super::renderer::see_other;
use crate::dto::calendar;
use crate::dto::customer::read_weekday;
use crate::edge::person;
use crate::error::{ApiError, RequestError};
use crate::extract::{self, Fields, Form, Link};
use crate::messages::text;
use crate::pages::floor::Page;
use crate::pages::locale::PageLocale;
use crate::pages::state::PagesState;
use crate::usage;
use ask::ask_within;
use booked::CALENDAR;
use browse::Browse;
use choose::mistaken;
use exchange::EXCHANGE;
use flash::Flash;

pub(crate) fn routes() -> Router<PagesState> {
    Router::new().route("/rebook/{token}", get(Page(show)).post(Page(act)))
}

async fn show(
    State(app): State<PagesState>,
    Link(link): Link,
    locale: PageLocale,
    params: Fields,
    method: Method,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let flash = params.one_of("said", &Flash::ALL, Flash::as_str).ok().flatten();
    let view = app.rebookings().customer(&link).show().await?;
    let locale = locale.of_booking(view.token().booking().customer.language);
    match view {
        LinkView::Offers(shown) => {
            let framed = !app.settings().embedders.is_empty();
            let by_a_person = person::navigates(&headers, framed);
            usage::note_visit(&app, &link, &shown, &method, by_a_person).await;
            let notice = flash.and_then(|flash| said(&app, locale.language(), flash));
            Ok(choose_page(&app, &locale, &params, &shown, notice, Entered::default()))
        }
        LinkView::Used(chosen) => {
            let wanted = params.text(CALENDAR).is_some();
            let file = wanted
                .then(|| calendar::file(app.settings(), locale.language(), &chosen.token))
                .flatten();
            if let Some(file) = file {
                return Ok(file);
            }
            booked::page(&app, &link, &locale, &chosen, flash, Entered::default()).await
        }
        LinkView::Expired { .. } | LinkView::Cancelled { why: CancelReason::Superseded, .. }
            if flash == Some(Flash::NewLink) =>
        {
            Ok(error_page::new_link_asked_for(app.pages(), &locale))
        }
        LinkView::Expired { .. } | LinkView::Cancelled { .. } => match view.into_offers() {
            Err(gone) => Ok(error_page::page(&app, &gone.into(), &locale)),
            Ok(_) => Err(RequestError::Broken.into()),
        },
    }
}

/// What the last form led to, where there still is a date to choose.
fn said(app: &PagesState, language: Language, flash: Flash) -> Option<Notice> {
    let thanks = |kind: WishKind| text!(language, "answers-wish-taken", kind = kind.as_str());
    let text = match flash {
        // How long that takes, nobody knows.
        Flash::Wish(kind @ WishKind::NewDates) => thanks(kind),
        Flash::Wish(kind @ (WishKind::Other | WishKind::MoneyBack)) => {
            match ask_within(language, app.settings()) {
                Some(by_when) => thanks(kind) + " " + &by_when,
                None => thanks(kind),
            }
        }
        Flash::NewLink => text!(language, "page-new-link-asked-for"),
        Flash::Booked
        | Flash::BookedBefore
        | Flash::Backups
        | Flash::NoBackups
        | Flash::Exchanged => return None,
    };
    Some(Notice::good(text))
}

/// One form, whichever of its buttons was pressed.
async fn act(
    State(app): State<PagesState>,
    Link(link): Link,
    locale: PageLocale,
    params: Fields,
    Form(form): Form,
) -> Result<Response, ApiError> {
    match carry_out(&app, &link, &form).await {
        Ok(flash) => Ok(see_other(&locale.onward(flash.as_str()))),
        Err(refused) => again(&app, &link, locale, &params, &form, refused).await,
    }
}

async fn carry_out(app: &PagesState, link: &LinkSecret, form: &Fields) -> Result<Flash, ApiError> {
    extract::reject_honeypot(form)?;
    if form.text("newLink").is_some() {
        let email = form.email("customerEmail")?;
        app.rebookings().customer(link).request_new_link(Some(&email)).await?;
        return Ok(Flash::NewLink);
    }
    if form.text("backups").is_some() {
        let count = backups::name(app, link, form).await?;
        return Ok(if count > 0 { Flash::Backups } else { Flash::NoBackups });
    }
    if form.text(EXCHANGE).is_some() {
        exchange::change(app, link, form).await?;
        return Ok(Flash::Exchanged);
    }
    match form.text("wish") {
        Some(kind) => wish(app, link, form, kind).await.map(Flash::Wish),
        None => choose(app, link, form).await.map(|()| Flash::Booked),
    }
}

async fn choose(app: &PagesState, link: &LinkSecret, form: &Fields) -> Result<(), ApiError> {
    let email = form.email("customerEmail");
    let (date, total) = form
        .text("choice")
        .and_then(|choice| choice.split_once(':'))
        .ok_or(RequestError::field("choice"))?;
    let date = date.parse().map_err(|_| RequestError::field("choice"))?;
    let choice = Choice {
        date: CourseDateId::new(date),
        email: email?,
        expected_total: Some(total.to_owned()),
    };
    usage::choose(app, link, &choice).await?;
    Ok(())
}

async fn wish(
    app: &PagesState,
    link: &LinkSecret,
    form: &Fields,
    kind: &str,
) -> Result<WishKind, ApiError> {
    let none = NewWish {
        email: form.email("customerEmail")?,
        kind: WishKind::NewDates,
        text: extract::text("text", "")?,
        weekdays: Vec::new(),
        months: Vec::new(),
    };
    let wish = match kind {
        "new_dates" => none,
        "other" => NewWish {
            kind: WishKind::Other,
            text: form.free_text("text")?,
            weekdays: form.all("weekdays").map(read_weekday).collect::<Result<_, _>>()?,
            months: form.all("months").map(read_month).collect::<Result<_, _>>()?,
            ..none
        },
        "money_back" => {
            NewWish { kind: WishKind::MoneyBack, text: form.free_text("refundText")?, ..none }
        }
        _ => return Err(RequestError::field("wish").into()),
    };
    app.rebookings().customer(link).wish(&wish).await?;
    Ok(wish.kind)
}

fn read_month(month: &str) -> Result<u32, RequestError> {
    month.parse().map_err(|_| RequestError::field("months"))
}

/// Whether the page can be shown once more with what is to be mended on it; everything else ends
/// it.
const fn is_about_the_form(error: &ApiError) -> bool {
    use RebookError as E;
    matches!(
        error,
        ApiError::Http(RequestError::Field { .. })
            | ApiError::Core(
                E::WrongEmail { .. }
                    | E::TooManyAttempts { .. }
                    | E::ChooseAgain { .. }
                    | E::Invalid { .. }
                    | E::Conflict(
                        Conflict::EnoughWishes | Conflict::BackupsClosed | Conflict::DateFixed
                    ),
            )
    )
}

/// The page once more, with what was wrong, and with what was typed: nobody has to write anything
/// twice. What has become of the link meanwhile counts for more: whoever used it, its page shows
/// what was booked.
async fn again(
    app: &PagesState,
    link: &LinkSecret,
    locale: PageLocale,
    params: &Fields,
    form: &Fields,
    refused: ApiError,
) -> Result<Response, ApiError> {
    let about_the_form = is_about_the_form(&refused);
    let customer = app.rebookings().customer(link);
    if about_the_form
        && (form.text("backups").is_some() || form.text(EXCHANGE).is_some())
        && let LinkView::Used(chosen) = customer.show().await?
    {
        let locale = locale.of_booking(chosen.token.booking().customer.language);
        let why = refused.response(&app.reader(locale.language()));
        let entered = Entered::refused(form, &why);
        let mut page = booked::page(app, link, &locale, &chosen, None, entered).await?;
        why.retry_in(page.headers_mut());
        return Ok(page);
    }
    let (why, token, mistake) = match refused {
        ApiError::Core(RebookError::Gone { why, token }) => (why, token, None),
        refused if !about_the_form => return Err(refused),
        refused => match customer.show().await.and_then(LinkView::into_offers) {
            Ok(shown) => {
                let locale = locale.of_booking(shown.token.booking().customer.language);
                let why = refused.response(&app.reader(locale.language()));
                let notice = mistaken(locale.language(), &refused, &why, &shown, form);
                let entered = Entered::refused(form, &why);
                let mut page = choose_page(app, &locale, params, &shown, Some(notice), entered);
                why.retry_in(page.headers_mut());
                return Ok(page);
            }
            Err(RebookError::Gone { why, token }) => (why, token, Some(refused)),
            Err(error) => return Err(error.into()),
        },
    };
    let locale = locale.of_booking(token.booking().customer.language);
    let gone = ApiError::from(RebookError::Gone { why, token });
    Ok(match (why, mistake) {
        (LinkUnusable::Used { .. }, _) => see_other(&locale.onward(Flash::BookedBefore.as_str())),
        (LinkUnusable::Expired { .. }, Some(mistake)) if form.text("newLink").is_some() => {
            let mistake = mistake.response(&app.reader(locale.language()));
            error_page::once_more(app, &gone, &locale, Entered::refused(form, &mistake))
        }
        (LinkUnusable::Expired { .. } | LinkUnusable::Cancelled { .. }, _) => {
            error_page::page(app, &gone, &locale)
        }
    })
}

fn choose_page(
    app: &PagesState,
    locale: &PageLocale,
    params: &Fields,
    shown: &LinkOffers,
    notice: Option<Notice>,
    entered: Entered<'_>,
) -> Response {
    let (status, view) = choose_view(app, locale, params, shown, notice, entered);
    app.pages().page(status, "customer/choose.html", locale, view)
}

/// `page` in `customer/choose.html`, with the status of the page.
fn choose_view(
    app: &PagesState,
    locale: &PageLocale,
    params: &Fields,
    shown: &LinkOffers,
    notice: Option<Notice>,
    entered: Entered<'_>,
) -> (StatusCode, Value) {
    let settings = app.settings();
    let are_many = settings.many_dates.is_some_and(|from| shown.offers.len() >= from);
    let browse = are_many.then(|| Browse::read(params)).transpose();
    let (browse, status, notice) = match browse {
        Ok(browse) => (browse, entered.status(), notice),
        Err(mistake) => {
            let why = ApiError::from(mistake).response(&app.reader(locale.language()));
            let all_dates = Notice::leading(why.message, "dates".into(), LeadsTo::Dates);
            (Some(Browse::default()), why.status, Some(notice.unwrap_or(all_dates)))
        }
    };
    let view = choose::view(
        locale,
        settings,
        shown,
        app.rebookings().policy().money_back,
        notice,
        entered,
        browse.as_ref(),
    );
    (status, view)
}
