//! One spelling for all spellings of a mailbox, to compare and to search by; never to mail to.
//!
//! Domains are compared in their ASCII form (IDNA, UTS 46), as browsers send them. Local parts are
//! compared by canonical caseless matching (Unicode, D145): normal form C and full case folding.
//! Normal form KC is not taken: RFC 6532 advises against it, as it makes one mailbox of two that
//! a mail server may well tell apart.

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;

/// What two addresses have in common when they name one mailbox.
pub(super) fn normalized(address: &str) -> String {
    let Some((local, domain)) = address.rsplit_once('@') else { return folded(address) };
    let mut normalized = folded(local);
    normalized.push('@');
    // What is no name by IDNA is compared as a text.
    let domain = idna::domain_to_ascii(domain).unwrap_or_else(|_| folded(domain));
    // The dot of the root says nothing.
    normalized.push_str(domain.trim_end_matches('.'));
    normalized
}

fn folded(text: &str) -> String {
    text.nfd().default_case_fold().nfc().collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::normalized;

    #[test]
    fn a_domain_is_the_same_in_letters_and_as_browsers_send_it() {
        for (ours, theirs) in [
            ("erika@xn--mller-kva.example", "erika@müller.example"),
            ("erika@XN--MLLER-KVA.Example", "erika@MÜLLER.example"),
            // u and the two dots apart, as some keyboards write it.
            ("erika@mu\u{308}ller.example", "erika@xn--mller-kva.example"),
            ("erika@müller。example", "erika@müller.example"),
            ("erika@straße.example", "erika@xn--strae-oqa.example"),
            ("erika@example.com.", "erika@example.com"),
        ] {
            assert_eq!(normalized(ours), normalized(theirs), "{ours}");
        }
        assert_ne!(normalized("a@straße.example"), normalized("a@strasse.example"));
        assert_ne!(normalized("a@müller.example"), normalized("a@muller.example"));
    }

    #[test]
    fn a_local_part_is_the_same_in_every_normal_form_and_case() {
        for (ours, theirs) in [
            ("JU\u{308}RGEN@example.com", "jürgen@example.com"),
            ("ΟΔΥΣΣΕΥΣ@example.com", "οδυσσευς@example.com"),
            ("STRAẞE@example.com", "strasse@example.com"),
        ] {
            assert_eq!(normalized(ours), normalized(theirs), "{ours}");
        }
        // Normal form KC would make one of these.
        assert_ne!(normalized("x²@example.com"), normalized("x2@example.com"));
        assert_ne!(normalized("jurgen@example.com"), normalized("jürgen@example.com"));
        assert_ne!(normalized("i@example.com"), normalized("ı@example.com"));
    }

    #[test]
    fn what_idna_refuses_is_compared_as_a_text() {
        for domain in ["xn--a", "[192.0.2.1]", "a..b", "-a-.example", "exa_mple.com"] {
            let upper = domain.to_uppercase();
            assert_eq!(normalized(&format!("a@{domain}")), normalized(&format!("a@{upper}")));
            assert_ne!(normalized(&format!("a@{domain}")), normalized("a@b.example"));
        }
    }

    proptest! {
        /// A store that keeps the spelling finds it again by itself.
        #[test]
        fn the_spelling_of_a_spelling_is_itself(
            address in "[\\PC&&[^@]]{1,12}@[\\PC&&[^@]]{1,12}",
        ) {
            let once = normalized(&address);
            prop_assert_eq!(normalized(&once), once);
        }
    }
}
