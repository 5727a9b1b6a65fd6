//! A play of places that a shop and a store count both: whatever is sold, chosen, declined, called
//! off and read, in whatever order, nobody is sold what is not there, and no place is lost or
//! counted twice. It reports by what it returns, so that a test can plant a [`StockFault`] and show
//! that the play finds it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a play that cannot go on reports by panicking"
)]

mod dates;
mod house;
mod outside;
mod promises;
mod stage;
mod step;

use self::house::House;
use crate::policy::OrderStrategy;

pub use outside::StockFault;
pub use stage::StockStage;
pub use step::Step;

/// Plays steps, and then lets everything come to its end.
///
/// # Errors
/// The promise that was broken first, and after which step.
pub async fn play(
    stage: &dyn StockStage,
    strategy: OrderStrategy,
    fault: Option<StockFault>,
    steps: &[Step],
) -> Result<(), String> {
    let mut house = House::open(stage, strategy, fault).await;
    for step in steps {
        house.take(step).await;
        let broken = promises::always(&house, &house.look().await);
        broken.map_err(|broken| format!("after {step:?}: {broken}"))?;
    }
    house.settle().await;
    let kept = house.look().await;
    promises::always(&house, &kept)?;
    promises::settled(&house, &kept)
}
