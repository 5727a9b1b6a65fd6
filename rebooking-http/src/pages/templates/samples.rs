//! The sample data that templates are checked with: every page in each state that shows another
//! part of it, in the file `pages/samples.json`.

use std::collections::BTreeMap;

use minijinja::value::Value;
use minijinja::{Error, ErrorKind};
use serde::Deserialize;

use super::super::visitor::Visitor;

/// Samples of `page`, by the name of the template that shows them.
type Samples = BTreeMap<String, Vec<Value>>;

#[derive(Deserialize)]
pub(super) struct SamplePages {
    /// Pages that need no sign-in.
    anybody: Samples,
    /// Pages of partners and support.
    signed_in: Samples,
}

impl SamplePages {
    pub(super) fn load() -> Result<Self, Error> {
        serde_json::from_str(include_str!("../../../pages/samples.json")).map_err(|error| {
            Error::new(ErrorKind::CannotDeserialize, "samples.json").with_source(error)
        })
    }

    /// Each template with a page to show, to anybody or to each of these visitors.
    pub(super) fn shown_to<'a>(
        &'a self,
        visitors: &'a [Visitor],
    ) -> impl Iterator<Item = (&'a str, &'a Value, Option<&'a Visitor>)> {
        let anybody = each(&self.anybody).map(|(template, page)| (template, page, None));
        let signed_in = move |visitor| {
            each(&self.signed_in).map(move |(template, page)| (template, page, Some(visitor)))
        };
        anybody.chain(visitors.iter().flat_map(signed_in))
    }
}

fn each(samples: &Samples) -> impl Iterator<Item = (&str, &Value)> {
    samples.iter().flat_map(|(name, pages)| pages.iter().map(move |page| (name.as_str(), page)))
}
