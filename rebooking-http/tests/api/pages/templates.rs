//! A host's own templates are checked before anybody meets a mistake in them.

use rebooking_core::presentation::{Brand, BrandName};
use rebooking_core::testing::World;
use rebooking_http::Templates;

use crate::api::Api;

/// What a host's own page of the sign-in comes out as: with a brand, in a language, and with
/// `<b title='x'>"` as `page.next`.
async fn filled(sign_in: &str, brand: &str, language: &str) -> String {
    let api = Api::on(World::new(), |settings| {
        settings.templates = Templates::default().with("sign_in.html", sign_in).unwrap();
        settings.presentation.brand =
            Brand { name: BrandName::parse(brand).unwrap(), ..Brand::default() };
    });
    let next = "%3Cb%20title=%27x%27%3E%22";
    api.get(&format!("/sign-in?lang={language}&next={next}")).await.ok().text
}

#[test]
fn the_built_in_templates_fill_in_both_languages() {
    assert_eq!(Templates::default().check_templates(), []);
}

#[test]
fn a_mistake_in_a_hosts_template_is_found_with_its_name_and_line() {
    let syntax = Templates::default().with("notice.html", "<p>\n{% if %}</p>").unwrap_err();
    assert_eq!(syntax.to_string().split(": ").next(), Some("template notice.html, line 2"));
    let unknown = Templates::default().with("refused.html", "\n\n{{ page.nothing }}").unwrap();
    let unknown = unknown.check_templates().remove(0);
    assert_eq!(
        unknown.to_string(),
        "template refused.html, line 3: undefined value: `page.nothing` is undefined"
    );
    let name = Templates::default().with("notices.html", "").unwrap_err();
    assert_eq!(name.to_string(), "template notices.html: no such template");
}

#[test]
fn every_template_at_fault_is_listed_once() {
    let broken = "{{ page.nothing }}";
    let templates = ["refused.html", "customer/choose.html"]
        .into_iter()
        .fold(Templates::default(), |templates, name| templates.with(name, broken).unwrap());
    let faults: Vec<_> = templates.check_templates().iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        ["customer/choose.html", "refused.html"].map(|name| format!(
            "template {name}, line 1: undefined value: `page.nothing` is undefined"
        ))
    );
}

#[test]
fn a_mistake_in_what_is_filled_beforehand_is_found_as_well() {
    let syntax = Templates::default().with("notice.html", "<p>\n[[ t( ]]</p>").unwrap_err();
    assert_eq!(syntax.to_string().split(": ").next(), Some("template notice.html, line 2"));
    let unknown = Templates::default().with("notice.html", "\n\n[[ page.notice ]]").unwrap();
    assert_eq!(
        unknown.check_templates().iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["template notice.html, line 3: undefined value: `page` is undefined"]
    );
}

#[test]
fn a_page_that_needs_no_sign_in_is_tried_with_nobody_signed_in() {
    let whose = "{{ shell.visitor.name }}";
    let at_fault =
        |name| !Templates::default().with(name, whose).unwrap().check_templates().is_empty();
    assert!(at_fault("sign_in.html") && at_fault("partner/answer.html"));
    assert!(!at_fault("support/link.html"));
}

#[tokio::test]
async fn what_is_filled_in_is_escaped() {
    let filled = filled("{{ page.next }}", "Kochschule", "de").await;
    assert!(filled.contains("title") && !filled.contains(['<', '>', '"', '\'']), "{filled}");
}

#[tokio::test]
async fn a_text_is_picked_beforehand_or_with_the_page() {
    for source in [r#"[[ t("<ja>", "<yes>") ]]"#, r#"{{ t("<ja>", "<yes>") }}"#] {
        assert_eq!(filled(source, "Kochschule", "de").await, "&lt;ja&gt;");
        assert_eq!(filled(source, "Kochschule", "en").await, "&lt;yes&gt;");
    }
}

#[tokio::test]
async fn a_brand_is_no_template() {
    let filled = filled("[[ shell.brand.name ]]", "{{ page.next }} & {% x", "de").await;
    assert_eq!(filled, "&#123;&#123; page.next }} &amp; &#123;% x");
}

#[tokio::test]
async fn what_is_gone_through_beforehand_is_the_languages_own() {
    let source = "[% for day in weekdays %]{% if page.next %}[[ day.value ]]:[[ day.name ]] {% \
                  endif %}[% endfor %]";
    assert!(filled(source, "Kochschule", "de").await.ends_with("saturday:Samstag sunday:Sonntag "));
}
