//! The store of self-service rebooking on PostgreSQL, for one server or many on one database.
//!
//! ```no_run
//! use rebooking_postgres::{PostgresStore, Settings, connect, migrate};
//!
//! # async fn start() -> Result<(), Box<dyn std::error::Error>> {
//! let pool = connect("postgres://app@localhost/shop", &Settings::default()).await?;
//! migrate(&pool, None).await?;
//! let store = PostgresStore::new(pool); // the store port, and the schedule
//! # Ok(()) }
//! ```
//!
//! # What a host cannot get wrong
//!
//! The pool that it hands over only says how to connect: the store's connections are its own. Each call runs to its end in a task
//! of its own, so a caller that goes away leaves no transaction open and no change half-way. A change is one statement, and so one
//! transaction. After a deadlock or a serialization failure it is tried again; after a lost connection the store first finds out
//! on a new one whether the change was applied. A caller gets its answer within five seconds, also from a database that is gone.
//!
//! # Several instances
//!
//! Any number of processes may share one database: every guard is a conditional write, and the database's clock decides expiry,
//! leases and retry times. All of them may migrate at their start, at once. Workers share the effects; with [`listen`] they hear of
//! each other's commits at once, and without it at the next poll. Roll a new version out by migrating first.
//!
//! Connections: eight an instance do well on two cores. More wait longer, as each choice waits for the disk in its turn.
//!
//! # Behind pgbouncer in transaction mode
//!
//! Nothing here needs a session: no advisory locks, no temporary tables, no `SET`. Say [`Settings::sent_at_start`]` = false`, set
//! the limits and the search path for the role instead (`ALTER ROLE app SET statement_timeout = '4s', …`), allow prepared
//! statements (`max_prepared_statements` in pgbouncer 1.21 and later, or `statement-cache-capacity=0` in the address), and leave
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
//! Hot statements are look-ups by index, whatever there is beside (a test holds their plans, up to a million tokens and as many
//! effects). Finished effects and history only grow. Partition the history by `noted_at` and the effects by `created_at` when a
//! vacuum of them no longer fits into a quiet hour, some tens of millions of rows; support's search by name, which reads the whole
//! table of tokens, is the first to be felt, at a few millions.
//!
//! # Rights
//!
//! Migrate as the owner of the tables; run as a role with the rights of [`rights_sql`] and no more. It can add to the history but
//! not change it, and delete nothing. What Feature 01 has there is used as it is: its columns are looked at once, when migrating.

mod columns;
mod commit;
mod connections;
mod earnings;
mod effects;
mod error;
mod listen;
mod lists;
mod migrate;
mod open;
mod reads;
mod row;
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
