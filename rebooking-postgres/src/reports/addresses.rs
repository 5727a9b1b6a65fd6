//! Addresses, whichever way they are spelled.

use rebooking_core::value::customer::EmailAddress;
use sqlx::postgres::PgConnection;

use crate::error::Failure;

/// Where addresses are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kept {
    InLinks,
    InRequests,
}

impl Kept {
    /// What is searched by where it is not ASCII. An index holds these, and nothing else: they are
    /// few.
    pub(crate) const fn unicode(self) -> &'static str {
        match self {
            Self::InLinks => {
                "SELECT DISTINCT sought_email FROM miomente_partner_portal_rebooking_tokens \
                 WHERE octet_length(sought_email) > char_length(sought_email)"
            }
            Self::InRequests => {
                "SELECT DISTINCT lower((booking#>>'{customer,email}') COLLATE \"C\") \
                 FROM miomente_partner_portal_rebooking_requests WHERE token_case IS NULL \
                     AND octet_length(booking#>>'{customer,email}') \
                         > char_length(booking#>>'{customer,email}')"
            }
        }
    }
}

/// As it stands in the column that is searched by.
pub(crate) fn sought(address: &EmailAddress) -> String {
    address.normalized().chars().take(255).collect()
}

/// All that may be searched by for an address: requests, and links of earlier versions, have it in
/// small letters, otherwise as it was given.
pub(crate) async fn spellings(
    db: &mut PgConnection,
    address: &EmailAddress,
    kept: &[Kept],
) -> Result<Vec<String>, Failure> {
    let wanted = sought(address);
    let mut stored: Vec<String> = Vec::new();
    for kept in kept {
        stored.extend(sqlx::query_scalar(kept.unicode()).fetch_all(&mut *db).await?);
    }
    let same = |stored: &String| {
        EmailAddress::parse(stored).is_ok_and(|stored| stored.same_address(address))
    };
    let mut spellings: Vec<String> = stored.into_iter().filter(same).collect();
    spellings.extend([format!("{wanted}."), wanted]);
    Ok(spellings)
}
