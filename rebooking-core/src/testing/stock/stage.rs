//! What a play needs of an adapter.

use async_trait::async_trait;

use crate::ports::PortsBuilder;

/// An adapter that is store, queue and the side of the store that imports: one that is fresh and
/// empty.
#[async_trait]
pub trait StockStage: Send + Sync {
    /// The adapter as those ports, and a clock where the machine's is not the right one. Called
    /// once.
    fn ports(&self) -> PortsBuilder;

    /// Enough time goes by that every effect which waits for another try is due.
    async fn let_time_pass(&self);
}
