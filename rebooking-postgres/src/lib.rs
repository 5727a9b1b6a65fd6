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
//! let store = PostgresStore::with(&pool, settings); // store, queue, reports, dates
//!
//! # use rebooking_core::{ports::RebookingStore as _, testing::samples};
//! let request = store.open_confirmation(&samples::booking()).await?;
//! let again = store.open_confirmation(&samples::booking()).await?;
//! assert_eq!(again, request, "one confirmation a booking");
//! # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
//! ```
//!
//! # Features
//!
//! `tls-native-roots` encrypts connections, with the certificate authorities of the system.
//! `testing` brings a throwaway PostgreSQL, and switches that take single guards off so that a
//! test can show what they are for.
//!
//! # What a host cannot get wrong
//!
//! The pool that it hands over only says how to connect: the store's connections are its own. Each
//! call runs to its end in a task of its own, so a caller that goes away leaves no transaction open
//! and no change half-way. A change is one statement, and so one transaction. After a deadlock or a
//! serialization failure it is tried again; after a lost connection the store first finds out on a
//! new one whether the change was applied. A caller gets its answer within five seconds, also from
//! a database that is gone; only the report of earnings takes up to 15 s.
//!
//! What was confirmed is on the disk: where the role or the database has `synchronous_commit =
//! off`, the store's connections put it on, and leave any other value as it is. Whatever isolation
//! the database has by default, the promises are kept (the core's suite runs on `read committed`,
//! `repeatable read` and `serializable`); the first is the quickest, as less is tried again.
//!
//! In a transaction of the host's own ([`PostgresStore::commit_in`]) the host decides: its `COMMIT`
//! says whether anything is there, its `synchronous_commit` how durably, and a serialization
//! failure or a deadlock is its to try again.
//!
//! # Several instances
//!
//! Any number of processes may share one database: every guard is a conditional write, and the
//! database's clock decides expiry, leases and retry times. All of them may migrate at their start,
//! at once. Workers share the effects; with [`listen`] they hear of each other's commits at once,
//! and without it at the next poll. Roll a new version out by migrating first; instances of the old
//! one may start on what the new one has migrated, and those that run go on: a prepared statement
//! that no longer fits its table is prepared anew on a new connection.
//!
//! Connections: eight an instance do well on two cores, and [`listen`] holds one more. More wait
//! longer, as each choice waits for the disk in its turn.
//!
//! # Behind pgbouncer in transaction mode
//!
//! Nothing here needs a session: no advisory locks, no temporary tables, no setting that must
//! outlast its transaction. It takes pgbouncer 1.21 or later with `max_prepared_statements` above
//! 0, better 100 or more, as sqlx keeps so many for a connection. Older ones do not know prepared
//! statements, and `statement-cache-capacity=0` in the address does not help: sqlx prepares a
//! statement in one message and runs it in another, and between the two an older pgbouncer may go
//! on with another connection of its own. An older one (Debian 12 has 1.18) does in session mode,
//! where each of the store's connections keeps one of PostgreSQL's as long as it is open.
//!
//! Say [`Settings::sent_at_start`]` = false` and set for the role what the store then cannot set
//! for its sessions:
//!
//! ```sql
//! ALTER ROLE app SET statement_timeout = '4s';
//! ALTER ROLE app SET lock_timeout = '3s';
//! ALTER ROLE app SET idle_in_transaction_session_timeout = '10s';
//! ALTER ROLE app SET enable_seqscan = off;          -- plans that are kept go by an index
//! ALTER ROLE app SET jit = off;                     -- and are not worth compiling
//! ALTER ROLE app SET synchronous_commit = on;       -- with `off` the store is not ready
//! ALTER ROLE app SET search_path = portal, public;  -- where `Settings::schema` names one
//! ```
//!
//! Put `ignore_startup_parameters = extra_float_digits` into pgbouncer's settings, and leave
//! [`listen`] out: the poll finds the work. After a migration tell pgbouncer to `RECONNECT`, since
//! it keeps prepared statements longer than the store keeps connections.
//!
//! # With a standby
//!
//! Connect to the primary only, since reads decide what is written, and must not lag. [`connect`]
//! takes an address with all hosts,
//! `postgres://app@db1:5432,db2:5432/shop?target_session_attrs=read-write`: whoever opens a
//! connection asks first which of them can be written, the last one known before the others, and
//! the pool, the store's connections and [`listen`] follow it when it changes. The hosts share
//! user, password and all parameters; sockets and PgBouncer are not among them. Or name a service
//! address, or a proxy, that follows the primary. A standby that is reached by mistake is not
//! `ready`, and refuses writes without harm. What was acknowledged is on the standby only with
//! `synchronous_standby_names` set and `synchronous_commit` at `on` or above (`local` waits for the
//! primary alone). Without it a failover may lose the last moments: a customer who was told of a
//! new date then finds the link unused, and an order that was made meanwhile is found again by its
//! key. A server with `fsync = off` keeps nothing that it promises, and nobody can see that from
//! here.
//!
//! # PostgreSQL-compatible engines
//!
//! All tests run on PostgreSQL itself (15); no other engine has been tried. What is there for them:
//! the statements need no order and no gaplessness of numbers, take no session locks, hold no
//! cursor, and are tried again on `40001`, whatever the isolation. What they take is more than the
//! oldest SQL: several writes in one statement (`WITH … UPDATE … INSERT`), partial indexes (also as
//! the target of `ON CONFLICT`), `FOR UPDATE SKIP LOCKED`, `LATERAL`, `jsonb_populate_record`, a
//! generated column, and triggers with `WHEN` in PL/pgSQL, one of them with the rights of the
//! owner. An engine with PostgreSQL's own query layer has them; one that only speaks its protocol
//! may not. Run the core's contract suite on it before anything else: it tells.
//!
//! [`migrate`] takes one `LOCK TABLE` and changes the schema in a transaction; where an engine does
//! neither, apply [`migrations_sql`] by hand. `NOTIFY` may be missing for the store's own commits,
//! which only ring afterwards, but not within [`PostgresStore::commit_in`].
//!
//! # Growth
//!
//! Hot statements and the sweep are look-ups by index, whatever there is beside (a test counts the
//! pages that they touch, up to a million tokens and as many effects, and that each index is missed
//! when it is gone). A claim writes no indexed column, and neither what was put off nor what waits
//! for it stands in its way. Support's search by a part of a name goes through a whole index of the
//! names, and the report of earnings through all links of its span, for which it has 15 s; cases
//! are counted up to 10 000.
//!
//! Finished effects and history only grow. They cannot be partitioned by time, as their keys are
//! unique over all time, so there is nothing to decide at the beginning. When a vacuum of them no
//! longer fits into a quiet hour, some tens of millions of rows, let the owner archive and delete
//! effects that were over (`over_at`) years ago; the application itself can delete nothing. An
//! effect that is deleted can be asked for anew, so leave those of cases that are not forgotten
//! yet.
//!
//! # Rights
//!
//! Migrate as the owner of the tables; run as a role with the rights of [`rights_sql`] and no more.
//! It can add to the history but not change it, and delete nothing. What Feature 01 has there is
//! used as it is: its columns are looked at once, when migrating, and everything that will be
//! written there is tried once on a sample that is taken back.
//!
//! # Feature 01
//!
//! So the partner portal beside which this library was made calls its own list of bookings that
//! partners confirm, `miomente_partner_portal_booking_confirmations`. Whoever has no such portal
//! has no such table, and nothing of this section concerns them. The table is found along the
//! search path, and stays where it is when [`Settings::schema`] gives ours a schema of their own.
//! Where it needs more than we can guess from its columns, make functions of your own before
//! migrating, in the schema of our tables or on the search path:
//!
//! - `miomente_partner_portal_rebooking_ask(request jsonb)` opens a confirmation and returns its
//!   number.
//! - `miomente_partner_portal_rebooking_tell(number bigint, state text)` notes its state:
//!   `pending`, `confirmed`, `declined` or `withdrawn`.
//! - `miomente_partner_portal_rebooking_forget(number bigint)` wipes name and address from what
//!   `ask` made, when the case is purged.
//!
//! # Partners
//!
//! [`PostgresStore`] is also the core's port [`Partners`](rebooking_core::ports::Partners): who
//! gives a course where shop and schedule do not say. The host fills two tables, which we only
//! read:
//!
//! - `miomente_partner_portal_rebooking_partners`: `id`, `name`, `email`, `language` (`de`, `en`);
//! - `miomente_partner_portal_rebooking_partner_courses`: `partner_id`, and one of `course_id` and
//!   `course_sku`.
//!
//! A course is looked for by its number, then by its article number. A host that has such a list
//! already makes views of these names and columns before migrating; they are read instead.

mod calendars;
mod columns;
mod commit;
mod conditions;
mod connections;
mod error;
mod event_switch;
mod host;
mod hosts;
mod listen;
mod malformed;
mod migrate;
mod personal;
mod queue;
mod reports;
mod row;
mod settings;
mod sign_outs;
mod store;
#[cfg(feature = "testing")]
pub mod testing;

pub use hosts::{HostState, is_address, look_at_hosts};
pub use listen::{Listener, listen};
pub use migrate::{
    MIGRATIONS_TABLE, MalformedSchema, MigrationFailed, Schema, migrate, migrations_sql, rights_sql,
};
pub use settings::{Settings, connect};
pub use store::{DatabaseSetup, PostgresStore, ZoneDifference};

const TOKENS: &str = "miomente_partner_portal_rebooking_tokens";
const REQUESTS: &str = "miomente_partner_portal_rebooking_requests";
const DATES: &str = "miomente_partner_portal_rebooking_dates";
const EFFECTS: &str = "miomente_partner_portal_rebooking_effects";
const PARTNERS: &str = "miomente_partner_portal_rebooking_partners";
const AUDIT: &str = "miomente_partner_portal_rebooking_audit";
