//! The file that says who gives which course.

use rebooking_core::ports::Partners as _;
use rebooking_core::value::booking::Course;
use rebooking_core::value::ids::{CourseDateId, CourseId};

use super::*;

fn told(content: &str) -> Vec<String> {
    let file = TestFile::new(&format!("partners-{}.json", content.len()), content);
    faults(&["--demo", &file.option("partners-file")])
}

#[tokio::test]
async fn the_file_says_who_gives_which_course() {
    let file = TestFile::new(
        "partners.json",
        r#"[
            {"id": 5, "name": "Evas Küche", "email": "kueche@example.org", "courses": [40]},
            {"id": 6, "email": "bakery@example.org", "language": "en", "skus": ["BREAD"]},
            {"id": 7, "email": "rest@example.org", "allOthers": true}
        ]"#,
    );
    let config = read(&["--demo", &file.option("partners-file")]).unwrap();
    let table = config.partners.unwrap();
    let mut found = Vec::new();
    for (id, sku) in [(40, "SUSHI"), (41, "BREAD"), (42, "PASTA")] {
        let course = Course::new(CourseId::new(id), sku, "Kurs");
        let entry = table.giving(&course, CourseDateId::new(1)).await.unwrap().unwrap();
        let partner = entry.partner;
        found.push(format!(
            "{} {} {} {}",
            partner.id,
            entry.name.expose(),
            partner.email.expose(),
            partner.language
        ));
    }
    assert_eq!(
        found,
        [
            "5 Evas Küche kueche@example.org de",
            "6  bakery@example.org en",
            "7  rest@example.org de",
        ]
    );
    assert!(read(&["--demo"]).unwrap().partners.is_none());
}

#[test]
fn every_mistake_is_named_by_its_line_or_its_partner_and_field_and_no_address_is_repeated() {
    const FILE: &str = "--partners-file or REBOOKING_PARTNERS_FILE: ";
    let named = |content: &str| -> Vec<String> {
        let told = told(content);
        told.iter().map(|fault| fault.strip_prefix(FILE).unwrap().to_owned()).collect()
    };
    assert_eq!(named("[\n  {\"id\": 5,,}\n]"), ["line 2, column 12: JSON"]);
    let wanted = "a list of partners with id, name, email, language, courses, skus and allOthers";
    assert_eq!(named("[\n{\"id\": \"five\"}]"), [format!("line 2, column 13: {wanted}")]);
    assert_eq!(
        named(
            r#"[{"id": 5, "email": "hunter2", "language": "tlh", "skus": [" "]},
                {"id": 6, "email": "", "courses": [40]}]"#
        ),
        [
            "partner 1 (id 5), email: one @ with a name before and a domain after it",
            "partner 1 (id 5), language: one of de, en, fr",
            "partner 1 (id 5), skus: an article number each",
            "partner 2 (id 6), email: an e-mail address is needed",
        ]
    );
    assert_eq!(
        named(
            r#"[{"id": 5, "email": "a@example.org", "courses": [40]},
                {"id": 5, "email": "b@example.org"},
                {"id": 6, "email": "c@example.org", "courses": [40]}]"#
        ),
        ["partner 5 is there twice", "course 40 is given by partner 5 and by partner 6"]
    );
    let missing = faults(&["--demo", "--partners-file=/no/such/file"]);
    assert!(missing.concat().starts_with(&format!("{FILE}a file that can be read: ")));
}
