//! What the settings name, found in the Odoo that is there: the helpdesk, the team, the stages.

use std::collections::BTreeMap;

use rebooking_core::ports::{PortError, TicketStage};
use serde_json::json;

use crate::call::{Call, TICKET};
use crate::client::Conversation;
use crate::config::{OdooSettings, RecordRef};
use crate::error::{ExceptionKind, SetupError};
use crate::fields::{self, FieldMap, Known};
use crate::wire::{self, Reference};

/// The keys of everything that tickets need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Setup {
    pub(crate) map: FieldMap,
    pub(crate) known: Known,
    pub(crate) team: Option<i64>,
    awaiting_customer: Option<i64>,
    awaiting_partner: Option<i64>,
    needs_support: Option<i64>,
    solved: Option<i64>,
}

impl Setup {
    /// Looks for all of it, so that a wrong setting shows with the first note and not with the
    /// first that needs it.
    pub(crate) async fn find(
        talk: &Conversation<'_>,
        settings: &OdooSettings,
    ) -> Result<Self, PortError> {
        let map = FieldMap::new(settings.flavour);
        let known = fields::check(settings.flavour, &ticket_fields(talk).await?)?;
        let team = find(talk, map.team_model, "the team", settings.team.as_ref()).await?;
        if team.is_some() && !known.team {
            return Err(SetupError::NoField("team_id").into());
        }
        let stage = async |setting, stage| {
            find(talk, map.stage_model, setting, settings.stages.get(stage)).await
        };
        Ok(Self {
            map,
            known,
            team,
            awaiting_customer: stage(
                "the stage of tickets that wait for the customer",
                TicketStage::AwaitingCustomer,
            )
            .await?,
            awaiting_partner: stage(
                "the stage of tickets that wait for the partner",
                TicketStage::AwaitingPartner,
            )
            .await?,
            needs_support: stage(
                "the stage of tickets that need support",
                TicketStage::NeedsSupport,
            )
            .await?,
            solved: stage("the stage of solved tickets", TicketStage::Solved).await?,
        })
    }

    /// Where a ticket belongs; `None` where it stays where it is.
    pub(crate) const fn stage(&self, stage: TicketStage) -> Option<i64> {
        match stage {
            TicketStage::AwaitingCustomer => self.awaiting_customer,
            TicketStage::AwaitingPartner => self.awaiting_partner,
            TicketStage::NeedsSupport => self.needs_support,
            TicketStage::Solved => self.solved,
        }
    }
}

async fn ticket_fields(talk: &Conversation<'_>) -> Result<BTreeMap<String, String>, PortError> {
    let call = Call::read(TICKET, "fields_get")
        .with("allfields", json!(fields::ASKED))
        .with("attributes", json!(["type"]));
    match talk.call_for(call, wire::field_types).await {
        // An unknown model is a `UserError` to JSON-RPC.
        Err(error) if error.exception() == Some(ExceptionKind::Refused) => {
            Err(SetupError::NoHelpdesk.into())
        }
        answer => Ok(answer?),
    }
}

/// The key of a record that the settings name.
async fn find(
    talk: &Conversation<'_>,
    model: &'static str,
    setting: &'static str,
    reference: Option<&RecordRef>,
) -> Result<Option<i64>, PortError> {
    let Some(reference) = reference else { return Ok(None) };
    let found = match reference {
        RecordRef::Id(id) => {
            let call = Call::read(model, "read").on(*id).with("fields", json!(["name"]));
            match talk.call_for(call, wire::record).await {
                Err(error) if error.exception() == Some(ExceptionKind::Missing) => Vec::new(),
                record => record?.map(|_| *id).into_iter().collect(),
            }
        }
        RecordRef::ExternalId { module, name } => match look_up(talk, model, module, name).await? {
            Some(Reference::To(id)) => vec![id],
            Some(Reference::Hidden) | None => Vec::new(),
        },
        RecordRef::Name(name) => {
            let call = Call::read(model, "search")
                .with("domain", json!([["name", "=", name]]))
                .with("limit", 2);
            talk.call_for(call, wire::ids).await?
        }
    };
    let reference = reference.to_string();
    match found.as_slice() {
        [only] => Ok(Some(*only)),
        [] => Err(SetupError::NotFound { setting, reference }.into()),
        _ => Err(SetupError::Ambiguous { setting, reference }.into()),
    }
}

/// What an external id leads to; `None` when there is none of that name. What people have archived
/// is seen as well.
pub(crate) async fn look_up(
    talk: &Conversation<'_>,
    model: &'static str,
    module: &str,
    name: &str,
) -> Result<Option<Reference>, PortError> {
    let call = Call::read("ir.model.data", "check_object_reference")
        .with("module", module)
        .with("xml_id", name)
        .with("context", json!({ "active_test": false }));
    match talk.call_for(call, |answer| wire::reference(answer, model)).await {
        Err(error) if error.exception() == Some(ExceptionKind::Value) => Ok(None),
        reference => Ok(Some(reference?)),
    }
}
