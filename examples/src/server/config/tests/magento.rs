//! Settings of the shop.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use rebooking_core::value::course_date::VenueZone;
use rebooking_magento::{
    CatalogSettings, DateEnd, Layout, MagentoSettings, OrderSettings, ShopUrl, SignIn, StockSource,
    TaxView, WatchSettings,
};

use super::*;

const FOUR: [&str; 4] = [
    "--magento-oauth-consumer-key=hunter1",
    "--magento-oauth-consumer-secret=hunter2",
    "--magento-oauth-access-token=hunter3",
    "--magento-oauth-access-token-secret=hunter4",
];

/// Each with a value that it does not have by itself.
const DISTINCT: [&str; 24] = [
    "--magento-layout=variants",
    "--magento-date-attribute=begins",
    "--magento-date-format=%d.%m.%Y %H:%M",
    "--magento-end-attribute=ends",
    "--magento-duration=4h",
    "--magento-zone=Europe/Vienna",
    "--magento-stock=stock-items",
    "--magento-website=kochen",
    "--magento-tax=7.5",
    "--magento-partner-id-attribute=chef",
    "--magento-partner-email-attribute=chef_email",
    "--magento-partner-language-attribute=chef_language",
    "--magento-venue-name-attribute=house",
    "--magento-venue-address-attribute=street",
    "--magento-payment-method=banktransfer",
    "--magento-close-original=false",
    "--magento-credit-invoiced=true",
    "--magento-refund-online=false",
    "--magento-deadline=13s",
    "--magento-watch-every=14s",
    "--magento-watch-back=15d",
    "--magento-reconcile-every=16m",
    "--magento-open-requests=true",
    "--magento-url=https://shop.example.com/de/",
];

/// Tried below, each for itself.
const REST: [&str; 9] = [
    "magento-course-attribute",
    "magento-option-title",
    "magento-option-capacity",
    "magento-token",
    "magento-token-file",
    "magento-oauth-consumer-key-file",
    "magento-oauth-consumer-secret-file",
    "magento-oauth-access-token-file",
    "magento-oauth-access-token-secret-file",
];

/// The name of every option that is tried here.
pub(super) fn tried() -> impl Iterator<Item = &'static str> {
    let given = FOUR.iter().chain(&DISTINCT);
    let name = |option: &'static str| option.trim_start_matches("--").split('=').next();
    given.filter_map(move |option| name(option)).chain(REST)
}

/// What a server outside the demo needs beside shop and helpdesk.
fn outside() -> impl Iterator<Item = &'static str> {
    OUTSIDE.into_iter().filter(|option| !option.starts_with("--without"))
}

/// A server outside the demo with a shop and these options.
fn with(options: &[&'static str]) -> Vec<&'static str> {
    let shop = ["--without=helpdesk", "--magento-url=https://shop.example.com"];
    outside().chain(shop).chain(options.iter().copied()).collect()
}

fn settings(options: &[&'static str]) -> MagentoSettings {
    let read = read(&with(options)).map_err(|faults| faults.to_string());
    read.unwrap().magento.unwrap().settings
}

fn wrong(options: &[&'static str]) -> Vec<String> {
    faults(&with(&[&FOUR[..], options].concat()))
}

#[test]
fn every_setting_of_the_shop_arrives_where_it_belongs() {
    let options: Vec<_> = FOUR.into_iter().chain(DISTINCT).collect();
    let all: Vec<_> = outside().chain(options).chain(["--without=helpdesk"]).collect();
    let magento = read(&all).map_err(|faults| faults.to_string()).unwrap().magento.unwrap();
    let expected = WatchSettings {
        every: Duration::from_secs(14),
        back: TimeDelta::days(15),
        reconcile_every: Duration::from_secs(16 * 60),
        open_requests: true,
        ..WatchSettings::default()
    };
    assert_eq!(magento.watch, expected);
    let MagentoSettings { shop, sign_in, limits, catalog, orders } = magento.settings;
    assert_eq!(shop, ShopUrl::parse("https://shop.example.com/de/").unwrap());
    assert!(matches!(sign_in, SignIn::OAuth1(_)));
    assert_eq!(limits.total.as_secs(), 13);
    let expected = OrderSettings {
        payment_method: "banktransfer".to_owned(),
        close_original: false,
        credit_invoiced: true,
        refund_online: false,
    };
    assert_eq!(orders, expected);
    assert_eq!(catalog.layout, Layout::Variants);
    assert_eq!((catalog.date.as_str(), catalog.format.as_str()), ("begins", "%d.%m.%Y %H:%M"));
    assert_eq!(catalog.end, DateEnd::Attribute("ends".to_owned(), TimeDelta::hours(4)));
    assert_eq!(catalog.zone, VenueZone::parse("Europe/Vienna").ok());
    assert_eq!((catalog.stock, catalog.tax), (StockSource::StockItems, TaxView::Added(750)));
    assert_eq!(catalog.website, "kochen");
    let partner = catalog.partner;
    let named = [partner.id, partner.email, partner.language].map(Option::unwrap);
    assert_eq!(named, ["chef", "chef_email", "chef_language"]);
    assert_eq!(
        [catalog.venue.name, catalog.venue.address].map(Option::unwrap),
        ["house", "street"]
    );
}

#[test]
fn no_setting_of_the_shop_is_left_out_here() {
    let command = <Arguments as clap::CommandFactory>::command();
    let known = command.get_arguments().filter_map(|argument| argument.get_long());
    let known: BTreeSet<_> = known.filter(|name| name.starts_with("magento-")).collect();
    assert_eq!(known, tried().collect());
}

#[test]
fn without_more_than_address_and_credentials_the_shop_is_as_the_library_has_it() {
    let magento = settings(&FOUR);
    let expected = CatalogSettings::default();
    assert_eq!(format!("{:?}", magento.catalog), format!("{expected:?}"));
    assert_eq!(magento.orders, OrderSettings::default());
    assert_eq!(magento.limits, rebooking_magento::Limits::default());
}

#[test]
fn dates_may_be_products_or_options_and_need_no_attribute_for_their_end() {
    let products = settings(&[&FOUR[..], &["--magento-layout=products"]].concat());
    assert_eq!(products.catalog.layout, Layout::Products { course: "course_code".to_owned() });
    let tied = ["--magento-layout=products", "--magento-course-attribute=kurs"];
    let products = settings(&[&FOUR[..], &tied].concat());
    assert_eq!(products.catalog.layout, Layout::Products { course: "kurs".to_owned() });
    let options = [
        "--magento-layout=options",
        "--magento-option-title=Termin",
        "--magento-option-capacity=12",
        "--magento-end-attribute=none",
        "--magento-partner-language-attribute=none",
    ];
    let catalog = settings(&[&FOUR[..], &options].concat()).catalog;
    assert_eq!(catalog.layout, Layout::Options { title: "Termin".to_owned(), capacity: 12 });
    assert_eq!(catalog.end, DateEnd::After(TimeDelta::hours(3)));
    assert_eq!(catalog.partner.language, None);
}

#[test]
fn each_credential_may_come_from_a_file_and_a_token_stands_for_all_four() {
    let names = ["consumer-key", "consumer-secret", "access-token", "access-token-secret"];
    let files = names.map(|name| TestFile::new(&format!("magento-{name}"), "hunter2\n"));
    let options: Vec<_> = std::iter::zip(&files, names)
        .map(|(file, name)| file.option(&format!("magento-oauth-{name}-file")))
        .collect();
    let options: Vec<_> = with(&[]).into_iter().chain(options.iter().map(String::as_str)).collect();
    assert!(read(&options).is_ok());
    let bearer = settings(&["--magento-token=hunter2"]);
    assert!(matches!(bearer.sign_in, SignIn::Bearer(_)));
    let file = TestFile::new("magento-token", "hunter2");
    let file = file.option("magento-token-file");
    assert!(read(&[&with(&[])[..], &[&file]].concat()).is_ok());
}

#[test]
fn what_is_wrong_with_the_shop_is_told_at_once_and_no_secret_is_repeated() {
    let told = faults(&[&with(&[])[..], &["--magento-token=hunter2", FOUR[0]]].concat());
    assert_eq!(
        told,
        ["--magento-oauth-consumer-key or REBOOKING_MAGENTO_OAUTH_CONSUMER_KEY: not beside \
          --magento-token"]
    );
    let told = wrong(&[
        "--magento-layout=grouped",
        "--magento-date-attribute=Course Date",
        "--magento-date-format=%Y-%m-%d",
        "--magento-duration=0s",
        "--magento-zone=Berlin",
        "--magento-stock=shelf",
        "--magento-tax=-1",
        "--magento-partner-id-attribute=",
        "--magento-payment-method=",
        "--magento-close-original=perhaps",
        "--magento-watch-every=0s",
        "--magento-watch-back=400d",
        "--magento-deadline=30s",
    ]);
    let code = "a code of small letters, digits and underscores that begins with a letter";
    assert_eq!(
        told,
        [
            "--magento-layout or REBOOKING_MAGENTO_LAYOUT: variants, products or options",
            &format!("--magento-date-attribute or REBOOKING_MAGENTO_DATE_ATTRIBUTE: {code}"),
            "--magento-date-format or REBOOKING_MAGENTO_DATE_FORMAT: the day and the time by \
             strftime's letters, like %d.%m.%Y %H:%M",
            "--magento-duration or REBOOKING_MAGENTO_DURATION: more than nothing",
            "--magento-zone or REBOOKING_MAGENTO_ZONE: the name of a time zone, like Europe/Berlin",
            "--magento-stock or REBOOKING_MAGENTO_STOCK: msi or stock-items",
            "--magento-tax or REBOOKING_MAGENTO_TAX: included, or the percent that is added, with \
             up to two decimals, like 19 or 7.5",
            &format!(
                "--magento-partner-id-attribute or REBOOKING_MAGENTO_PARTNER_ID_ATTRIBUTE: {code}, \
                 or none"
            ),
            "--magento-payment-method or REBOOKING_MAGENTO_PAYMENT_METHOD: the code of a way to \
             pay, like checkmo or banktransfer",
            "--magento-close-original or REBOOKING_MAGENTO_CLOSE_ORIGINAL: true or false",
            "--magento-watch-every or REBOOKING_MAGENTO_WATCH_EVERY: more than nothing",
            "--magento-watch-back or REBOOKING_MAGENTO_WATCH_BACK: more than nothing, and 365d at \
             most",
            "--magento-deadline or REBOOKING_MAGENTO_DEADLINE: more than nothing, and shorter than \
             --deadline, which is shorter than --lease",
        ]
    );
}

#[test]
fn a_shop_needs_an_address_with_tls_and_all_four_credentials() {
    let shop = ["--without=helpdesk", "--magento-url=http://shop.example.com", FOUR[0], FOUR[2]];
    let told = faults(&outside().chain(shop).collect::<Vec<_>>());
    let missing = "as the shop shows it under System, Integrations; or --magento-token";
    assert_eq!(
        told,
        [
            "--magento-url or REBOOKING_MAGENTO_URL: without TLS only to this machine: orders hold \
             names and addresses",
            &format!(
                "--magento-oauth-consumer-secret or REBOOKING_MAGENTO_OAUTH_CONSUMER_SECRET: \
                 {missing}"
            ),
            &format!(
                "--magento-oauth-access-token-secret or \
                 REBOOKING_MAGENTO_OAUTH_ACCESS_TOKEN_SECRET: {missing}"
            ),
        ]
    );
}

#[test]
fn what_belongs_to_a_layout_or_to_a_shop_is_refused_without_it() {
    let told = wrong(&["--magento-option-capacity=12", "--magento-course-attribute=kurs"]);
    assert_eq!(
        told,
        [
            "--magento-course-attribute or REBOOKING_MAGENTO_COURSE_ATTRIBUTE: only with \
             --magento-layout=products",
            "--magento-option-capacity or REBOOKING_MAGENTO_OPTION_CAPACITY: only with \
             --magento-layout=options",
        ]
    );
    let told = wrong(&["--magento-layout=options", "--magento-option-capacity=0"]);
    assert_eq!(told.len(), 2, "{told:?}");
    for option in FOUR.iter().chain(&DISTINCT).filter(|option| !option.contains("-url=")) {
        let told = faults(&[option]);
        let lonely = told.iter().all(|fault| fault.ends_with(": only with --magento-url"));
        let has_a_default = option.starts_with("--magento-deadline=");
        assert!(has_a_default || (told.len() == 1 && lonely), "{option}: {told:?}");
    }
}

#[test]
fn a_demo_has_a_shop_of_its_own() {
    let told = faults(&[&["--demo", "--magento-url=https://shop.example.com"], &FOUR[..]].concat());
    assert_eq!(
        told,
        ["--magento-url or REBOOKING_MAGENTO_URL: not in the demo, whose bookings no shop has"]
    );
}

#[test]
fn what_is_connected_is_not_left_out_on_purpose() {
    let shop = ["--without=shop, helpdesk", "--magento-url=https://shop.example.com"];
    let told = faults(&outside().chain(shop).chain(FOUR).collect::<Vec<_>>());
    assert_eq!(told, ["--without or REBOOKING_WITHOUT: not shop: --magento-url names one"]);
    let told = faults(&outside().chain(["--without=mail"]).collect::<Vec<_>>());
    assert_eq!(told, ["--without or REBOOKING_WITHOUT: shop, helpdesk, or both with a comma"]);
}
