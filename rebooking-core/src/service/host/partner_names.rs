//! *Partner names*: what people call those whom the library knows by number.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use crate::ports::Partners;
use crate::service::Rebookings;
use crate::value::ids::PartnerId;
use crate::value::text::FreeText;

/// What people call partners, as far as a list says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerNames(BTreeMap<PartnerId, FreeText>);

impl PartnerNames {
    /// The name of a partner; `None` where nobody has given one.
    #[must_use]
    pub fn get(&self, partner: PartnerId) -> Option<&str> {
        self.0.get(&partner).map(FreeText::expose)
    }
}

impl Rebookings {
    /// What people call these partners, where [`Partners`] are among the ports and know it. A list
    /// that is out of reach, or does not answer within a second, leaves names out, as a number says
    /// enough to go on. Changes nothing.
    pub async fn partner_names(
        &self,
        partners: impl IntoIterator<Item = PartnerId> + Send,
    ) -> PartnerNames {
        let mut names = PartnerNames::default();
        if let Some(list) = &self.0.ports.partners {
            let wanted: BTreeSet<PartnerId> = partners.into_iter().collect();
            let asked = names.fill(list.as_ref(), wanted);
            if self.within(TimeDelta::seconds(1), asked).await.is_none() {
                tracing::debug!("the list of partners does not answer: names are left out");
            }
        }
        names
    }
}

impl PartnerNames {
    async fn fill(&mut self, list: &dyn Partners, wanted: BTreeSet<PartnerId>) {
        for partner in wanted {
            match list.partner(partner).await {
                Ok(Some(entry)) if !entry.name.is_empty() => {
                    self.0.insert(partner, entry.name);
                }
                Ok(_) => {}
                Err(error) => {
                    let error = error.phrase();
                    tracing::debug!(%error, "the list of partners is out of reach");
                    return;
                }
            }
        }
    }
}
