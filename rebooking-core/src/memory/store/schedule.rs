//! Course dates as they are counted here, and as a shop's are taken over.

use async_trait::async_trait;

use super::MemoryStore;
use super::state::State;
use crate::ports::{
    AsOf, CourseSchedule, DateImports, Import, KnownCourse, PortError, RebookingStore, Schedule,
};
use crate::value::ids::{ConfirmationId, CourseId};

#[async_trait]
impl Schedule for MemoryStore {
    async fn dates(&self, course: CourseId) -> Result<AsOf<CourseSchedule>, PortError> {
        Ok(RebookingStore::dates(self, course).await?.map(CourseSchedule::counted))
    }
}

#[async_trait]
impl DateImports for MemoryStore {
    async fn courses(&self) -> Result<AsOf<Vec<KnownCourse>>, PortError> {
        self.as_of(State::known_courses).await
    }

    async fn import(&self, import: &Import) -> Result<u32, PortError> {
        self.call(|state, now| state.import(import, now)).await
    }

    async fn correction(&self, request: ConfirmationId) -> Result<Option<i64>, PortError> {
        self.read(|state, _| state.correction(request)).await
    }
}
