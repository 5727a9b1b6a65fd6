//! One page: where it leads, what it shows, and how it is looked at.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout};

use super::wire::{Listener, PATIENCE, Wire};

/// A page of one visitor.
pub struct Page {
    wire: Arc<Wire>,
    context: Value,
    session: String,
    seen: Arc<Seen>,
}

/// A visitor who has gone leaves nothing behind.
impl Drop for Page {
    fn drop(&mut self) {
        let (wire, gone) = (self.wire.clone(), json!({"browserContextId": self.context}));
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime
                .spawn(async move { wire.call(None, "Target.disposeBrowserContext", gone).await });
        }
    }
}

/// What has happened on it.
struct Seen {
    loads: watch::Sender<u64>,
    asked: Mutex<Vec<String>>,
}

impl Listener for Seen {
    fn heard(&self, method: &str, what: &Value) {
        match method {
            "Page.loadEventFired" => self.loads.send_modify(|loads| *loads += 1),
            "Network.requestWillBeSent" => {
                let asked = what["request"]["url"].as_str().unwrap_or_default().to_owned();
                self.asked.lock().unwrap().push(asked);
            }
            _ => {}
        }
    }
}

impl Page {
    pub(super) async fn open(wire: Arc<Wire>, context: Value, session: &str) -> Self {
        let seen = Arc::new(Seen { loads: watch::Sender::new(0), asked: Mutex::default() });
        wire.hear(session, seen.clone());
        let page = Self { wire, context, session: session.to_owned(), seen };
        page.call("Page.enable", json!({})).await;
        page.call("Network.enable", json!({})).await;
        page.look(1280, false).await;
        page
    }

    pub(super) async fn call(&self, method: &str, parameters: Value) -> Value {
        self.wire.call(Some(&self.session), method, parameters).await
    }

    /// Leads to an address, as if it were typed.
    pub async fn goto(&self, url: &str) {
        self.loading(async {
            let gone = self.call("Page.navigate", json!({"url": url})).await;
            assert!(gone.get("errorText").is_none(), "{url}: {}", gone["errorText"]);
        })
        .await;
    }

    /// Does something that leads to another page, and waits for that.
    pub(super) async fn loading<T>(&self, doing: impl Future<Output = T>) -> T {
        let mut loads = self.seen.loads.subscribe();
        let done = doing.await;
        let loaded = timeout(PATIENCE, loads.changed()).await;
        if loaded.is_err() {
            panic!("nothing was loaded; the page says: {}", self.text().await);
        }
        done
    }

    /// Waits until the page is to be seen: a browser forgets what is pressed before.
    pub(super) async fn painted(&self) {
        let until = Instant::now() + PATIENCE;
        while self.find_out(PAINTS).await != true {
            assert!(Instant::now() < until, "nothing is to be seen of {}", self.url().await);
            sleep(Duration::from_millis(10)).await;
        }
    }

    /// How often a page has been loaded here.
    #[must_use]
    pub fn loads(&self) -> u64 {
        *self.seen.loads.borrow()
    }

    /// What a script of ours finds out on the page. It runs whether or not the page's own scripts
    /// may.
    pub async fn find_out(&self, script: &str) -> Value {
        let asked = json!({"expression": script, "returnByValue": true, "awaitPromise": true});
        let mut said = self.call("Runtime.evaluate", asked).await;
        assert!(said.get("exceptionDetails").is_none(), "{}", said["exceptionDetails"]);
        said["result"]["value"].take()
    }

    /// Runs a script of ours that leads to another page.
    pub async fn submit(&self, script: &str) {
        self.loading(self.find_out(script)).await;
    }

    /// All that a reader can read.
    pub async fn text(&self) -> String {
        self.find_out("document.body.innerText").await.as_str().unwrap_or_default().to_owned()
    }

    /// Its first heading.
    pub async fn heading(&self) -> String {
        let heading = self.find_out("document.querySelector('h1')?.innerText ?? ''").await;
        heading.as_str().unwrap_or_default().trim().to_owned()
    }

    /// Where it is.
    pub async fn url(&self) -> String {
        self.find_out("location.href").await.as_str().unwrap_or_default().to_owned()
    }

    /// Every address that was asked for here, since the first page.
    #[must_use]
    pub fn asked(&self) -> Vec<String> {
        self.seen.asked.lock().unwrap().clone()
    }

    /// So many CSS pixels wide, in light or dark colours.
    pub async fn look(&self, width: u32, dark: bool) {
        let phone = width < 500;
        let (height, sharp) = if phone { (844, 2) } else { (900, 1) };
        let size =
            json!({"width": width, "height": height, "deviceScaleFactor": sharp, "mobile": phone});
        self.call("Emulation.setDeviceMetricsOverride", size).await;
        let scheme =
            json!({"name": "prefers-color-scheme", "value": if dark { "dark" } else { "light" }});
        // Nothing moves, so that what is measured and drawn is always the same.
        let still = json!({"name": "prefers-reduced-motion", "value": "reduce"});
        self.call("Emulation.setEmulatedMedia", json!({"features": [scheme, still]})).await;
    }

    /// As it is printed, by somebody whose screen is dark.
    pub async fn on_paper(&self) {
        let dark = json!({"name": "prefers-color-scheme", "value": "dark"});
        let printed = json!({"media": "print", "features": [dark]});
        self.call("Emulation.setEmulatedMedia", printed).await;
    }

    /// A screen 1280 wide at 200 %: half as many CSS pixels, each twice as large.
    pub async fn zoom_to_double(&self) {
        let size = json!({"width": 640, "height": 450, "deviceScaleFactor": 2, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", size).await;
    }

    /// Scripts of pages run no more.
    pub async fn without_scripts(&self) {
        self.call("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
    }

    /// The whole page as a PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let height = self.find_out("document.documentElement.scrollHeight").await;
        self.picture_down_to(&height).await
    }

    /// Its upper part, so many CSS pixels high, as a PNG.
    pub async fn picture_down_to(&self, height: &Value) -> Vec<u8> {
        let width = self.find_out("document.documentElement.scrollWidth").await;
        let clip = json!({"x": 0, "y": 0, "width": width, "height": height, "scale": 1});
        let asked = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
        let drawn = self.call("Page.captureScreenshot", asked).await;
        STANDARD.decode(drawn["data"].as_str().unwrap()).unwrap()
    }
}

/// Whether something of the page has been on the screen.
const PAINTS: &str = "performance.getEntriesByName('first-contentful-paint').length > 0";
