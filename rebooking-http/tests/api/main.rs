//! The HTTP API on fakes, from outside: whole documents, every error, and what must never be in an answer or a log.

#[cfg(test)]
mod api;
#[cfg(test)]
mod customer;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod guard;
#[cfg(test)]
mod partner;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod support;
