//! Who has signed out.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::MemoryStore;
use crate::ports::{PortError, SignOuts};

#[async_trait]
impl SignOuts for MemoryStore {
    async fn end(&self, who: &str, sign_in: &str, until: DateTime<Utc>) -> Result<(), PortError> {
        self.0.sign_outs.end(who, sign_in, until).await
    }

    async fn end_all(
        &self,
        who: &str,
        began: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), PortError> {
        self.0.sign_outs.end_all(who, began, until).await
    }

    async fn is_ended(
        &self,
        who: &str,
        sign_in: &str,
        began: DateTime<Utc>,
    ) -> Result<bool, PortError> {
        self.0.sign_outs.is_ended(who, sign_in, began).await
    }
}
