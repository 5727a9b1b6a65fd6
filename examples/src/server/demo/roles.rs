//! Who plays in the demo, and the tokens that let them in: known to everybody, and accepted in the
//! demo only.

use rebooking_core::value::ids::PartnerId;
use rebooking_http::Principal;

/// Who gives the first two courses.
pub(super) const PARTNER: PartnerId = PartnerId::new(5);
/// Who gives the third.
pub(super) const OTHER_PARTNER: PartnerId = PartnerId::new(6);

/// The demo's own bearer tokens.
pub(super) const DEMO_TOKENS: [(&str, DemoRole); 3] = [
    ("demo-partner", DemoRole::Partner(PARTNER)),
    ("demo-other-partner", DemoRole::Partner(OTHER_PARTNER)),
    ("demo-support", DemoRole::Support("demo")),
];

/// Who is let in by a token that everybody knows: nobody outside the demo.
pub(crate) fn well_known(demo: bool) -> impl Iterator<Item = (&'static str, Principal)> {
    let known = DEMO_TOKENS.into_iter().filter(move |_| demo);
    known.map(|(token, role)| (token, role.into()))
}

/// Whom a demo token stands for.
#[derive(Clone, Copy)]
pub(super) enum DemoRole {
    Partner(PartnerId),
    Support(&'static str),
}

impl From<DemoRole> for Principal {
    fn from(role: DemoRole) -> Self {
        match role {
            DemoRole::Partner(partner) => Self::Partner(partner),
            DemoRole::Support(name) => Self::Support(name.to_owned()),
        }
    }
}
