//! What support does: send a link by hand, mail it again, cancel, extend, and look after effects.

pub(in crate::service) mod actions;
pub(in crate::service) mod cancel;
pub(in crate::service) mod case_version;
pub(in crate::service) mod effects;
pub(in crate::service) mod links;
pub(in crate::service) mod manual_link;
