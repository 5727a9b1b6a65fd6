//! The port of reports on PostgreSQL: lists and figures for partners and support.

pub(crate) mod addresses;
mod backlog;
pub(crate) mod case;
pub(crate) mod cases;
mod earnings;
mod effects;
mod lists;
mod offset;
pub(crate) mod silent;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures_util::FutureExt as _;
use rebooking_core::confirmation::{Confirmation, ConfirmationState};
use rebooking_core::effect::{Effect, EffectStatus};
use rebooking_core::ports::reports::{
    Backlog, CaseDetails, CaseFilter, CaseRow, Earnings, Page, PageRequest, PartnerStatus,
};
use rebooking_core::ports::{AsOf, FoundRow, PortError, Reports};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::ids::{CaseId, PartnerId, TokenRef};
use sqlx::postgres::PgConnection;

use crate::error::Failure;
use crate::malformed;
use crate::store::{PostgresStore, repeatable};

#[async_trait]
impl Reports for PostgresStore {
    async fn confirmations(
        &self,
        partner: PartnerId,
        state: Option<ConfirmationState>,
        page: PageRequest,
    ) -> Result<Page<Confirmation>, PortError> {
        repeatable!(self, |db| lists::confirmations(db, partner, state, page))
            .await
            .map_err(Failure::into_reading)
    }

    async fn partner_rebookings(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        page: PageRequest,
    ) -> Result<AsOf<Page<RebookingToken>>, PortError> {
        let list = repeatable!(self, |db| lists::partner_rebookings(db, partner, progress, page));
        list.await.map_err(Failure::into_reading)
    }

    async fn partner_rebookings_after(
        &self,
        partner: PartnerId,
        progress: Option<PartnerStatus>,
        after: Option<TokenRef>,
        limit: u32,
    ) -> Result<AsOf<Vec<RebookingToken>>, PortError> {
        let list = repeatable!(self, |db| lists::partner_rebookings_after(
            db, partner, progress, after, limit
        ));
        list.await.map_err(Failure::into_reading)
    }

    async fn cases(
        &self,
        filter: &CaseFilter,
        page: PageRequest,
    ) -> Result<AsOf<Page<CaseRow>>, PortError> {
        let filter = filter.clone();
        repeatable!(self, |db, filter| cases::cases(db, &filter, page))
            .await
            .map_err(Failure::into_reading)
    }

    async fn silent_partners(&self, limit: u32) -> Result<Vec<Confirmation>, PortError> {
        repeatable!(self, |db| silent::silent_partners(db, limit))
            .await
            .map_err(Failure::into_reading)
    }

    async fn case(&self, case: CaseId) -> Result<Option<AsOf<CaseDetails>>, PortError> {
        repeatable!(self, |db| case::case(db, case)).await.map_err(Failure::into_reading)
    }

    async fn effects(
        &self,
        status: Option<EffectStatus>,
        page: PageRequest,
    ) -> Result<Page<Effect>, PortError> {
        repeatable!(self, |db| effects::effects(db, status, page))
            .await
            .map_err(Failure::into_reading)
    }

    async fn backlog(&self) -> Result<AsOf<Vec<Backlog>>, PortError> {
        repeatable!(self, |db| backlog::backlog(db)).await.map_err(Failure::into_reading)
    }

    async fn malformed_rows(&self) -> Result<Vec<FoundRow>, PortError> {
        repeatable!(self, |db| malformed::unmended(db)).await.map_err(Failure::into_reading)
    }

    async fn earnings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<AsOf<Vec<Earnings>>, PortError> {
        let report = self.connections.patiently(earnings::PATIENCE, move |db| {
            async move { earnings::earnings(db, from, until).await }.boxed()
        });
        report.await.map_err(Failure::into_reading)
    }
}
