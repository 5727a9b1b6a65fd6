//! What is sent to an endpoint of another system, in the description of the API.

use rebooking_core::effect::EventKind;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::path::{
    HttpMethod, Operation, OperationBuilder, Parameter, ParameterBuilder, ParameterIn, Paths,
    PathsBuilder,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::{
    ObjectBuilder, OpenApi, PathItem, Ref, Required, ResponseBuilder, Schema, Type,
};
use utoipa::{OpenApi as _, ToSchema as _};

use crate::dto::event::WebhookBody;

#[derive(utoipa::OpenApi)]
#[openapi(components(schemas(WebhookBody)))]
struct Bodies;

/// Adds the webhooks: one for each kind of event, all of one shape.
pub(super) fn describe(document: &mut OpenApi) {
    document.merge(Bodies::openapi());
    document.webhooks = Some(webhooks());
}

fn webhooks() -> Paths {
    let described = |paths: PathsBuilder, kind: EventKind| {
        paths.path(kind.as_str(), PathItem::new(HttpMethod::Post, operation(kind)))
    };
    EventKind::ALL.into_iter().fold(PathsBuilder::new(), described).build()
}

fn operation(kind: EventKind) -> Operation {
    let body = ContentBuilder::new().schema(Some(Ref::from_schema_name(WebhookBody::name())));
    let body = RequestBodyBuilder::new()
        .content("application/json", body.build())
        .required(Some(Required::True));
    let taken = "Kept, durably. Everything else has the event sent again";
    OperationBuilder::new()
        .operation_id(Some(format!("webhook_{}", kind.as_str().replace('.', "_"))))
        .summary(Some(summary(kind)))
        .description(Some(
            "By the rules of Standard Webhooks. It may come more than once: join by its id.",
        ))
        .parameter(header("webhook-id", "The id of the event, the same whenever it is sent"))
        .parameter(header("webhook-timestamp", "When it was sent, in seconds since 1970"))
        .parameter(header(
            "webhook-signature",
            "`v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`, one for each secret, \
             separated by blanks",
        ))
        .request_body(Some(body.build()))
        .response("2XX", ResponseBuilder::new().description(taken).build())
        .build()
}

fn header(name: &str, description: &str) -> Parameter {
    let text = Schema::from(ObjectBuilder::new().schema_type(Type::String).build());
    ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(description))
        .schema(Some(text))
        .build()
}

const fn summary(kind: EventKind) -> &'static str {
    match kind {
        EventKind::CaseOpened => "The first link of a booking was issued",
        EventKind::LinkMailed => "The first mail with a link was handed over",
        EventKind::LinkOpened => "A person opened the page of a link for the first time",
        EventKind::RebookingChosen => "A date was chosen, by the customer or by support",
        EventKind::OrderMade => "The shop has made the order",
        EventKind::OrderRefused => "The shop will never make the order",
        EventKind::RebookingConfirmed => "The partner will give the new date",
        EventKind::RebookingDeclinedAgain => "The partner declined the new date, or withdrew it",
        EventKind::RebookingCancelled => "Support or the shop called the rebooking off",
        EventKind::LinkExpired => "The link expired unused",
        EventKind::WishReceived => "The customer said what would fit, or wants the money back",
        EventKind::CaseForgotten => "The personal data of the case was wiped: wipe yours",
    }
}
