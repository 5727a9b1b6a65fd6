//! The server: one connection a call, so that each can fail in a way of its own.

use std::collections::BTreeSet;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http_body_util::BodyExt as _;
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, HOST};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request as Hyper, Response};
use hyper_util::rt::TokioIo;
use rebooking_core::ports::{Clock, TraceParent};
use rebooking_core::system::SystemClock;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use url::{Url, form_urlencoded};

use super::answer::{Answer, bad_request, no_route, unauthorized};
use super::crowd::Crowd;
use super::faults::{Fault, Script};
use super::request::{Request, SeenCall};
use super::routes::{carry_out, permission};
use super::sign_in::SignIns;
use super::spoil::{Body, spoilt, undone, whole};
use super::state::Shop;
use crate::settings::OAuthCredentials;

/// A running shop. A clone is another handle to it.
#[derive(Clone)]
pub struct FakeMagento(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    clock: Arc<dyn Clock>,
    shop: Mutex<Shop>,
    sign_ins: Mutex<SignIns>,
    script: Mutex<Script>,
    seen: Mutex<Vec<SeenCall>>,
    revoked: Mutex<BTreeSet<String>>,
    crowd: Crowd,
    /// Whether to listen, and whether it is so.
    wanted: watch::Sender<bool>,
    listening: watch::Receiver<bool>,
}

impl std::fmt::Debug for FakeMagento {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FakeMagento({})", self.0.address)
    }
}

impl FakeMagento {
    /// An empty shop on a free port, with the machine's clock.
    ///
    /// # Errors
    /// When the port cannot be listened to.
    pub async fn start() -> io::Result<Self> {
        Self::start_on("127.0.0.1:0", Arc::new(SystemClock)).await
    }

    /// An empty shop on an address, with a clock.
    ///
    /// # Errors
    /// When the address cannot be listened to.
    pub async fn start_on(address: &str, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let (wanted, wants) = watch::channel(true);
        let (is, listening) = watch::channel(true);
        let methods =
            [("checkmo", "Check / Money order"), ("banktransfer", "Bank Transfer Payment")];
        let shop = Shop {
            payment_methods: methods.map(|(code, name)| (code.into(), name.into())).to_vec(),
            locale: "de_DE".to_owned(),
            ..Shop::default()
        };
        let inner = Inner {
            address: listener.local_addr()?,
            clock,
            shop: Mutex::new(shop),
            sign_ins: Mutex::new(SignIns::new()),
            script: Mutex::default(),
            seen: Mutex::default(),
            revoked: Mutex::default(),
            crowd: Crowd::default(),
            wanted,
            listening,
        };
        let fake = Self(Arc::new(inner));
        tokio::spawn(fake.clone().listen(listener, wants, is));
        Ok(fake)
    }

    /// What stands before `/rest`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.0.address)
    }

    /// What the integration was given.
    #[must_use]
    pub fn credentials(&self) -> OAuthCredentials {
        lock(&self.0.sign_ins).credentials.clone()
    }

    /// Takes the access token alone, as a bearer, from now on.
    pub fn take_bearer(&self) {
        lock(&self.0.sign_ins).bearer_is_on = true;
    }

    /// Takes a permission away.
    pub fn revoke(&self, resource: &str) {
        lock(&self.0.revoked).insert(resource.to_owned());
    }

    /// Gives every permission back.
    pub fn grant_all(&self) {
        lock(&self.0.revoked).clear();
    }

    /// The call of that number, counted from now on and from one, goes wrong.
    pub async fn fail_at(&self, call: usize, fault: Fault) {
        lock(&self.0.script).at(call, fault);
        self.listen_as_scripted().await;
    }

    /// The next call that fits goes wrong.
    pub fn fail_once(&self, fits: impl Fn(&SeenCall) -> bool + Send + 'static, fault: Fault) {
        lock(&self.0.script).once(Box::new(fits), fault);
    }

    /// Every call goes wrong that nothing else was said about.
    pub async fn fail_always(&self, fault: Fault) {
        lock(&self.0.script).every(Some(fault));
        self.listen_as_scripted().await;
    }

    /// Takes back all faults and counts calls from one again.
    pub async fn calm_down(&self) {
        *lock(&self.0.script) = Script::default();
        lock(&self.0.seen).clear();
        self.listen_as_scripted().await;
    }

    /// The calls since the shop calmed down last.
    #[must_use]
    pub fn calls(&self) -> Vec<SeenCall> {
        lock(&self.0.seen).clone()
    }

    /// How many calls were ever under way at once.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.0.crowd.most()
    }

    /// How many calls were signed with a nonce of their own.
    #[must_use]
    pub fn nonces(&self) -> usize {
        lock(&self.0.sign_ins).nonces()
    }

    pub(super) fn shop<T>(&self, act: impl FnOnce(&mut Shop) -> T) -> T {
        let mut shop = lock(&self.0.shop);
        shop.now = self.0.clock.now();
        act(&mut shop)
    }

    /// Listens, or does not: it returns once that is so.
    async fn listen_as_scripted(&self) {
        let wanted = !lock(&self.0.script).refuses_next();
        let mut listening = self.0.listening.clone();
        self.0.wanted.send_replace(wanted);
        let _ = listening.wait_for(|is| *is == wanted).await;
    }

    async fn listen(
        self,
        listener: TcpListener,
        mut wants: watch::Receiver<bool>,
        is: watch::Sender<bool>,
    ) {
        let mut listener = Some(listener);
        loop {
            is.send_replace(listener.is_some());
            match &listener {
                None => {
                    if wants.wait_for(|wanted| *wanted).await.is_err() {
                        return;
                    }
                    listener = TcpListener::bind(self.0.address).await.ok();
                }
                Some(open) => tokio::select! {
                    accepted = open.accept() => if let Ok((stream, _)) = accepted {
                        tokio::spawn(self.clone().serve(stream));
                    },
                    ended = wants.wait_for(|wanted| !*wanted) => {
                        if ended.is_err() {
                            return;
                        }
                        listener = None;
                    }
                },
            }
        }
    }

    async fn serve(self, stream: TcpStream) {
        let service = service_fn(|request| self.clone().answer(request));
        // Whatever ends it, the next call has a connection of its own.
        let mut server = http1::Builder::new();
        let _ = server.keep_alive(false).serve_connection(TokioIo::new(stream), service).await;
    }

    /// Answers one call, and counts how many others are being answered.
    async fn answer(self, request: Hyper<Incoming>) -> io::Result<Response<Body>> {
        let _under_way = self.0.crowd.enter();
        // Long enough for others to come, too.
        tokio::task::yield_now().await;
        self.answer_alone(request).await
    }

    async fn answer_alone(&self, request: Hyper<Incoming>) -> io::Result<Response<Body>> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(io::Error::other)?.to_bytes();
        if let Some(what) = head.uri.path().strip_prefix("/control/") {
            let body = serde_json::from_slice(&body).unwrap_or_default();
            let answer = self.control(what, &body).await;
            return Ok(whole(answer.unwrap_or_else(|refused| refused)));
        }
        let host = header(&head, HOST);
        let url = Url::parse(&format!("http://{host}{}", head.uri)).map_err(io::Error::other)?;
        let query: Vec<_> = form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
        let path = head.uri.path().split_once("/V1").map_or("", |(_, path)| path);
        let trace = head.headers.get(TraceParent::HEADER);
        let call = SeenCall {
            method: head.method.to_string(),
            path: path.to_owned(),
            query,
            body: String::from_utf8_lossy(&body).into_owned(),
            trace: trace.and_then(|trace| trace.to_str().ok()).map(str::to_owned),
        };
        lock(&self.0.seen).push(call.clone());
        let fault = lock(&self.0.script).take(&call);
        self.listen_as_scripted().await;
        let done = match fault {
            Some(fault) if !fault.is_done() => undone(fault).await?,
            Some(_) | None => self.carry_out(&head, &url, call).unwrap_or_else(|refused| refused),
        };
        match fault {
            Some(fault) => spoilt(done, fault).await,
            None => Ok(whole(done)),
        }
    }

    fn carry_out(
        &self,
        head: &hyper::http::request::Parts,
        url: &Url,
        call: SeenCall,
    ) -> Result<Answer, Answer> {
        let authorization = header(head, AUTHORIZATION);
        let (method, clock) = (head.method.as_str(), &*self.0.clock);
        lock(&self.0.sign_ins).check(authorization, method, url, &call.query, clock)?;
        // `/rest/{store}/V1/…`; the store may be left out.
        let store = url.path().trim_start_matches("/rest").trim_start_matches('/');
        if !["default/V1", "all/V1", "V1"].iter().any(|known| store.starts_with(known)) {
            return Err(bad_request("Specified request cannot be processed."));
        }
        let segments = call.path.split('/').filter(|segment| !segment.is_empty());
        let segments: Vec<String> = segments
            .map(|segment| {
                percent_encoding::percent_decode_str(segment).decode_utf8_lossy().into_owned()
            })
            .collect();
        let parts: Vec<&str> = segments.iter().map(String::as_str).collect();
        let resource = permission(method, &parts).ok_or_else(no_route)?;
        if lock(&self.0.revoked).contains(resource) {
            return Err(unauthorized(resource));
        }
        let body = match call.body.as_str() {
            "" => Value::Null,
            body => serde_json::from_str(body).map_err(|_| bad_request("Decoding error."))?,
        };
        let method = head.method.clone();
        let request = Request { method, segments, query: call.query, body };
        self.shop(|shop| carry_out(shop, &request))
    }
}

fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

fn header(head: &hyper::http::request::Parts, name: hyper::header::HeaderName) -> &str {
    head.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}
