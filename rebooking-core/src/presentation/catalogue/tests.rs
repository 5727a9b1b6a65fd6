//! What a catalogue promises: it fills, it falls back, and it finds what differs.

use super::*;

const GERMAN: &str = "
hello = Guten Tag, { $name }!
free =
    { $places ->
        [0] Kein Platz
        [one] Ein Platz
       *[other] { $places } Plätze
    }
price = { hello } { $amount }
state =
    { $state ->
        [open] offen
       *[over] { -over }
    }
-over = vorbei
";

const ENGLISH: &str = "
hello = Hello, { $name }!
free =
    { $places ->
        [0] No place
        [one] One place
       *[other] { $places } places
    }
price = { hello } { $amount }
state =
    { $state ->
        [open] open
       *[over] over
    }
";

fn catalogues(english: &str) -> Catalogues {
    Catalogues::new(&[(Language::GERMAN, GERMAN), (Language::ENGLISH, english)])
}

fn faults(english: &str) -> Vec<String> {
    catalogues(english).check().iter().map(ToString::to_string).collect()
}

fn german(key: &str, arguments: &[(&str, Argument<'_>)]) -> String {
    catalogues(ENGLISH).text(Language::GERMAN, key, arguments)
}

#[test]
fn a_text_is_filled_without_marks_of_direction_and_blanks_stay_unbroken() {
    assert_eq!(german("hello", &[("name", "אסתר".into())]), "Guten Tag, אסתר!");
    let amount = ("amount", "89,00\u{A0}€".into());
    assert_eq!(
        german("price", &[amount, ("name", "Erika".into())]),
        "Guten Tag, Erika! 89,00\u{A0}€"
    );
}

#[test]
fn what_is_filled_in_is_no_part_of_a_catalogue() {
    let name = "{ -over } { $name } { \"x\" }\n    .attribute = x";
    assert_eq!(german("hello", &[("name", name.into())]), format!("Guten Tag, {name}!"));
}

#[test]
fn counts_are_worded_by_their_plural_and_written_without_grouping() {
    let free = |count: u64| german("free", &[("places", count.into())]);
    assert_eq!(
        [0, 1, 2, 12_345].map(free),
        ["Kein Platz", "Ein Platz", "2 Plätze", "12345 Plätze"]
    );
    // The largest ones lose their last digits, and nothing else.
    assert!(free(u64::MAX).ends_with(" Plätze"));
}

#[test]
fn a_word_decides_which_text_it_is_and_any_other_is_the_usual_one() {
    let state = |word: &str| german("state", &[("state", word.into())]);
    assert_eq!(["open", "over", "one", ""].map(state), ["offen", "vorbei", "vorbei", "vorbei"]);
}

#[test]
fn a_text_that_a_language_lacks_is_the_first_ones_and_an_unknown_key_stands_for_itself() {
    let catalogues = catalogues("hello = Hello, { $name }!");
    let text = |key| catalogues.text(Language::ENGLISH, key, &[("name", "Erika".into())]);
    assert_eq!(text("hello"), "Hello, Erika!");
    assert_eq!(text("free"), "{$places} Plätze");
    assert_eq!(text("no-such-text"), "no-such-text");
    assert_eq!(Catalogues::new(&[]).text(Language::ENGLISH, "hello", &[]), "hello");
}

#[test]
fn an_argument_that_is_missing_shows_its_name() {
    assert_eq!(german("hello", &[]), "Guten Tag, {$name}!");
}

#[test]
fn catalogues_that_say_the_same_have_no_fault() {
    assert_eq!(faults(ENGLISH), Vec::<String>::new());
}

#[test]
fn a_source_that_cannot_be_read_is_told_and_the_rest_of_it_stands() {
    let broken = format!("{ENGLISH}\nbroken = {{ $name\n");
    let found = catalogues(&broken);
    assert!(!found.check().is_empty());
    let hello = found.text(Language::ENGLISH, "hello", &[("name", "Erika".into())]);
    assert_eq!(hello, "Hello, Erika!");
}

#[test]
fn a_message_that_is_missing_or_one_too_many_or_there_twice_is_told() {
    let renamed = ENGLISH.replace("free =", "places =");
    assert_eq!(faults(&renamed), ["en: free is missing", "en: places is in no other language"]);
    let twice = format!("{ENGLISH}hello = Hi, {{ $name }}!\n");
    assert_eq!(faults(&twice).len(), 1);
}

#[test]
fn arguments_and_words_that_differ_are_told_by_their_message() {
    let other = ENGLISH.replace("{ $amount }", "{ $price }");
    assert_eq!(
        faults(&other),
        [r#"en: price has the arguments {"name", "price"}, not {"amount", "name"}"#]
    );
    let other = ENGLISH.replace("[open]", "[opened]");
    assert_eq!(
        faults(&other),
        [r#"en: state tells apart {"state": {"opened", "over"}}, not {"state": {"open", "over"}}"#]
    );
}

#[test]
fn a_message_that_uses_another_one_which_is_missing_is_told() {
    let other = ENGLISH.replace("*[over] over", "*[over] { -past }");
    assert_eq!(faults(&other), ["en: state uses -past, which is missing"]);
}

#[test]
fn plurals_are_each_languages_own_matter() {
    let other = ENGLISH.replace("        [0] No place\n        [one] One place\n", "");
    assert_eq!(faults(&other), Vec::<String>::new());
}

#[test]
fn a_message_that_uses_itself_does_no_harm() {
    let endless = Catalogues::new(&[(Language::GERMAN, "a = { b }\nb = { a } { $x }")]);
    assert!(endless.shapes(Language::GERMAN).values().all(|shape| shape.arguments.contains("x")));
    assert!(!endless.text(Language::GERMAN, "a", &[]).is_empty());
}
