//! Addresses, whichever way they are spelled.

use rebooking_core::value::customer::EmailAddress;
use sqlx::postgres::PgConnection;

use crate::error::Failure;

/// What is searched by where it is not ASCII. An index holds these, and nothing else: they are few.
pub(crate) const UNICODE: &str = "SELECT DISTINCT sought_email \
    FROM miomente_partner_portal_rebooking_tokens \
    WHERE octet_length(sought_email) > char_length(sought_email)";

/// As it stands in the column that is searched by.
pub(crate) fn sought(address: &EmailAddress) -> String {
    address.normalized().chars().take(255).collect()
}

/// All that may stand in that column for an address: rows of earlier versions have it in small
/// letters, otherwise as it was given.
pub(crate) async fn spellings(
    db: &mut PgConnection,
    address: &EmailAddress,
) -> Result<Vec<String>, Failure> {
    let wanted = sought(address);
    let stored: Vec<String> = sqlx::query_scalar(UNICODE).fetch_all(db).await?;
    let same = |stored: &String| {
        EmailAddress::parse(stored).is_ok_and(|stored| stored.same_address(address))
    };
    let mut spellings: Vec<String> = stored.into_iter().filter(same).collect();
    spellings.extend([format!("{wanted}."), wanted]);
    Ok(spellings)
}
