//! Self-service rebooking of declined bookings: pure rules, use cases and ports.

pub mod attempts;
pub mod audit;
pub mod booking;
pub mod change;
pub mod confirmation;
pub mod course_date;
pub mod customer;
pub mod effect;
pub mod eligibility;
pub mod error;
pub mod ids;
pub mod link;
pub mod money;
pub mod notice;
pub mod policy;
pub mod ports;
pub mod rebooking;
pub mod service;
#[cfg(feature = "runtime")]
pub mod system;
#[cfg(feature = "testing")]
pub mod testing;
pub mod text;
pub mod token;
pub mod wish;
#[cfg(feature = "runtime")]
pub mod worker;

pub use error::RebookError;
pub use policy::Policy;
pub use service::{Ports, Rebookings};
