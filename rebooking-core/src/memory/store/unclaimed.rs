//! Orders in the shop that no rebooking claims.

use async_trait::async_trait;
use chrono::{DateTime, Utc};

use super::MemoryStore;
use super::state::{Found, State};
use crate::ports::{Noted, PortError, UnclaimedOrder, UnclaimedOrders};
use crate::value::booking::OrderNumber;
use crate::value::ids::OrderId;

impl State {
    pub(super) fn note_unclaimed(
        &mut self,
        order: OrderId,
        number: &OrderNumber,
        key: &str,
        found_at: DateTime<Utc>,
    ) -> Noted {
        match self.unclaimed.iter().find(|found| found.order.order == order) {
            Some(Found { is_over: true, .. }) => Noted::DealtWith,
            Some(Found { is_over: false, .. }) => Noted::Listed,
            None => {
                let (number, key) = (number.clone(), key.to_owned());
                let order = UnclaimedOrder { order, number, key, found_at };
                self.unclaimed.push(Found { order, is_over: false });
                Noted::New
            }
        }
    }

    pub(super) fn mended(&mut self, order: OrderId) {
        self.unclaimed.retain(|found| found.order.order != order);
    }

    /// They are kept as they were found.
    pub(super) fn unclaimed(&self, limit: usize) -> Vec<UnclaimedOrder> {
        let open = self.unclaimed.iter().filter(|found| !found.is_over);
        open.take(limit).map(|found| found.order.clone()).collect()
    }

    pub(super) fn dealt_with(&mut self, order: OrderId) -> bool {
        let mut found = self.unclaimed.iter_mut();
        let found = found.find(|found| found.order.order == order && !found.is_over);
        found.map(|found| found.is_over = true).is_some()
    }
}

#[async_trait]
impl UnclaimedOrders for MemoryStore {
    async fn note(
        &self,
        order: OrderId,
        number: &OrderNumber,
        key: &str,
    ) -> Result<Noted, PortError> {
        self.call(|state, now| state.note_unclaimed(order, number, key, now)).await
    }

    async fn mended(&self, order: OrderId) -> Result<(), PortError> {
        self.call(|state, _| state.mended(order)).await
    }

    async fn unclaimed(&self, limit: u32) -> Result<Vec<UnclaimedOrder>, PortError> {
        self.read(|state, _| state.unclaimed(limit as usize)).await
    }

    async fn dealt_with(&self, order: OrderId, _by: &str) -> Result<bool, PortError> {
        self.call(|state, _| state.dealt_with(order)).await
    }
}
