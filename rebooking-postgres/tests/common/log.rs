//! What is logged while a test listens.

use std::io::Write;
use std::sync::{Arc, Mutex, Once};

use tracing::subscriber::DefaultGuard;

/// The log of this thread from its beginning to its drop.
pub struct Log {
    said: Said,
    _guard: DefaultGuard,
}

#[derive(Clone, Default)]
struct Said(Arc<Mutex<String>>);

impl Write for Said {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().push_str(&String::from_utf8_lossy(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Every event has a listener from now on. One that another thread comes to first while a test
/// begins to listen, and that nobody had listened to, could be left out of its log otherwise.
pub fn heard_by_someone() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let nobody = tracing_subscriber::fmt().with_writer(std::io::sink).finish();
        tracing::subscriber::set_global_default(nobody).unwrap();
    });
}

impl Log {
    /// Listens to this thread, on which a test without `multi_thread` runs whole.
    pub fn listen() -> Self {
        heard_by_someone();
        let said = Said::default();
        let writer = said.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone());
        Self { said, _guard: tracing::subscriber::set_default(log.finish()) }
    }

    /// All that was said since this was last asked.
    pub fn said(&self) -> String {
        std::mem::take(&mut self.said.0.lock().unwrap())
    }
}
