//! The pages of partners and support, as a browser without scripts uses them.

pub(crate) mod answer;
mod attention;
pub(crate) mod browser;
mod by_hand;
mod calendar;
mod case_actions;
mod earnings;
mod honeypot;
mod markup;
mod once;
mod partner;
mod people;
mod preview;
mod samples;
mod secrets;
mod session;
mod sign_in;
mod support;
mod taken;
mod templates;
mod timeline;
