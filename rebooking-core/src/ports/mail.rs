//! The mail port.

use async_trait::async_trait;

use super::PortError;
use crate::notice::Notice;

/// Hands one mail over.
///
/// At least once: after an unknown outcome the same notice comes again, and every try carries the same Message-ID, made from the
/// notice's key. Links and addresses appear in the mail and nowhere else, errors and logs included.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns once the next server has taken responsibility for the mail.
    ///
    /// # Errors
    /// [`PortError::Lasting`] when the address or the mail is refused for good: the ticket is then told that the customer cannot
    /// be reached.
    async fn send(&self, notice: &Notice) -> Result<(), PortError>;
}
