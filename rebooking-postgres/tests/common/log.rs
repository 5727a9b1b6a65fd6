//! What is logged while a test listens.

use std::io::Write;
use std::sync::{Arc, Mutex};

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

impl Log {
    /// Listens to this thread, on which a test without `multi_thread` runs whole.
    pub fn listen() -> Self {
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
