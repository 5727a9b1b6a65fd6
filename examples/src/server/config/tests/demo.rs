//! What everybody knows is accepted in the demo alone, and a demo is asked for where others could
//! meet it.

use super::*;

#[test]
fn in_memory_on_this_machine_it_is_a_demo_by_itself() {
    assert!(read(&[]).unwrap().demo);
    assert!(read(&["--listen=[::1]:80"]).unwrap().demo);
}

#[test]
fn where_others_reach_it_a_demo_must_be_asked_for() {
    let told = faults(&["--listen=0.0.0.0:80"]);
    assert_eq!(told.len(), 1);
    assert!(
        told[0].starts_with("--listen or REBOOKING_LISTEN: an address of this machine alone"),
        "{told:?}"
    );
    assert!(read(&["--listen=0.0.0.0:80", "--demo"]).unwrap().demo);
}

#[test]
fn on_a_database_it_is_no_demo_unless_somebody_says_so() {
    let database = "--database-url=postgres://app@localhost/shop";
    assert_eq!(
        faults(&[database]),
        [
            "--base-url or REBOOKING_BASE_URL: needed outside the demo: where customers reach the \
             pages",
            "--link-key or REBOOKING_LINK_KEY: needed outside the demo: links of a random key \
             would end with the server",
            "--smtp-url or REBOOKING_SMTP_URL: needed outside the demo, or --mail-folder",
            "--support-tokens or REBOOKING_SUPPORT_TOKENS: needed outside the demo, or \
             --partner-tokens: nobody could sign in",
            "--magento-url or REBOOKING_MAGENTO_URL: needed outside the demo, or --without=shop, \
             with which orders wait",
            "--odoo-url or REBOOKING_ODOO_URL: needed outside the demo, or --without=helpdesk, \
             with which tickets wait",
            "--demo or REBOOKING_DEMO: true for a demo with data, and tokens that everybody knows",
        ]
    );
    assert!(read(&[database, "--demo=true"]).unwrap().demo);
    assert!(!read(&OUTSIDE).unwrap().demo);
    assert!(!read(&OUTSIDE[1..]).unwrap().demo, "nor when all that is needed is there");
}

#[test]
fn each_of_what_is_needed_outside_the_demo_is_missed() {
    for left_out in OUTSIDE.iter().skip(1) {
        let options: Vec<_> = OUTSIDE.into_iter().filter(|option| option != left_out).collect();
        assert!(!faults(&options).is_empty(), "without {left_out}");
    }
    assert_eq!(faults(&OUTSIDE), Vec::<String>::new());
}

#[test]
fn bringing_the_database_up_to_date_needs_the_database_alone() {
    let config = read(&["--migrate-only", "--database-url=postgres://app@localhost/shop"]).unwrap();
    assert!(config.migrate_only && config.database.unwrap().migrate);
    assert_eq!(
        faults(&["--migrate-only"]),
        ["--database-url or REBOOKING_DATABASE_URL: needed for --migrate-only"]
    );
}
