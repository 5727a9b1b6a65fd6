//! Who booked what, and what became of it, day by day.

use rebooking_core::value::customer::Language;
use rebooking_core::wish::WishKind;

use crate::demo::data::Guest;

/// A booking of former days.
pub(super) struct Past {
    /// A date of the course, whose hour and price it has.
    pub(super) like: i64,
    /// How many weeks ago it would have taken place; less than nothing for one that is ahead.
    pub(super) weeks_ago: i64,
    pub(super) party: u32,
    pub(super) guest: Guest,
}

/// What somebody does.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// The customer books, and the partner is asked.
    Books,
    /// The partner cannot, for this reason.
    Declines(&'static str),
    /// The partner cannot, and proposes a date.
    Proposes(&'static str, i64),
    /// No mail reaches the customer.
    HasAnAddressThatIsGone,
    /// The customer looks at the page of the link.
    Opens,
    /// The customer chooses a date.
    Chooses(i64),
    /// The same, and the shop refuses the order.
    ChoosesWhatIsSoldOut(i64),
    /// The customer finds no date that fits, and says what would help.
    Wishes(WishKind, &'static str),
    /// The partner confirms.
    Confirms,
    /// People pay the order back in the shop.
    IsRefunded,
}

use Act::{
    Books, Chooses, ChoosesWhatIsSoldOut, Confirms, Declines, HasAnAddressThatIsGone, IsRefunded,
    Opens, Proposes, Wishes,
};

const fn past(
    like: i64,
    weeks_ago: i64,
    party: u32,
    name: &'static str,
    email: &'static str,
    language: Language,
) -> Past {
    Past { like, weeks_ago, party, guest: (name, email, language) }
}

/// Numbered from 1 on, as in the script.
pub(super) const CASES: [Past; 13] = [
    past(402, 9, 2, "Lena Hoffmann", "lena@example.com", Language::GERMAN),
    past(601, 9, 4, "Mehmet Yıldız", "mehmet@example.com", Language::GERMAN),
    past(702, 8, 2, "Katharina Schäfer", "katharina@example.com", Language::GERMAN),
    past(402, 7, 2, "Friedrich Lehmann", "friedrich@example.com", Language::GERMAN),
    past(601, 4, 3, "Charlotte Vogel", "charlotte@example.com", Language::GERMAN),
    past(4203, 3, 1, "Tobias Krämer", "tobias@example.com", Language::GERMAN),
    past(611, 1, 2, "Anna-Lena Brückner", "anna-lena@example.com", Language::GERMAN),
    past(611, -1, 2, "Hüseyin Aydın", "hueseyin@example.com", Language::GERMAN),
    past(702, -1, 2, "Grace O’Connor", "grace@example.com", Language::ENGLISH),
    past(711, -2, 1, "Wolfgang Pfeiffer", "wolfgang@example.com", Language::GERMAN),
    past(411, -1, 5, "Sabine Jäger", "sabine@example.com", Language::GERMAN),
    past(4201, -1, 2, "Nguyễn Thị Mai", "mai@example.com", Language::GERMAN),
    past(602, -1, 2, "Paula Wegner", "paula@example.com", Language::GERMAN),
];

/// So many days ago, in which case, what.
pub(super) const SCRIPT: [(i64, usize, Act); 57] = [
    (82, 1, Books),
    (80, 2, Books),
    (76, 1, Declines("Unser Koch ist leider erkrankt.")),
    (75, 1, Opens),
    (75, 1, Chooses(407)),
    (74, 2, Declines("Die Bar wird an diesem Tag umgebaut.")),
    (73, 1, Confirms),
    (72, 3, Books),
    (68, 3, Declines("Der Brennofen ist ausgefallen.")),
    (67, 3, Opens),
    (66, 3, Chooses(703)),
    (65, 3, Confirms),
    (64, 4, Books),
    (60, 4, Declines("Es haben sich zu wenige Gäste angemeldet.")),
    (58, 4, Opens),
    (58, 4, Chooses(405)),
    (56, 4, Confirms),
    (46, 5, Books),
    (40, 5, Declines("Wasserschaden in der Bar.")),
    (39, 5, Opens),
    (39, 5, Wishes(WishKind::MoneyBack, "Wir sind nur an diesem Wochenende in Hamburg.")),
    (38, 6, Books),
    (37, 5, IsRefunded),
    (33, 6, Declines("Die Backstube ist an diesem Tag vermietet.")),
    (32, 6, Opens),
    (32, 6, Chooses(4209)),
    (29, 6, Proposes("Der Ofen wird früher gewartet als geplant.", 4215)),
    (28, 6, Opens),
    (28, 6, Chooses(4215)),
    (27, 6, Confirms),
    (26, 7, Books),
    (25, 7, Declines("Unser Gastgeber ist im Urlaub.")),
    (24, 7, Opens),
    (17, 8, Books),
    (14, 9, Books),
    (12, 8, Declines("Die Destillerie hat kurzfristig abgesagt.")),
    (11, 8, Opens),
    (11, 8, Chooses(612)),
    (10, 10, Books),
    (9, 9, Declines("Die Drehscheiben werden repariert.")),
    (8, 9, Opens),
    (8, 9, ChoosesWhatIsSoldOut(704)),
    (7, 11, Books),
    (6, 10, Declines("Bei Frost können wir im Garten nicht brennen.")),
    (5, 10, Opens),
    (5, 10, Wishes(WishKind::Other, "Wir kämen auch gern im Frühjahr, am liebsten sonntags.")),
    (5, 11, HasAnAddressThatIsGone),
    (5, 11, Declines("Die Nudelmaschine ist defekt.")),
    (4, 12, Books),
    (4, 13, Books),
    (3, 12, Declines("Unsere Bäckerin ist erkrankt.")),
    (2, 13, Declines("Der Barkeeper ist verhindert.")),
    (2, 13, Opens),
    (2, 13, Chooses(604)),
    (1, 13, Confirms),
    (1, 12, Opens),
    (1, 12, Wishes(WishKind::NewDates, "")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_told_in_the_order_of_time_and_names_cases_that_are_there() {
        assert!(SCRIPT.is_sorted_by_key(|(days, ..)| -days));
        assert!(SCRIPT.iter().all(|(days, case, _)| *days > 0 && (1..=13).contains(case)));
    }
}
