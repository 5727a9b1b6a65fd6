//! Something that is asked at most once a second, however many want to know: anybody may ask how
//! the process is, as often as they like.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

const FRESH: Duration = Duration::from_secs(1);

/// The last answer. Whoever comes while it is asked waits for that answer.
pub(crate) struct CachedFor<T>(Mutex<Option<(Instant, T)>>);

impl<T> Default for CachedFor<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> CachedFor<T> {
    pub(crate) async fn get(&self, ask: impl Future<Output = T>) -> T {
        let mut last = self.0.lock().await;
        if let Some((at, answer)) = &*last
            && at.elapsed() < FRESH
        {
            return answer.clone();
        }
        let answer = ask.await;
        *last = Some((Instant::now(), answer.clone()));
        answer
    }
}
