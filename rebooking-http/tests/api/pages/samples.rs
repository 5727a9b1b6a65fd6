//! The samples that a host's templates are checked with are like the pages that people get: a
//! template that can be filled with the ones can be filled with the others.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use rebooking_core::testing::{World, samples};
use rebooking_core::value::booking::Booking;
use rebooking_core::value::ids::OrderId;
use rebooking_http::Templates;
use serde_json::Value;

use super::browser::{Browser, Page as _};
use super::markup::pages_of;
use crate::api::{Answer, Api, PARTNER, SUPPORT};

/// Where each value stands in a page, by the template that shows it: `page.dates[].day`.
type Paths = BTreeMap<String, BTreeSet<String>>;

/// What a host may put into a block: the place of each value of a page.
const PATHS: &str = r#"{% block content %}
{% macro paths(value, path) %}<i>{{ path }}</i>
{% if value is mapping %}{% for key, one in value | items %}{{ paths(one, path ~ "." ~ key) }}
{% endfor %}{% elif value is sequence %}{% for one in value %}{{ paths(one, path ~ "[]") }}
{% endfor %}{% endif %}{% endmacro %}
<div class="paths" title="NAME">{{ paths(page, "page") }}</div>"#;

fn paths_of(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    found.insert(path.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, one)| paths_of(one, &format!("{path}.{name}"), found));
        }
        Value::Array(values) => {
            values.iter().for_each(|one| paths_of(one, &format!("{path}[]"), found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn of_samples() -> Paths {
    let samples: BTreeMap<String, BTreeMap<String, Vec<Value>>> =
        serde_json::from_str(include_str!("../../../pages/samples.json")).unwrap();
    let mut paths = Paths::new();
    for (template, pages) in samples.into_values().flatten() {
        let found = paths.entry(template).or_default();
        pages.iter().for_each(|page| paths_of(page, "page", found));
    }
    paths
}

/// Every page that shows where its values stand.
fn with_paths() -> Templates {
    Templates::default().sources().filter(|(_, source)| source.contains("{% extends")).fold(
        Templates::default(),
        |templates, (name, source)| {
            let source = source.replace("{% block content %}", &PATHS.replace("NAME", name));
            templates.with(name, &source).unwrap()
        },
    )
}

fn note(paths: &mut Paths, answer: &Answer) {
    for template in answer.attributes(".paths", "title") {
        paths.entry(template).or_default().extend(answer.texts(".paths i"));
    }
}

/// Paths that are in the one and not in the other.
fn missing(these: &Paths, those: &Paths) -> Vec<String> {
    let none = BTreeSet::new();
    let lacks = |(template, paths): (&String, &BTreeSet<String>)| {
        let others = those.get(template).unwrap_or(&none);
        paths.difference(others).map(|path| format!("{template}: {path}")).collect::<Vec<_>>()
    };
    these.iter().flat_map(lacks).collect()
}

/// Every page in every shape: what somebody typed is on some, what went wrong on others.
async fn of_pages() -> Paths {
    let mut paths = Paths::new();
    let on = |world| Api::on(world, |settings| settings.templates = with_paths());

    let api = on(World::new());
    for (_, answer) in pages_of(&api, "Lieber sonntags").await {
        note(&mut paths, &answer);
    }
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    for path in ["/support/earnings", "/support/cases/1"] {
        note(&mut paths, &support.get(path).await);
    }

    let api = on(World::new());
    api.world.seed_many(10).await.unwrap();
    let link = format!("/rebook/{}", api.declined().await.link.expose());
    for view in ["list", "calendar"] {
        note(&mut paths, &api.get(&format!("{link}?view={view}")).await);
    }
    note(&mut paths, &api.submit(&link, "choice=1001%3A178.00").await);

    let api = on(World::new());
    let link = format!("/rebook/{}", api.declined().await.link.expose());
    api.submit(&link, "customerEmail=erika%40example.com&wish=new_dates").await;
    let mut support = Browser::signed_in(&api, SUPPORT).await;
    for path in ["/support", "/support?q=100009999"] {
        note(&mut paths, &support.get(path).await);
    }
    for item in [7001, 7002] {
        let order_number = samples::order_number("100007001");
        api.world.shop.put_booking(Booking { order_number, ..samples::booking_of(item) });
    }
    note(&mut paths, &support.submit("/support/links", "orderNumber=100007001&reason=x").await);
    note(&mut paths, &support.submit("/support/people", "email=x&act=export").await);
    let unclaimed = api.world.rebookings.ports().unclaimed.clone().unwrap();
    let number = samples::order_number("000004711");
    unclaimed.note(OrderId::new(4_711), &number, "reb-1-1").await.unwrap();
    api.world.store.list_malformed(samples::malformed_row());
    for path in ["/support", "/support/effects"] {
        note(&mut paths, &support.get(path).await);
    }
    let (failing, _) = Api::with_events();
    let api_with_events = on(failing.world);
    api_with_events.declined().await;
    let switch = api_with_events.world.rebookings.ports().event_switch.clone().unwrap();
    let _ = switch.failed("away", TimeDelta::zero()).await.unwrap();
    let mut support = Browser::signed_in(&api_with_events, SUPPORT).await;
    for path in ["/support", "/support/effects"] {
        note(&mut paths, &support.get(path).await);
    }
    // Two sold bookings of one date, whose partner does not answer.
    let sold = on(World::new());
    sold.world.seed().await.unwrap();
    for item in [7001, 7002] {
        sold.world.rebookings.open_request(&samples::booking_of(item)).await.unwrap();
    }
    sold.world.clock.advance(TimeDelta::days(5));
    sold.world.rebookings.sweep().await.unwrap();
    for (token, path) in [(PARTNER, "/partner"), (SUPPORT, "/support/effects")] {
        note(&mut paths, &Browser::signed_in(&sold, token).await.get(path).await);
    }
    let chosen = on(World::new());
    let booked = format!("/rebook/{}", chosen.chosen().await.link.expose());
    let named = "customerEmail=erika%40example.com&backups=save&backup1=2%3A178.00";
    chosen.submit(&booked, named).await;
    note(&mut paths, &chosen.get(&booked).await);
    let moved = on(World::new());
    let backup = format!("/rebook/{}", moved.moved_to_a_backup().await.link.expose());
    note(&mut paths, &moved.get(&backup).await);
    api.world.clock.advance(TimeDelta::days(400));
    note(&mut paths, &api.get(&link).await);
    note(&mut paths, &api.submit(&link, "newLink=yes").await);
    paths
}

#[tokio::test]
async fn samples_have_the_values_of_real_pages_and_no_others() {
    let (pages, samples) = (of_pages().await, of_samples());
    assert_eq!(missing(&pages, &samples), [""; 0], "are in no sample");
    assert_eq!(missing(&samples, &pages), [""; 0], "are on no page");
}
