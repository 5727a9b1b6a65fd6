//! The store of self-service rebooking on PostgreSQL, for one server or many on one database.
//!
//! ```
//! use rebooking_postgres::{PostgresStore, Settings, connect, migrate};
//!
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! # let database = rebooking_postgres::testing::TestDatabase::empty().await?;
//! # let url = database.url();
//! // `url` is an address like postgres://app:password@db.example.com/shop?sslmode=verify-full
//! let settings = Settings::default();
//! let pool = connect(&url, &settings).await?;
//! migrate(&pool, settings.schema.as_ref()).await?;
//! let store = PostgresStore::with(&pool, settings); // the store port, and the schedule
//!
//! # use rebooking_core::{ports::RebookingStore as _, testing::samples};
//! let request = store.request(&samples::booking()).await?;
//! assert_eq!(store.request(&samples::booking()).await?, request, "one request a booking");
//! # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
//! ```
//!
//! TLS takes the feature `tls-native-roots`.
//!
//! # What a host cannot get wrong
//!
//! The pool that it hands over only says how to connect: the store's connections are its own. Each call runs to its end in a task
//! of its own, so a caller that goes away leaves no transaction open and no change half-way. A change is one statement, and so one
//! transaction. After a deadlock or a serialization failure it is tried again; after a lost connection the store first finds out
//! on a new one whether the change was applied. A caller gets its answer within five seconds, also from a database that is gone;
//! only the report of earnings takes up to 15 s.
//!
//! # Several instances
//!
//! Any number of processes may share one database: every guard is a conditional write, and the database's clock decides expiry,
//! leases and retry times. All of them may migrate at their start, at once. Workers share the effects; with [`listen`] they hear of
//! each other's commits at once, and without it at the next poll. Roll a new version out by migrating first; instances of the old
//! one may start on what the new one has migrated.
//!
//! Connections: eight an instance do well on two cores, and [`listen`] holds one more. More wait longer, as each choice waits for
//! the disk in its turn.
//!
//! # Behind pgbouncer in transaction mode
//!
//! Nothing here needs a session: no advisory locks, no temporary tables, no setting that outlasts its transaction. It takes pgbouncer
//! 1.21 or later with `max_prepared_statements` above 0, better 100 or more, as sqlx keeps so many for a connection. Older ones do not
//! know prepared statements, and `statement-cache-capacity=0` in the address does not help: sqlx prepares a statement in one message
//! and runs it in another, and between the two an older pgbouncer may go on with another connection of its own.
//!
//! Say [`Settings::sent_at_start`]` = false`, set the limits and the search path for the role instead (`ALTER ROLE app SET
//! statement_timeout = '4s', …`), put `ignore_startup_parameters = extra_float_digits` into pgbouncer's settings, and leave
//! [`listen`] out: the poll finds the work.
//!
//! # With a standby
//!
//! Connect to the primary only (`target_session_attrs` of a proxy, or a service address that follows it): reads decide what is
//! written, so they must not lag. A standby that is reached by mistake is not `ready`, and refuses writes without harm. After a
//! failover the store connects anew by itself. What was acknowledged is on the standby only with `synchronous_standby_names` set;
//! the store leaves `synchronous_commit` as it finds it, and must not be run with `off`.
//!
//! # PostgreSQL-compatible engines
//!
//! The statements need no order and no gaplessness of numbers, take no session locks, and are tried again on `40001`. Migrations
//! use triggers, partial indexes and one `LOCK TABLE`; where an engine lacks that, apply [`migrations_sql`] by hand.
//!
//! # Growth
//!
//! Hot statements and the sweep are look-ups by index, whatever there is beside (a test counts the pages that they touch, up to a
//! million tokens and as many effects). Support's search by a part of a name goes through a whole index of the names, and the report
//! of earnings through all links of its span, for which it has 15 s; cases are counted up to 10 000.
//!
//! Finished effects and history only grow. They cannot be partitioned by time, as their keys are unique over all time. When a vacuum
//! of them no longer fits into a quiet hour, some tens of millions of rows, let the owner archive and delete effects that were over
//! (`over_at`) years ago; the application itself can delete nothing. An effect that is deleted can be asked for anew, so leave those
//! of cases that are not forgotten yet.
//!
//! # Rights
//!
//! Migrate as the owner of the tables; run as a role with the rights of [`rights_sql`] and no more. It can add to the history but
//! not change it, and delete nothing. What Feature 01 has there is used as it is: its columns are looked at once, when migrating, and
//! everything that will be written there is tried once on a sample that is taken back.
//!
//! # Feature 01
//!
//! Its table is found along the search path, and stays where it is when [`Settings::schema`] gives ours a schema of their own. Where
//! it needs more than we can guess from its columns, make functions of your own before migrating, in the schema of our tables or on
//! the search path:
//!
//! | function | what it does |
//! |---|---|
//! | `miomente_partner_portal_rebooking_ask(request jsonb)` | opens a request and returns its number |
//! | `miomente_partner_portal_rebooking_tell(number bigint, state text)` | notes `pending`, `confirmed`, `declined` or `withdrawn` |
//! | `miomente_partner_portal_rebooking_forget(number bigint)` | wipes name and address from what `ask` made, when the case is purged |

mod columns;
mod commit;
mod connections;
mod earnings;
mod effects;
mod error;
mod host;
mod listen;
mod lists;
mod migrate;
mod open;
mod reads;
mod ready;
mod row;
mod search;
mod settings;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use error::MalformedRow;
pub use listen::{Listener, listen};
pub use migrate::{
    MIGRATIONS_TABLE, MalformedSchema, MigrationFailed, Schema, migrate, migrations_sql, rights_sql,
};
pub use settings::{Settings, connect};
pub use store::PostgresStore;

const TOKENS: &str = "miomente_partner_portal_rebooking_tokens";
const REQUESTS: &str = "miomente_partner_portal_rebooking_requests";
const DATES: &str = "miomente_partner_portal_rebooking_dates";
const EFFECTS: &str = "miomente_partner_portal_rebooking_effects";
const AUDIT: &str = "miomente_partner_portal_rebooking_audit";
