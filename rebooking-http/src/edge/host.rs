//! What the host has put with a request.

use std::mem;

use http::Extensions;
use http::request::Parts;

/// The host's extensions, set apart from those of our own routing. A router of the host's around
/// the service leaves the path that it has matched there, and what was variable in it: with these
/// in sight our routes and their parts would be named otherwise wherever the service is mounted.
#[derive(Clone)]
struct Host(Extensions);

/// Sets them apart, as the first thing with every request.
pub(crate) fn set_apart(extensions: &mut Extensions) {
    let theirs = mem::take(extensions);
    extensions.insert(Host(theirs));
}

/// What is set apart, if a host has put it there.
pub(crate) fn given<T: Clone + Send + Sync + 'static>(extensions: &Extensions) -> Option<&T> {
    extensions.get::<Host>()?.0.get()
}

/// The request as the host has handed it in, for who knows callers by what the host has put there.
pub(crate) fn as_handed_in(parts: &mut Parts) -> HandedIn<'_> {
    let theirs =
        parts.extensions.get_mut::<Host>().map(|host| mem::take(&mut host.0)).unwrap_or_default();
    let ours = mem::replace(&mut parts.extensions, theirs);
    HandedIn { parts, ours }
}

/// Shows the host's extensions for as long as it lives.
pub(crate) struct HandedIn<'a> {
    parts: &'a mut Parts,
    ours: Extensions,
}

impl HandedIn<'_> {
    pub(crate) fn parts(&self) -> &Parts {
        self.parts
    }
}

impl Drop for HandedIn<'_> {
    fn drop(&mut self) {
        let theirs = mem::replace(&mut self.parts.extensions, mem::take(&mut self.ours));
        self.parts.extensions.insert(Host(theirs));
    }
}
