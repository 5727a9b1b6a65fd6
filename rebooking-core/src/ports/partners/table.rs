//! A list of partners that stands in the host's settings.

use std::collections::BTreeMap;

use async_trait::async_trait;

use super::Partners;
use crate::ports::PortError;
use crate::value::booking::{Course, PartnerEntry};
use crate::value::ids::{CourseDateId, CourseId, PartnerId};

/// One partner of a list, and what they give.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct PartnerRow {
    /// Who.
    pub entry: PartnerEntry,
    /// By the shop's key.
    pub courses: Vec<CourseId>,
    /// By article number, for courses that are not in `courses`.
    pub skus: Vec<String>,
    /// And every course that the list says nothing of.
    pub all_others: bool,
}

/// A list that does not change: a course is looked for by its key, then by its article number, and
/// then falls to whoever gives all others. All dates of a course are given by the same partner.
#[derive(Clone, Debug, Default)]
pub struct PartnerTable {
    partners: BTreeMap<PartnerId, PartnerEntry>,
    courses: BTreeMap<CourseId, PartnerId>,
    skus: BTreeMap<String, PartnerId>,
    others: Option<PartnerId>,
}

/// A list names two partners where there must be one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AmbiguousPartner {
    /// For a number.
    #[error("partner {0} is there twice")]
    Id(PartnerId),
    /// For a course.
    #[error("course {course} is given by partner {first} and by partner {second}")]
    Course {
        /// Which one.
        course: CourseId,
        /// Who was named first.
        first: PartnerId,
        /// Who was named then.
        second: PartnerId,
    },
    /// For an article number.
    #[error("article {sku} is given by partner {first} and by partner {second}")]
    Sku {
        /// Which one.
        sku: String,
        /// Who was named first.
        first: PartnerId,
        /// Who was named then.
        second: PartnerId,
    },
    /// For all that is not named.
    #[error("all other courses are given by partner {first} and by partner {second}")]
    Others {
        /// Who was named first.
        first: PartnerId,
        /// Who was named then.
        second: PartnerId,
    },
}

impl PartnerTable {
    /// A list of partners.
    ///
    /// # Errors
    /// Everything that is ambiguous in it.
    pub fn new(rows: impl IntoIterator<Item = PartnerRow>) -> Result<Self, Vec<AmbiguousPartner>> {
        let (mut table, mut faults) = (Self::default(), Vec::new());
        for row in rows {
            table.add(row, &mut faults);
        }
        if faults.is_empty() { Ok(table) } else { Err(faults) }
    }

    /// One partner who gives everything.
    #[must_use]
    pub fn of_one(entry: PartnerEntry) -> Self {
        let id = entry.partner.id;
        Self { partners: [(id, entry)].into(), others: Some(id), ..Self::default() }
    }

    fn add(&mut self, row: PartnerRow, faults: &mut Vec<AmbiguousPartner>) {
        let second = row.entry.partner.id;
        if self.partners.insert(second, row.entry).is_some() {
            faults.push(AmbiguousPartner::Id(second));
        }
        for course in row.courses {
            match self.courses.insert(course, second) {
                Some(first) if first != second => {
                    faults.push(AmbiguousPartner::Course { course, first, second });
                }
                Some(_) | None => {}
            }
        }
        for sku in row.skus {
            match self.skus.insert(sku.clone(), second) {
                Some(first) if first != second => {
                    faults.push(AmbiguousPartner::Sku { sku, first, second });
                }
                Some(_) | None => {}
            }
        }
        if row.all_others {
            match self.others.replace(second) {
                Some(first) if first != second => {
                    faults.push(AmbiguousPartner::Others { first, second });
                }
                Some(_) | None => {}
            }
        }
    }

    fn of_course(&self, course: &Course) -> Option<PartnerEntry> {
        let id = self.courses.get(&course.id).or_else(|| self.skus.get(&course.sku));
        self.partners.get(id.or(self.others.as_ref())?).cloned()
    }
}

#[async_trait]
impl Partners for PartnerTable {
    async fn giving(
        &self,
        course: &Course,
        _: CourseDateId,
    ) -> Result<Option<PartnerEntry>, PortError> {
        Ok(self.of_course(course))
    }

    async fn partner(&self, id: PartnerId) -> Result<Option<PartnerEntry>, PortError> {
        Ok(self.partners.get(&id).cloned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::booking::Partner;
    use crate::value::customer::{EmailAddress, Language};

    fn row(id: i64, courses: &[i64], skus: &[&str], all_others: bool) -> PartnerRow {
        let email = EmailAddress::parse("kueche@example.org").unwrap();
        let partner = Partner { id: PartnerId::new(id), email, language: Language::GERMAN };
        PartnerRow {
            entry: PartnerEntry::new(partner, "Evas Küche"),
            courses: courses.iter().copied().map(CourseId::new).collect(),
            skus: skus.iter().map(ToString::to_string).collect(),
            all_others,
        }
    }

    fn giving(table: &PartnerTable, course: i64, sku: &str) -> Option<i64> {
        let course = Course::new(CourseId::new(course), sku, "Kurs");
        table.of_course(&course).map(|entry| entry.partner.id.value())
    }

    #[test]
    fn a_course_is_found_by_its_key_then_by_its_article_number_then_among_all_others() {
        let rows = [
            row(5, &[40], &["PASTA"], false),
            row(6, &[], &["SUSHI"], false),
            row(7, &[], &[], true),
        ];
        let table = PartnerTable::new(rows).unwrap();
        assert_eq!(giving(&table, 40, "SUSHI"), Some(5));
        assert_eq!(giving(&table, 41, "SUSHI"), Some(6));
        assert_eq!(giving(&table, 42, "BREAD"), Some(7));
    }

    #[test]
    fn what_nobody_is_named_for_nobody_gives() {
        let table = PartnerTable::new([row(5, &[40], &["PASTA"], false)]).unwrap();
        assert_eq!(giving(&table, 42, "BREAD"), None);
    }

    #[test]
    fn every_ambiguity_is_told_at_once() {
        let rows = [
            row(5, &[40], &["SUSHI"], true),
            row(6, &[40], &["SUSHI"], true),
            row(6, &[], &[], false),
        ];
        let faults = PartnerTable::new(rows).unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "course 40 is given by partner 5 and by partner 6",
                "article SUSHI is given by partner 5 and by partner 6",
                "all other courses are given by partner 5 and by partner 6",
                "partner 6 is there twice",
            ]
        );
    }
}
