//! What operators are told: to connect shop and helpdesk, to run the server, and to answer a person
//! who asks for their data.

use tests::stack::Stack;
use tests::stack::people::{Guest, Link, SUSI};
use tests::stack::shop::{Bought, SATURDAY};

use crate::blocks::of_document;
use crate::shell::Shell;

/// Erika has bought two places, the kitchen declines, and her link is here.
pub(crate) async fn declined(stack: &Stack) -> (Guest, Bought, Link) {
    let erika = Guest::erika();
    let bought = stack.shop().sells(&erika, SATURDAY, 2).await;
    stack.partner().declines(&bought.number(), SATURDAY, &[]).await;
    let link = stack.mails().link_to(&erika).await;
    stack.knows_the_dates().await;
    (erika, bought, link)
}

/// A shell beside the servers, with their settings, but for those that begin like this; what those
/// were.
pub(crate) fn shell_without(stack: &Stack, begin: &str) -> (Shell, Vec<(String, String)>) {
    let (apart, settings) =
        stack.settings().into_iter().partition(|(name, _)| name.starts_with(begin));
    let mut shell = Shell::new(settings);
    shell.here.push(("http://127.0.0.1:8080", stack.doors().next().unwrap()));
    shell.environment.insert("SUPPORT_TOKEN".to_owned(), SUSI.to_owned());
    let apart: std::collections::BTreeMap<String, String> = apart;
    (shell, apart.into_iter().collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_shop_is_connected_as_its_document_says() {
    let stack = Stack::start().await;
    let (_, bought, _) = declined(&stack).await;
    let (mut shell, credentials) = shell_without(&stack, "REBOOKING_MAGENTO_");
    for (name, value) in credentials {
        let file = match name.trim_start_matches("REBOOKING_MAGENTO_") {
            "URL" => {
                shell.here.push(("https://shop.example.com", value));
                continue;
            }
            "OAUTH_CONSUMER_KEY" => "magento-consumer-key",
            "OAUTH_CONSUMER_SECRET" => "magento-consumer-secret",
            "OAUTH_ACCESS_TOKEN" => "magento-access-token",
            "OAUTH_ACCESS_TOKEN_SECRET" => "magento-token-secret",
            _ => continue,
        };
        std::fs::write(shell.folder.join("etc").join(file), value).unwrap();
    }
    shell.here.push(("100012345", bought.number()));

    let said = shell.carries_out(&of_document("docs/magento.md")).await;

    let order = format!("ok         shop, order {}: it can be read\n", bought.number());
    assert!(said.contains(&order), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_helpdesk_is_connected_as_its_document_says() {
    let stack = Stack::start().await;
    let (mut shell, settings) = shell_without(&stack, "REBOOKING_ODOO_");
    let of = |wanted: &str| {
        let found = settings.iter().find(|(name, _)| name.ends_with(wanted));
        found.unwrap().1.clone()
    };
    shell.here.push(("https://odoo.example.com", of("_URL")));
    shell.here.push(("127.0.0.1:8069", "127.0.0.1:0".to_owned()));
    shell.typed = of("_KEY");

    let said = shell.carries_out(&of_document("docs/odoo.md")).await;

    assert!(said.contains("\"number\""), "the field that tells the two apart: {said}");
    assert!(
        said.contains("ok         helpdesk: its fields, the team and the stages are"),
        "{said}"
    );
    assert!(said.contains("REBOOKING_ODOO_FLAVOUR=oca\n"), "the fake one says how: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_switched_on_as_their_document_says() {
    let stack = Stack::start().await;
    let (mut shell, _) = shell_without(&stack, "REBOOKING_WEBHOOK_");
    // Whoever answers: no event is sent.
    shell.here.push(("https://crm.example.com", stack.doors().next().unwrap()));

    let said = shell.carries_out(&of_document("docs/events.md")).await;

    assert!(said.contains("ok         settings: the server starts with them"), "{said}");
    assert!(said.contains("ok         events:"), "{said}");
    let secrets = std::fs::read_to_string(shell.folder.join("etc/webhook-secrets")).unwrap();
    assert!(secrets.starts_with("whsec_"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_s_data_are_handed_out_and_forgotten_as_is_said() {
    let stack = Stack::start().await;
    let (erika, first, _) = declined(&stack).await;
    let second = stack.shop().sells(&erika, SATURDAY, 1).await;
    stack.partner().declines(&second.number(), SATURDAY, &[]).await;
    stack.mails().link_number(2, &erika).await;
    stack.comes_to_rest().await;
    let (mut shell, _) = shell_without(&stack, "nothing");
    shell.here.push(("7001", first.item.to_string()));
    shell.typed.clone_from(&erika.email);

    let said = shell.carries_out(&of_document("docs/personal-data.md")).await;

    for file in ["case.json", "person.json"] {
        let handed_out = std::fs::read_to_string(shell.folder.join(file)).unwrap();
        assert!(handed_out.contains(&erika.email), "{file}: {handed_out}");
    }
    assert!(said.contains(&format!("forgotten: case {}\n", first.item)), "{said}");
    assert!(said.contains(&format!("case {}", second.item)), "{said}");
    for table in ["tokens", "requests", "effects", "audit"] {
        let rows = format!("{:?}", stack.database().table(table, "id").await);
        assert!(!rows.contains(&erika.email) && !rows.contains("Mustermann"), "{table}: {rows}");
    }
}
