//! The whole story in lines to paste, from the first decline to the earnings.

use std::fmt::Write as _;

/// What happens, and the lines that make it happen. They work one after another in one shell; some
/// shells read comments that are pasted as commands, so no comment holds a quote or a semicolon.
pub(super) fn steps(url: &str) -> Vec<(&'static str, Vec<String>)> {
    let lines = |lines: &[&str]| lines.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>();
    let newest_link = concat!(
        "LINK=$(curl -s $URL/demo/mails/last/1",
        r#" | grep -o 'http[^"]*/api/rebook/[^"]*' | tail -1)"#,
    );
    let open_link = r#"curl -s -H "$PERSON" "$LINK""#;
    let (mail, mails) = ("curl -s $URL/demo/mails/last/1", "curl -s $URL/demo/mails/last/2");
    let newest_request = concat!(
        r#"ID=$(curl -s -H "$PARTNER" "$URL/api/partner/confirmations?status=pending""#,
        r#" | grep -o '"id":[0-9]*' | head -1 | cut -d: -f2)"#,
    );
    let confirm = r#"curl -s -H "$PARTNER" -X POST $URL/api/partner/confirmations/$ID/confirm"#;
    vec![
        (
            "Who calls, and how",
            vec![
                format!("URL={url}"),
                "JSON='Content-Type: application/json'".to_owned(),
                "PARTNER='Authorization: Bearer demo-partner'".to_owned(),
                "SUPPORT='Authorization: Bearer demo-support'".to_owned(),
                "PERSON='Rebooking-Viewed-By: person'".to_owned(),
            ],
        ),
        (
            "The partner declines the booking of Erika Mustermann",
            lines(&[concat!(
                r#"curl -s -H "$PARTNER" -H "$JSON" -d '{"reason":"Der Koch ist krank."}'"#,
                " $URL/api/partner/confirmations/1/decline",
            )]),
        ),
        ("She gets a mail with her link", lines(&[mail, newest_link])),
        (
            "She opens it without logging in: the dates that really are possible",
            lines(&[open_link]),
        ),
        (
            "She chooses one. The same line again gives the same answer and does nothing",
            lines(&[concat!(
                r#"curl -s -H "$JSON""#,
                r#" -d '{"selectedDateId":402,"customerEmail":"erika@example.com"}' "$LINK""#,
            )]),
        ),
        (
            "She gets a confirmation, the partner a request, and confirms",
            lines(&[mails, newest_request, confirm]),
        ),
        (
            "Later the partner must decline again, and proposes a date: a second link",
            lines(&[
                concat!(
                    r#"curl -s -H "$PARTNER" -H "$JSON""#,
                    r#" -d '{"reason":"Rohrbruch","proposedDateIds":[404]}'"#,
                    " $URL/api/partner/confirmations/$ID/decline",
                ),
                newest_link,
                open_link,
            ]),
        ),
        (
            "She takes it. It is cheaper, so the difference goes back. The partner confirms",
            lines(&[
                concat!(
                    r#"curl -s -H "$JSON""#,
                    r#" -d '{"selectedDateId":404,"customerEmail":"erika@example.com"}' "$LINK""#,
                ),
                mails,
                newest_request,
                confirm,
            ]),
        ),
        (
            "What the partner sees: a list, and the same for a spreadsheet",
            lines(&[
                r#"curl -s -H "$PARTNER" $URL/api/partner/rebookings"#,
                r#"curl -s -H "$PARTNER" $URL/api/partner/rebookings.csv"#,
            ]),
        ),
        (
            "What support sees: the case, its whole history, and what the feature earns",
            lines(&[
                r#"curl -s -H "$SUPPORT" "$URL/api/support/cases?q=erika@example.com""#,
                r#"curl -s -H "$SUPPORT" $URL/api/support/cases/7001"#,
                r#"curl -s -H "$SUPPORT" $URL/api/support/earnings"#,
            ]),
        ),
    ]
}

/// All steps as a shell reads them.
pub(super) fn script(url: &str) -> String {
    let mut script = String::new();
    for (what, lines) in steps(url) {
        // Writing to a string cannot fail.
        writeln!(script, "# {what}\n{}\n", lines.join("\n")).unwrap_or_default();
    }
    script.trim_end().to_owned()
}

/// What the server says when it starts.
pub(super) fn greeting(url: &str, in_memory: bool, random_key: bool) -> String {
    let kept = match in_memory {
        true => "in memory, and gone when it stops",
        false => "in the database",
    };
    let key = match random_key {
        true => "\nNo link key is set (REBOOKING_LINK_KEY): links that it mails die when it stops.",
        false => "",
    };
    format!(
        "\nThis is a demo. Its data is kept {kept}.\n\
         Its tokens are known to everybody, so keep it to this machine.{key}\n\n\
         In a browser:  {url}/demo\n\
         Caught mails:  {url}/demo/mails\n\
         Partner:       {url}/partner (token demo-partner)\n\
         Support:       {url}/support (token demo-support)\n\n\
         Or paste this into another shell:\n\n{}\n",
        script(url)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_comment_means_anything_to_a_shell() {
        for (what, _) in steps("http://127.0.0.1:8080") {
            assert!(
                !what.contains(['\'', '"', ';', '&', '|', '`', '$', '(', '<', '>', '*', '?']),
                "{what}"
            );
        }
    }

    #[test]
    fn the_readme_tells_the_same_story() {
        let readme = include_str!("../../../../README.md");
        assert!(
            readme.contains(&script("http://127.0.0.1:8080")),
            "{}",
            script("http://127.0.0.1:8080")
        );
    }
}
