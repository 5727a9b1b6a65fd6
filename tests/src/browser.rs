//! Chromium, driven as a person drives it: by clicks where things are, and by keys.

mod find;
mod keys;
mod page;
mod wire;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::json;

use wire::Wire;

pub use keys::Key;
pub use page::Page;

const OPTIONS: [&str; 12] = [
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--accept-lang=de-DE,de",
    // Names lead nowhere: whatever a page may ask of the world, only this machine is asked.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// A running browser with a profile of its own, both gone when it is dropped.
pub struct Browser {
    wire: Arc<Wire>,
    profile: PathBuf,
}

impl Browser {
    /// Starts one; installs it where there is none.
    pub async fn start() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let program = tokio::task::spawn_blocking(machine::chromium).await.unwrap().unwrap();
        let name =
            format!("profile-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let profile = machine::folder().join(name);
        let options = OPTIONS.iter().map(|option| (*option).to_owned());
        let options: Vec<_> =
            options.chain([format!("--user-data-dir={}", profile.display())]).collect();
        Self { wire: Arc::new(Wire::start(&program, &options)), profile }
    }

    /// An empty page of somebody who has never been here before: no cookie of another page's is
    /// known to it.
    pub async fn visitor(&self) -> Page {
        let context = self.wire.call(None, "Target.createBrowserContext", json!({})).await;
        let target = json!({"url": "about:blank", "browserContextId": context["browserContextId"]});
        let target = self.wire.call(None, "Target.createTarget", target).await;
        let attach = json!({"targetId": target["targetId"], "flatten": true});
        let attached = self.wire.call(None, "Target.attachToTarget", attach).await;
        Page::open(
            self.wire.clone(),
            context["browserContextId"].clone(),
            attached["sessionId"].as_str().unwrap(),
        )
        .await
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}
