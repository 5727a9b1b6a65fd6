//! A host's own templates are checked before anybody meets a mistake in them.

use rebooking_http::Templates;

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
