//! What is kept about a person.

use std::collections::BTreeSet;

use super::state::State;
use crate::confirmation::Confirmation;
use crate::ports::personal::CaseRecord;
use crate::token::RebookingToken;
use crate::value::customer::EmailAddress;
use crate::value::ids::{CaseId, ConfirmationId};

impl State {
    pub(super) fn cases_of(
        &self,
        address: &EmailAddress,
        after: Option<CaseId>,
        limit: usize,
    ) -> Vec<CaseId> {
        let theirs = |token: &&RebookingToken| token.booking().customer.email.same_address(address);
        let tokens = self.tokens.values().map(AsRef::as_ref).filter(theirs);
        let theirs = |one: &&Confirmation| one.booking.customer.email.same_address(address);
        let requests = self.confirmations.values().map(AsRef::as_ref).filter(theirs);
        let cases: BTreeSet<CaseId> = tokens
            .map(|token| token.id().case)
            .chain(requests.map(|one| self.case_of(one).unwrap_or(CaseId::from(one.booking.item))))
            .collect();
        let later = cases.into_iter().filter(|case| after.is_none_or(|after| *case > after));
        later.take(limit).collect()
    }

    pub(super) fn record(&self, case: CaseId) -> Option<CaseRecord> {
        let confirmations: Vec<Confirmation> = self
            .requests_about(case)
            .into_iter()
            .filter_map(|id| self.confirmations.get(&id))
            .map(|one| one.as_ref().clone())
            .collect();
        let file = self.all_of(case);
        (!file.tokens.is_empty() || !confirmations.is_empty()).then_some(CaseRecord {
            case,
            tokens: file.tokens,
            confirmations,
            effects: file.effects,
            audit: file.audit,
        })
    }

    /// Every request for a booking of a case, live or closed.
    pub(super) fn requests_about(&self, case: CaseId) -> BTreeSet<ConfirmationId> {
        let mut items = BTreeSet::from([case.original()]);
        let mut named = BTreeSet::new();
        for token in self.tokens_of(case) {
            items.insert(token.booking().item);
            items.insert(token.current_item());
            named.extend(token.origin());
            named.extend(token.holds());
        }
        let of_items = items.iter().filter_map(|item| self.requests_of_item.get(item)).flatten();
        named.extend(of_items);
        let of_case = |id: &ConfirmationId| {
            let token = self.confirmations.get(id).map(|one| one.token);
            token.is_some_and(|token| token.is_none_or(|token| token.case == case))
        };
        named.retain(of_case);
        named
    }
}
