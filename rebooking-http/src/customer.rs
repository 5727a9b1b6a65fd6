//! Routes for whoever holds a link: nobody signs in.

use axum::Router;
use axum::extract::State;
use axum::routing::{get, post};
use http::{HeaderMap, Method};

use crate::input::{Body, Link};
use crate::language::Reads;
use crate::reply::{Answer, Refused, Success};
use crate::service::App;
use crate::wire::customer::{Done, LinkPage, Said, Selection, WishForm};
use crate::{robots, text};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/rebook/{token}", get(show).post(choose))
        .route("/api/rebook/{token}/wishes", post(wish))
        .route("/api/rebook/{token}/new-link", post(new_link))
}

async fn show(
    State(app): State<App>,
    Link(link): Link,
    method: Method,
    headers: HeaderMap,
) -> Answer<LinkPage> {
    let shown = app.rebookings().show(&link).await?;
    if method == Method::GET && !robots::recognised(&headers) {
        // A statistic: what goes wrong with it is no business of the customer's.
        app.rebookings().visited(&shown).await.ok();
    }
    Ok(Success(LinkPage::of(&link, &shown)))
}

async fn choose(
    State(app): State<App>,
    Link(link): Link,
    Reads(language): Reads,
    Body(selection): Body<Selection>,
) -> Answer<Done> {
    let chosen = app.rebookings().choose(&link, &selection.read()?).await?;
    Ok(Success(Done::of(language, &chosen)))
}

async fn wish(
    State(app): State<App>,
    Link(link): Link,
    Reads(language): Reads,
    Body(wish): Body<WishForm>,
) -> Answer<Said> {
    app.rebookings().wish(&link, &wish.read()?).await?;
    Ok(Success(Said { message: text::wish_taken(language) }))
}

/// The same answer to anybody, even for what has not the form of a link.
async fn new_link(
    State(app): State<App>,
    Reads(language): Reads,
    link: Result<Link, Refused>,
) -> Answer<Said> {
    if let Ok(Link(link)) = link {
        app.rebookings().new_link_please(&link).await?;
    }
    Ok(Success(Said { message: text::new_link(language) }))
}
