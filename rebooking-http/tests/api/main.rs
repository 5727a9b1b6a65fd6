//! The HTTP API on fakes, from outside: whole documents, every error, and what must never be in an
//! answer or a log.

#[cfg(test)]
mod addresses;
#[cfg(test)]
mod api;
#[cfg(test)]
mod attacks;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod bodies;
#[cfg(test)]
mod calendar;
#[cfg(feature = "openapi")]
#[cfg(test)]
mod codes;
#[cfg(test)]
mod cross_site;
#[cfg(test)]
mod customer;
#[cfg(test)]
mod customer_page;
#[cfg(test)]
mod dirt;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod fuzz;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod language;
#[cfg(test)]
mod limits;
#[cfg(feature = "metrics")]
#[cfg(test)]
mod metrics;
#[cfg(test)]
mod mount;
#[cfg(feature = "openapi")]
#[cfg(test)]
mod openapi;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod parameters;
#[cfg(test)]
mod partner;
mod person;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
#[cfg(feature = "tls")]
#[cfg(test)]
mod tls;
#[cfg(test)]
mod trace;
#[cfg(test)]
mod venue;
#[cfg(test)]
mod visits;
