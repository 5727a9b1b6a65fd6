//! Who plays in the demo, and the tokens that let them in: known to everybody, and accepted in the
//! demo only.

use rebooking_core::value::ids::PartnerId;
use rebooking_http::Principal;

/// Who gives courses.
pub(super) struct DemoPartner {
    pub(super) id: PartnerId,
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    /// Signs them in.
    pub(super) token: &'static str,
}

pub(super) const KITCHEN: DemoPartner = DemoPartner {
    id: PartnerId::new(5),
    name: "Kochwerkstatt am Markt",
    email: "kueche@example.org",
    token: "demo-partner",
};
pub(super) const BAR: DemoPartner = DemoPartner {
    id: PartnerId::new(6),
    name: "Barschule Nord",
    email: "bar@example.org",
    token: "demo-other-partner",
};
pub(super) const POTTERY: DemoPartner = DemoPartner {
    id: PartnerId::new(7),
    name: "Töpferei Lindenhof",
    email: "toepferei@example.org",
    token: "demo-third-partner",
};

/// All of them.
pub(super) const PARTNERS: [DemoPartner; 3] = [KITCHEN, BAR, POTTERY];

/// Signs support in, under this name.
pub(super) const SUPPORT: (&str, &str) = ("demo-support", "demo");

/// Who is let in by a token that everybody knows: nobody outside the demo.
pub(crate) fn well_known(demo: bool) -> impl Iterator<Item = (&'static str, Principal)> {
    let partners = PARTNERS.into_iter().map(|known| (known.token, Principal::Partner(known.id)));
    let (token, name) = SUPPORT;
    let known = partners.chain([(token, Principal::Support(name.to_owned()))]);
    known.filter(move |_| demo)
}
