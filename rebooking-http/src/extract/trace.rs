//! Hands the trace of a request on to what is called for it.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use rebooking_core::ports::TraceParent;

use crate::edge::trace::Trace;

/// For routes whose use cases ask another system: the others need none.
pub(crate) async fn in_trace(request: Request, next: Next) -> Response {
    let trace = request.extensions().get::<Trace>();
    let parent = trace.and_then(|trace| {
        let Trace { trace_id, span_id, sampled } = *trace;
        TraceParent::new(trace_id, span_id, sampled)
    });
    match parent {
        Some(parent) => parent.scope(next.run(request)).await,
        None => next.run(request).await,
    }
}
