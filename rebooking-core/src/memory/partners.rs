//! A list of partners in memory, which a test changes while it is used.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;

use super::trouble::{Trouble, Troubles};
use crate::ports::{Partners, PortError};
use crate::value::booking::{Course, PartnerEntry};
use crate::value::ids::{CourseDateId, CourseId, PartnerId};

/// A list of partners in memory. A clone is another handle to the same list.
#[derive(Clone, Debug, Default)]
pub struct MemoryPartners(Arc<List>);

#[derive(Debug, Default)]
struct List {
    entries: Mutex<Vec<(PartnerEntry, Vec<CourseId>)>>,
    calls: Troubles,
}

impl MemoryPartners {
    /// Nobody yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A partner gives these courses from now on, and no others.
    pub fn put(&self, entry: PartnerEntry, courses: &[CourseId]) {
        let mut entries = self.entries();
        entries.retain(|(known, _)| known.partner.id != entry.partner.id);
        entries.push((entry, courses.to_vec()));
    }

    /// What happens to the next call; said several times, to the calls after it.
    pub fn next_call(&self, trouble: impl Into<Option<Trouble>>) {
        self.0.calls.next_call(trouble);
    }

    fn entries(&self) -> MutexGuard<'_, Vec<(PartnerEntry, Vec<CourseId>)>> {
        self.0.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Partners for MemoryPartners {
    async fn giving(
        &self,
        course: &Course,
        _: CourseDateId,
    ) -> Result<Option<PartnerEntry>, PortError> {
        let answer = self.0.calls.begin().await?;
        let mut entries = self.entries().clone().into_iter();
        let found = entries.find(|(_, courses)| courses.contains(&course.id));
        answer.carry(found.map(|(entry, _)| entry))
    }

    async fn partner(&self, id: PartnerId) -> Result<Option<PartnerEntry>, PortError> {
        let answer = self.0.calls.begin().await?;
        let mut entries = self.entries().clone().into_iter();
        let found = entries.find(|(entry, _)| entry.partner.id == id);
        answer.carry(found.map(|(entry, _)| entry))
    }
}
