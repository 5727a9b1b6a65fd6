//! The mail port.

use async_trait::async_trait;

use super::PortError;
use crate::notice::Notice;

/// Hands one mail over.
///
/// At least once: after an unknown outcome the same notice comes again, and every try carries the
/// same Message-ID, made from the notice's key. Links and addresses appear in the mail and nowhere
/// else, errors and logs included.
#[async_trait]
pub trait Mailer: Send + Sync {
    /// Returns once the next server has taken responsibility for the mail.
    ///
    /// # Errors
    /// [`PortError::InvalidRecipient`] when the address is refused for good: the ticket is then
    /// told that it reaches nobody. [`PortError::Permanent`] when this mail will never go out for
    /// any other reason, and [`PortError::Unavailable`] or [`PortError::Unauthorized`] when no mail
    /// would.
    async fn send(&self, notice: &Notice) -> Result<(), PortError>;
}
