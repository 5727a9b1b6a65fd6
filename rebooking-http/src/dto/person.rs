//! What is stored about a person, whole, to hand it out or to have it forgotten. Secrets of links
//! are not in it, nor what belongs to the machinery alone.

use chrono::{DateTime, Utc};
use rebooking_core::confirmation::Confirmation;
use rebooking_core::error::OpenCase;
use rebooking_core::ports::AsOf;
use rebooking_core::ports::personal::CaseRecord;
use rebooking_core::ports::reports::CaseDetails;
use rebooking_core::service::{Forget, PartnerNames};
use rebooking_core::token::RebookingToken;
use rebooking_core::value::customer::EmailAddress;
use rebooking_core::value::ids::{CaseId, ConfirmationId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::Object;

use super::case::{Case, CaseBooking};
use super::support::reason_like;
use super::words::{StillOpenWord, StoredConfirmationWord};
use super::{CourseVenue, body, customer, moment};
use crate::error::RequestError;
use crate::extract;

body! {
    /// The cases that were forgotten.
    pub(crate) struct Forgotten(cases: Vec<CaseId>) {
        case_ids: Vec<i64> = cases.into_iter().map(CaseId::value).collect();
    }

    /// A case that is in the way of being forgotten, and why.
    pub(crate) struct CaseInTheWay(open: &OpenCase) {
        case_id: i64 = open.case.value();
        open: StillOpenWord = open.open.into();
    }

    /// All that is stored about a person.
    pub(crate) struct Person(records: &[AsOf<CaseRecord>]) {
        cases: Vec<StoredCase> = records.iter().map(StoredCase::new).collect();
    }

    /// All that is stored of one case, or of a booking that has not become one.
    struct StoredCase(record: &AsOf<CaseRecord>)
    where
        AsOf { now, value } = record;
        details = AsOf { now: *now, value: details(value) };
    {
        #[serde(flatten)]
        case: Case = Case::new(value.case.value(), &details, &PartnerNames::default());
        links: Vec<StoredLink> = value.tokens.iter().map(StoredLink::new).collect();
        requests: Vec<StoredRequest> = value.confirmations.iter().map(StoredRequest::new).collect();
    }

    /// What else is stored with a link.
    struct StoredLink(token: &RebookingToken)
    where
        rebooking = token.rebooking();
        order = rebooking.and_then(|rebooking| rebooking.order.as_ref());
        milestones = token.milestones();
    {
        step: u32 = token.id().step;
        venue: Option<CourseVenue> = token.booking().course.venue.as_ref().map(CourseVenue::new);
        declines: u32 = token.declines();
        renewals: u32 = token.renewals();
        wrong_addresses_at: Vec<DateTime<Utc>> =
            token.attempts().recent.iter().copied().map(moment).collect();
        request_id: Option<i64> = token.origin().map(ConfirmationId::value);
        held_request_id: Option<i64> = token.holds().map(ConfirmationId::value);
        new_order_id: Option<i64> = order.map(|order| order.id.value());
        new_order_item_id: Option<i64> = order.map(|order| order.item.value());
        backup_date_ids: Vec<i64> = rebooking
            .iter()
            .flat_map(|rebooking| &rebooking.backups)
            .map(|backup| backup.id().value())
            .collect();
        order_gone_at: Option<DateTime<Utc>> = milestones.order_gone_at.map(moment);
        refunded_at: Option<DateTime<Utc>> = milestones.refunded_at.map(moment);
    }

    /// What a partner was asked to confirm.
    struct StoredRequest(request: &Confirmation) {
        id: i64 = request.id.value();
        status: StoredConfirmationWord = request.state.into();
        step: Option<u32> = request.token.map(|token| token.step);
        booking: CaseBooking =
            CaseBooking::new(&request.booking, &PartnerNames::default());
        reason: String = request.reason.expose().to_owned();
        opened_at: DateTime<Utc> = moment(request.opened_at);
    }
}

/// All that is stored about a person, to be written as JSON: what `POST /api/support/export`
/// answers with, for a host's own way of handing it out. It names the person; keep it out of logs.
#[must_use]
pub fn person(records: &[AsOf<CaseRecord>]) -> impl Serialize {
    Person::new(records)
}

fn details(record: &CaseRecord) -> CaseDetails {
    CaseDetails {
        tokens: record.tokens.clone(),
        effects: record.effects.clone(),
        audit: record.audit.clone(),
    }
}

fn reason() -> Object {
    reason_like("Auf Wunsch der Person, Art. 17 DSGVO")
}

/// What is forgotten, and why.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ForgetForm {
    #[schema(schema_with = reason)]
    reason: String,
    /// Cancels first what is open.
    #[serde(default)]
    #[schema(required = false)]
    cancel_open: bool,
}

impl ForgetForm {
    pub(crate) fn read(&self) -> Result<Forget, RequestError> {
        let reason = extract::text("reason", &self.reason)?;
        Ok(Forget { reason, cancel_open: self.cancel_open })
    }
}

/// Who is forgotten, and why.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct ForgetPersonForm {
    #[schema(schema_with = customer::email)]
    email: String,
    #[schema(schema_with = reason)]
    reason: String,
    /// Cancels first what is open.
    #[serde(default)]
    #[schema(required = false)]
    cancel_open: bool,
}

impl ForgetPersonForm {
    pub(crate) fn read(self) -> Result<(EmailAddress, Forget), RequestError> {
        let Self { email, reason, cancel_open } = self;
        let email = extract::email("email", &email)?;
        Ok((email, ForgetForm { reason, cancel_open }.read()?))
    }
}

/// Whose data is asked for.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PersonForm {
    #[schema(schema_with = customer::email)]
    email: String,
}

impl PersonForm {
    pub(crate) fn read(self) -> Result<EmailAddress, RequestError> {
        extract::email("email", &self.email)
    }
}
