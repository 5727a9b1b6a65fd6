//! A mail server in memory that keeps every mail, twins too.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::trouble::{Trouble, Troubles};
use crate::notice::Notice;
use crate::ports::{Mailer, PortError};
use crate::value::customer::EmailAddress;

/// A mail server in memory. A clone is another handle to the same mails.
#[derive(Clone, Debug, Default)]
pub struct MemoryMailer(Arc<Server>);

#[derive(Debug, Default)]
struct Server {
    mails: Mutex<Vec<Notice>>,
    refused: Mutex<Vec<EmailAddress>>,
    calls: Troubles,
}

impl MemoryMailer {
    /// No mail yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Every mail that was handed over, oldest first; the same one twice where it was handed over
    /// twice.
    #[must_use]
    pub fn sent(&self) -> Vec<Notice> {
        self.mails().clone()
    }

    /// The same, and forgets them.
    #[must_use]
    pub fn take(&self) -> Vec<Notice> {
        std::mem::take(&mut *self.mails())
    }

    /// The latest mail to an address.
    #[must_use]
    pub fn last_to(&self, address: &EmailAddress) -> Option<Notice> {
        self.mails().iter().rev().find(|notice| notice.to.same_address(address)).cloned()
    }

    /// Refuses mails to an address for good from now on.
    pub fn refuse(&self, address: &EmailAddress) {
        self.refused().push(address.clone());
    }

    /// What happens to the next call; said several times, to the calls after it.
    pub fn next_call(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.calls.next_call(trouble);
    }

    /// What happens to every call that nothing was said about.
    pub fn every_call(&self, trouble: Option<Trouble>) {
        self.0.calls.every_call(trouble);
    }

    /// Forgets all troubles that have not happened yet.
    pub fn calm_down(&self) {
        self.0.calls.clear();
    }

    fn mails(&self) -> MutexGuard<'_, Vec<Notice>> {
        self.0.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn refused(&self) -> MutexGuard<'_, Vec<EmailAddress>> {
        self.0.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Mailer for MemoryMailer {
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        let answer = self.0.calls.begin().await?;
        if self.refused().iter().any(|refused| refused.same_address(&notice.to)) {
            return Err(PortError::InvalidRecipient("nobody has this address".into()));
        }
        self.mails().push(notice.clone());
        answer.carry(())
    }
}
