//! The values: what a booking, its customer, its course and its dates are made of. Personal ones
//! do not print themselves.

pub mod booking;
pub mod course;
pub mod course_date;
pub mod customer;
pub mod ids;
pub mod money;
pub mod partner;
pub mod text;
pub mod venue;
pub mod words;
pub mod zone;
