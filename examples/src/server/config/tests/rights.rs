//! What `server rights` prints.

use super::*;

fn printed(options: &[&str]) -> Result<String, Faults> {
    let command = Arguments::everywhere().mut_args(|argument| argument.env(None));
    let matches = command.get_matches_from([&["server", "rights"], options].concat());
    let arguments = <Arguments as clap::FromArgMatches>::from_arg_matches(&matches).unwrap();
    arguments.rights().unwrap()
}

#[test]
fn the_rights_are_for_the_role_and_where_the_tables_are() {
    let plain = printed(&["--of=app"]).unwrap();
    assert!(plain.contains(" TO app;") && !plain.contains("search_path"), "{plain}");
    let inside = printed(&["--of=app", "--database-schema=portal"]).unwrap();
    assert_eq!(inside, format!("SET search_path = portal;\n{plain}"));
}

#[test]
fn a_name_that_would_be_more_than_a_name_is_refused() {
    for (options, told) in
        [(vec!["--of=app; --"], "--of: "), (vec!["--of=a", "--database-schema=A"], "--database-")]
    {
        let faults = printed(&options).unwrap_err().0;
        assert!(faults.len() == 1 && faults[0].starts_with(told), "{faults:?}");
    }
}
