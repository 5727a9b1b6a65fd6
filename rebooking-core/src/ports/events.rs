//! Where events of cases go: a host's own code, a message bus, an endpoint of another system.

use async_trait::async_trait;

use super::PortError;
use crate::event::Event;

/// Takes events. A host that gives none switches events off: nothing of them is stored then.
///
/// At least once: after an unknown outcome, and when support sends it again, the same event comes
/// again under the same [id](Event::id). Those of one case come in their order, as long as none of
/// them has failed for good.
#[async_trait]
pub trait EventSink: Send + Sync {
    /// Returns once somebody has taken responsibility for the event.
    ///
    /// # Errors
    /// [`PortError::Permanent`] when this event will never be taken, [`PortError::Unavailable`] or
    /// [`PortError::Unauthorized`] when none would, and as every port. Errors name no customer.
    async fn take(&self, event: &Event) -> Result<(), PortError>;

    /// Whether events are to name the customer. Not unless this says so.
    fn wants_customer(&self) -> bool {
        false
    }
}
