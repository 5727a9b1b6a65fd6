//! Addresses in every spelling that people and browsers give them.

use super::lists::{found, search};
use crate::testing::contract::StoreUnderTest;
use crate::testing::contract::given;
use crate::testing::samples;
use crate::token::{RebookingToken, TokenParts};
use crate::value::booking::Booking;
use crate::value::customer::{Customer, Language};

/// A customer types letters where the shop's checkout has stored what browsers send, and the other
/// way round; either is mailed to as it was given.
pub async fn support_finds_an_address_in_every_spelling(store: StoreUnderTest) {
    let spellings = [
        ["erika@xn--mller-kva.example", "Erika@MÜLLER.example", "erika@mu\u{308}ller.example"],
        ["jürgen@example.com", "JÜRGEN@example.com.", "ju\u{308}rgen@EXAMPLE.com"],
        ["weiß@example.org", "WEISS@example.org", "WEIẞ@example.org"],
    ];
    for (item, given) in (7001..).zip(spellings) {
        for (step, given) in (0..).zip(given) {
            let token = given::fresh(&store, item + 100 * step).await;
            let customer = Customer::new("", samples::email(given), Language::GERMAN);
            let booking = Booking { customer, ..token.booking().clone() };
            let token = TokenParts { booking, ..token.into_parts() };
            let token = given::issue(&store, RebookingToken::restore(token)).await;
            assert_eq!(token.booking().customer.email.expose(), given, "kept as it was given");
        }
        for text in given {
            let mut cases = found(&store, &search(text)).await;
            cases.sort_unstable();
            assert_eq!(cases, [item, item + 100, item + 200], "{text}");
        }
    }
    assert_eq!(found(&store, &search("muller@example.com")).await, []);
}
