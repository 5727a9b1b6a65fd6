//! The service in servers of a host's own, under a prefix: it answers as it does alone, and all
//! that it leads to is under the prefix.

use std::convert::Infallible;

use axum::Router;
use axum::routing::get;
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, LOCATION, SET_COOKIE};
use http::uri::PathAndQuery;
use http::{Request, Response, StatusCode, Uri};
use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioIo};
use rebooking_core::ports::{PortError, async_trait};
use rebooking_core::presentation::BaseUrl;
use rebooking_core::testing::World;
use rebooking_core::value::ids::PartnerId;
use rebooking_http::{
    Authenticator, ClientAddress, EnabledParts, Principal, Rate, RebookingService,
};
use tokio::net::TcpListener;
use tower::ServiceExt as _;

use crate::api::{Answer, Api, FIRST, PARTNER, SUPPORT, by_a_person, page};

/// A prefix that begins like routes of ours, so that nothing may go by what a path begins with,
/// ends with or contains.
const PREFIX: &str = "/api/rebook";

fn mounted() -> Api {
    Api::on(World::new(), |settings| {
        settings.presentation.base =
            BaseUrl::parse(&format!("https://example.com{PREFIX}")).unwrap();
    })
}

/// What a host makes of the service: a path in, an answer out.
type Host = axum::routing::RouterIntoService<String>;

/// Every way to mount it that axum knows; the last leaves a variable of the host's in what axum has
/// matched.
fn hosts(service: &RebookingService) -> Vec<(&'static str, Host)> {
    let beside = || Router::new().route("/", get(|| async { "the host" }));
    vec![
        ("nest_service", beside().nest_service(PREFIX, service.clone())),
        #[cfg(feature = "axum-router")]
        ("nest", beside().nest(PREFIX, Router::from(service.clone()))),
        ("a variable in the prefix", beside().nest_service("/{token}/{id}", service.clone())),
        ("twice", beside().nest("/api", Router::new().nest_service("/rebook", service.clone()))),
    ]
    .into_iter()
    .map(|(how, router)| (how, router.into_service()))
    .collect()
}

async fn ask(host: &Host, request: Request<String>) -> Answer {
    let (parts, body) = host.clone().oneshot(request).await.unwrap().into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, text }
}

fn reading(path: &str) -> http::request::Builder {
    by_a_person(Request::get(format!("{PREFIX}{path}")))
}

#[tokio::test]
async fn under_a_prefix_programs_get_what_they_get_without_one() {
    let api = mounted();
    let declined = api.declined().await;
    for (how, host) in hosts(&api.service) {
        for path in [
            page(&declined),
            "/api/rebook/unknown".into(),
            "/healthz".into(),
            "/api/support/cases/x".into(),
            "/nothing".into(),
        ] {
            let (there, alone) = (
                ask(&host, reading(&path).body(String::new()).unwrap()).await,
                api.get(&path).await,
            );
            assert_eq!((there.status, &there.text), (alone.status, &alone.text), "{how} {path}");
        }
    }
}

#[tokio::test]
async fn under_a_prefix_people_get_pages_whatever_the_prefix_is_called() {
    let api = mounted();
    let declined = api.declined().await;
    for (how, host) in hosts(&api.service) {
        let link = declined.link.expose();
        let shown =
            ask(&host, reading(&format!("/rebook/{link}")).body(String::new()).unwrap()).await.ok();
        assert!(shown.main().contains("Termin umbuchen"), "{how}: {}", shown.text);
        let style = shown.text.split("<link rel=\"stylesheet\" href=\"").nth(1).unwrap();
        let style = style.split('"').next().unwrap().replace("&#x2f;", "/");
        assert!(style.starts_with(&format!("{PREFIX}/style/")), "{how}: {style}");
        ask(&host, Request::get(style).body(String::new()).unwrap()).await.ok();
        // A refusal is told as a page too, by the route that it came to.
        let unknown = ask(&host, reading("/rebook/unknown").body(String::new()).unwrap()).await;
        assert_eq!(unknown.header(CONTENT_TYPE), "text/html; charset=utf-8", "{how}");
    }
}

#[tokio::test]
async fn under_a_prefix_who_signs_in_stays_under_it() {
    let api = mounted();
    for (how, host) in hosts(&api.service) {
        let sent_away =
            ask(&host, reading("/partner/rebookings?page=1").body(String::new()).unwrap()).await;
        let sign_in = sent_away.header(LOCATION);
        assert!(sign_in.starts_with(&format!("{PREFIX}/sign-in?next=")), "{how}: {sign_in}");
        let form = Request::post(sign_in).header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let form = form.body(format!("token={PARTNER}&next={PREFIX}/partner/rebookings?page=1"));
        let entered = ask(&host, form.unwrap()).await;
        assert_eq!(
            entered.header(LOCATION),
            format!("{PREFIX}/partner/rebookings?page=1"),
            "{how}"
        );
        let cookie = entered.header(SET_COOKIE);
        assert!(cookie.contains(&format!("; Path={PREFIX};")), "{how}: {cookie}");
        let cookie = cookie.split(';').next().unwrap();
        let page =
            Request::get(entered.header(LOCATION)).header("cookie", cookie).body(String::new());
        let page = ask(&host, page.unwrap()).await.ok();
        let current =
            page.text.split("<a href=\"").find(|link| link.contains("aria-current")).unwrap();
        let current = current.split('"').next().unwrap().replace("&#x2f;", "/");
        assert_eq!(current, format!("{PREFIX}/partner/rebookings"), "{how}");
    }
}

#[cfg(feature = "openapi")]
#[tokio::test]
async fn under_a_prefix_the_description_says_where_paths_begin() {
    let api = mounted();
    let description = api.get("/openapi.json").await.ok().json();
    assert_eq!(description["servers"][0]["url"], PREFIX);
    let docs = api.get("/docs").await.ok().text.replace("&#x2f;", "/");
    assert!(docs.contains(&format!("<a href=\"{PREFIX}/openapi.json\">")), "{docs}");
}

/// A host without any router: it takes its prefix off by hand, and passes on who called.
async fn plain_hyper(service: RebookingService, request: Request<Incoming>) -> Response<String> {
    let (mut parts, body) = request.into_parts();
    let path = parts.uri.path_and_query().map_or("/", PathAndQuery::as_str);
    let Some(rest) = path.strip_prefix(PREFIX) else { return Response::new("the host".into()) };
    parts.uri = rest.parse::<Uri>().unwrap();
    parts.extensions.insert(ClientAddress::from(std::net::IpAddr::from([203, 0, 113, 9])));
    let answer = service.oneshot(Request::from_parts(parts, body)).await.unwrap();
    let (parts, body) = answer.into_parts();
    let text = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    Response::from_parts(parts, text)
}

#[tokio::test]
async fn a_plain_hyper_host_serves_it_beside_pages_of_its_own() {
    let api = Api::on(World::new(), |settings| {
        settings.presentation.base =
            BaseUrl::parse(&format!("https://example.com{PREFIX}")).unwrap();
        settings.limits.per_address = Some(Rate::new(3, 1));
    });
    let declined = api.declined().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let service = api.service.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let service = service.clone();
            let answer = service_fn(move |request| {
                let service = service.clone();
                async move { Ok::<_, Infallible>(plain_hyper(service, request).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .serve_connection(TokioIo::new(stream), answer);
            tokio::spawn(connection);
        }
    });
    let client: Client<_, String> = Client::builder(TokioExecutor::new()).build_http();
    let get = |path: String| {
        let (client, request) = (client.clone(), Request::get(format!("http://{address}{path}")));
        async move {
            let (parts, body) =
                client.request(request.body(String::new()).unwrap()).await.unwrap().into_parts();
            let bytes: Bytes = body.collect().await.unwrap().to_bytes();
            (parts.status, String::from_utf8(bytes.to_vec()).unwrap())
        }
    };
    assert_eq!(get("/".into()).await.1, "the host");
    let (status, text) = get(format!("{PREFIX}{}", page(&declined))).await;
    assert_eq!((status, text), (StatusCode::OK, api.get(&page(&declined)).await.text));
    let (_, shown) = get(format!("{PREFIX}/rebook/{}", declined.link.expose())).await;
    assert!(shown.contains("<title>Termin umbuchen"), "{shown}");
    get(format!("{PREFIX}/nothing")).await;
    let limited = get(format!("{PREFIX}/nothing")).await.0;
    assert_eq!(
        limited,
        StatusCode::TOO_MANY_REQUESTS,
        "the address that the host passed on counts"
    );
}

/// Whom a layer of the host's has found.
#[derive(Clone)]
struct FoundByTheHost(PartnerId);

struct BelievesTheHost;

#[async_trait]
impl Authenticator for BelievesTheHost {
    async fn authenticate(
        &self,
        parts: &http::request::Parts,
    ) -> Result<Option<Principal>, PortError> {
        if parts.headers.contains_key("x-down") {
            return Err(PortError::Transient("the directory does not answer".into()));
        }
        Ok(parts.extensions.get::<FoundByTheHost>().map(|found| Principal::Partner(found.0)))
    }
}

#[tokio::test]
async fn an_authenticator_sees_what_the_hosts_layers_have_found() {
    let api = Api::on(World::new(), |settings| {
        settings.authenticator = std::sync::Arc::new(BelievesTheHost)
    });
    for path in ["/api/partner/rebookings", "/partner"] {
        let mut request = Request::get(path).body(String::new()).unwrap();
        request.extensions_mut().insert(FoundByTheHost(PartnerId::new(5)));
        api.call(request).await.ok();
        let nobody = api.call(Request::get(path).body(String::new()).unwrap()).await;
        assert!(
            matches!(nobody.status, StatusCode::UNAUTHORIZED | StatusCode::SEE_OTHER),
            "{path}"
        );
        let down = Request::get(path).header("x-down", "1").body(String::new()).unwrap();
        assert_eq!(api.call(down).await.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}

#[tokio::test]
async fn a_host_takes_the_parts_that_it_wants() {
    let of = [
        (EnabledParts::CUSTOMERS, "customer"),
        (EnabledParts { customer: false, support: false, ..EnabledParts::default() }, "partner"),
        (EnabledParts { customer: false, partner: false, ..EnabledParts::default() }, "support"),
    ];
    for (serves, kept) in of {
        let api = Api::on(World::new(), |settings| settings.enabled = serves);
        let declined = api.declined().await;
        let link = declined.link.expose();
        for (part, token, path) in [
            ("customer", "", page(&declined)),
            ("customer", "", format!("/rebook/{link}")),
            ("partner", PARTNER, "/api/partner/rebookings".into()),
            ("partner", PARTNER, "/partner".into()),
            ("partner", "", "/partner/answer/x".into()),
            ("support", SUPPORT, "/api/support/cases".into()),
            ("support", SUPPORT, "/support".into()),
        ] {
            let answer = api.get_as(token, &path).await;
            let is_there = answer.status == StatusCode::OK || answer.text.contains("<html");
            assert_eq!(is_there, part == kept, "{path} for {kept}: {}", answer.text);
        }
        // Nobody signs in where there is nothing for them.
        let form = format!("token={SUPPORT}");
        let signed_in = api.submit("/sign-in", &form).await.status;
        let expected = match kept {
            "support" => StatusCode::SEE_OTHER,
            "partner" => StatusCode::UNAUTHORIZED,
            _ => StatusCode::NOT_FOUND,
        };
        assert_eq!(signed_in, expected, "{kept}");
        api.get("/healthz").await.ok();
        #[cfg(feature = "openapi")]
        {
            let described = api.get("/openapi.json").await.ok().json();
            let tags = described["tags"].as_array().unwrap();
            let tags: Vec<_> = tags.iter().map(|tag| tag["name"].as_str().unwrap()).collect();
            assert_eq!(tags, [kept, "health"]);
        }
    }
}

#[tokio::test]
async fn a_choice_goes_through_under_a_prefix() {
    let api = mounted();
    let declined = api.declined().await;
    let hosts = hosts(&api.service);
    let (_, host) = hosts.iter().find(|(how, _)| *how == "a variable in the prefix").unwrap();
    let choice = format!(r#"{{"selectedDateId":{FIRST},"customerEmail":"erika@example.com"}}"#);
    let request = Request::post(format!("{PREFIX}{}", page(&declined)))
        .header(CONTENT_TYPE, "application/json");
    ask(host, request.body(choice).unwrap()).await.ok();
    let request = Request::post(format!("{PREFIX}/api/support/cases/7001/resend"))
        .header(AUTHORIZATION, format!("Bearer {SUPPORT}"));
    // The number in the path is ours, not the host's variable of the same name.
    assert_eq!(ask(host, request.body(String::new()).unwrap()).await.code(), "link_used");
}
