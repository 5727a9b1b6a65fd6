//! The machine's own clock and randomness: the one place that touches them.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rand::TryRng as _;
use rand::rngs::SysRng;

use crate::ports::{Clock, PortError, SecretSource};

/// The machine's clock, and tokio's timer.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the port that everything else must go through"
    )]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }

    async fn sleep(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// The operating system's random numbers.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemSecrets;

impl SecretSource for SystemSecrets {
    fn bytes(&self) -> Result<[u8; 16], PortError> {
        let mut bytes = [0; 16];
        SysRng.try_fill_bytes(&mut bytes).map_err(|error| PortError::Transient(Box::new(error)))?;
        Ok(bytes)
    }
}
