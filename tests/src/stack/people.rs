//! Who takes part: guests, partners and support, with what each knows.

/// Somebody who buys a course.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Guest {
    /// The first name.
    pub first: String,
    /// The last name.
    pub last: String,
    /// The address.
    pub email: String,
}

impl Guest {
    /// Erika Mustermann.
    #[must_use]
    pub fn erika() -> Self {
        Self::named("Erika", "Mustermann", "erika@example.com")
    }

    /// Max Beispiel.
    #[must_use]
    pub fn max() -> Self {
        Self::named("Max", "Beispiel", "max@example.com")
    }

    /// One of many.
    #[must_use]
    pub fn number(number: usize) -> Self {
        Self::named("Gast", &format!("Nummer{number}"), &format!("gast{number}@example.com"))
    }

    fn named(first: &str, last: &str, email: &str) -> Self {
        Self { first: first.to_owned(), last: last.to_owned(), email: email.to_owned() }
    }
}

/// Somebody who gives courses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Giver {
    /// The number in the shop.
    pub id: i64,
    /// The address.
    pub email: &'static str,
    /// The access token.
    pub token: &'static str,
}

/// Who gives the sushi course.
pub const KITCHEN: Giver = Giver { id: 5, email: "kueche@example.org", token: "token-of-kitchen" };
/// Who gives the wine course.
pub const CELLAR: Giver = Giver { id: 6, email: "keller@example.org", token: "token-of-cellar" };
/// The access token of Susi, who is support.
pub const SUSI: &str = "token-of-susi";

/// A secret link, as it stands in a mail.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// `/rebook/…` or `/partner/answer/…`.
    pub page: String,
    /// What nobody else may know.
    pub secret: String,
}

impl Link {
    /// The first link in a text that leads to such a page.
    #[must_use]
    pub fn in_text(text: &str, page: &str) -> Option<Self> {
        let rest = text.split_once(page)?.1;
        let may = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let secret: String = rest.chars().take_while(may).collect();
        (secret.len() > 20).then(|| Self { page: format!("{page}{secret}"), secret })
    }

    /// The same in the API.
    #[must_use]
    pub fn api(&self) -> String {
        format!("/api{}", self.page)
    }
}
