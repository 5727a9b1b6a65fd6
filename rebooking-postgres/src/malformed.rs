//! Rows that make no sense: collected by a unit of work that meets them, told of once in the log,
//! and listed until they are mended.

mod listed;

use std::cell::RefCell;

use rebooking_core::ports::MalformedRow;
use sqlx::postgres::PgConnection;

use crate::error::{Failure, Outline};

pub(crate) use listed::unmended;

tokio::task_local! {
    /// What the unit of work that is under way has met.
    static MET: RefCell<Vec<MalformedRow>>;
}

/// Does some work and gives what it met besides.
pub(crate) async fn collected<T>(
    work: impl Future<Output = Result<T, Failure>>,
) -> (Result<T, Failure>, Vec<MalformedRow>) {
    let work = async {
        let outcome = work.await;
        let mut met = MET.with(RefCell::take);
        if let Err(Failure::Row(bad)) = &outcome {
            met.push(bad.clone());
        }
        (outcome, met)
    };
    MET.scope(RefCell::default(), work).await
}

/// Remembers a row that is left out, for the end of the unit of work that met it.
pub(crate) fn met(bad: MalformedRow) {
    if let Err(_outside) = MET.try_with(|met| met.borrow_mut().push(bad.clone())) {
        tell(&bad);
    }
}

/// Writes down what was met, and tells of what nobody has been told of yet, in this process or
/// another. Where it cannot be written it is told of all the same.
pub(crate) async fn note(db: &mut PgConnection, met: &[MalformedRow]) -> Result<(), sqlx::Error> {
    const SQL: &str = include_str!("sql/note_malformed_row.sql");
    for bad in met {
        let MalformedRow { table, id, column, why } = bad;
        let query = sqlx::query_scalar(SQL).bind(table).bind(id).bind(column).bind(why);
        match query.fetch_optional(&mut *db).await {
            Ok(is_new) => {
                if is_new == Some(true) {
                    tell(bad);
                }
            }
            Err(error) => {
                tell(bad);
                let failure = Outline::from_sqlx(&error);
                tracing::warn!(%failure, "a row that makes no sense cannot be listed");
                return Err(error);
            }
        }
    }
    Ok(())
}

fn tell(bad: &MalformedRow) {
    let MalformedRow { table, id, column, why } = bad;
    tracing::error!(table, id, column, why, "a stored row makes no sense");
}
