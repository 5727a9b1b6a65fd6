//! `server forget` and `server export`: what a person may ask for, by the hands of an operator,
//! beside a server that runs.

use std::error::Error;

use rebooking_core::error::{OpenCase, RebookError, StillOpen};
use rebooking_core::value::ids::CaseId;
use rebooking_core::{Rebookings, ports::AsOf};

use crate::config::{PersonConfig, Whose};
use crate::output::say;

/// The name under which an export would stand in the history, had it anything to write there.
const OPERATOR: &str = "operator";

pub(crate) async fn run(
    rebookings: &Rebookings,
    config: &PersonConfig,
) -> Result<(), Box<dyn Error>> {
    match config {
        PersonConfig::Export(whose) => {
            let support = rebookings.support(OPERATOR);
            let records = match whose {
                Whose::Case(case) => support.record(*case).await.map(|record| vec![record]),
                Whose::Address(address) => support.records_of(address).await,
            };
            let records: Vec<AsOf<_>> = records.map_err(told)?;
            say(serde_json::to_string_pretty(&rebooking_http::person(&records))?)?;
        }
        PersonConfig::Forget { whose, request, by } => {
            let support = rebookings.support(by);
            let cases = match whose {
                Whose::Case(case) => support.forget(*case, request).await.map(|()| vec![*case]),
                Whose::Address(address) => support.forget_person(address, request).await,
            };
            say(format_args!("forgotten: {}", numbers(&cases.map_err(told)?)))?;
        }
    }
    Ok(())
}

fn numbers(cases: &[CaseId]) -> String {
    let cases: Vec<_> = cases.iter().map(|case| format!("case {case}")).collect();
    cases.join(", ")
}

/// In words for operators.
fn told(error: RebookError) -> String {
    let RebookError::OpenCases(open) = &error else { return error.phrase() };
    let open = open.iter().map(|OpenCase { case, open }| match open {
        StillOpen::Link => format!("case {case} has a link that works"),
        StillOpen::Rebooking => format!("case {case} is rebooked to a date that is not over"),
        StillOpen::Booking => {
            format!("case {case} takes place as it was booked: cancel the order in the shop first")
        }
    });
    let open: Vec<_> = open.collect();
    format!("not forgotten: {}; see --cancel-open", open.join("; "))
}
