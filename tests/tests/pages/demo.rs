//! The demo's own pages: readable for everybody, never wider than the screen, and what is copied by
//! eye in one piece.

use tests::browser::Browser;
use tests::checks::{Axe, pieces, too_wide};
use tests::demo::Demo;

use crate::every_state::strangers;
use crate::story::SERVER;

const PAGES: [&str; 3] = ["/demo", "/demo/mails", "/demo/mails/1"];

/// The demo as a visitor finds it, and with a system away.
async fn started() -> Demo {
    let demo = Demo::start(SERVER.as_ref(), &[]).await;
    demo.call("POST", "/demo/systems/helpdesk/off", "", "").await;
    let decline = r#"{"reason":"Der Koch ist krank."}"#;
    demo.call("POST", "/api/partner/confirmations/1/decline", "demo-partner", decline).await;
    demo
}

#[tokio::test]
async fn order_numbers_and_addresses_never_break_in_the_middle() {
    let (browser, demo) = (Browser::start().await, started().await);
    let page = browser.visitor().await;
    for path in PAGES {
        page.goto(&format!("{}{path}", demo.base)).await;
        page.unfold().await;
        for width in [320, 390, 700, 1000, 1280] {
            page.look(width, false).await;
            let pieces = pieces(&page).await;
            assert_eq!(pieces.broken, [""; 0], "{path} at {width}");
            assert!(pieces.seen > 0, "{path} at {width}");
        }
    }
}

/// A check that cannot fail checks nothing.
#[tokio::test]
async fn a_number_that_breaks_is_noticed() {
    let browser = Browser::start().await;
    let page = browser.visitor().await;
    page.goto("data:text/html,<main style='width:3em;overflow-wrap:anywhere'>%23100012345</main>")
        .await;
    assert_eq!(pieces(&page).await.broken, ["#100012345"]);
}

#[tokio::test]
async fn the_pages_of_the_demo_fit_and_break_no_rule_of_accessibility() {
    let (browser, demo) = (Browser::start().await, started().await);
    let axe = Axe::bring().await;
    let page = browser.visitor().await;
    for path in PAGES {
        page.goto(&format!("{}{path}", demo.base)).await;
        for width in [320, 390, 1280] {
            page.look(width, false).await;
            assert_eq!(too_wide(&page, width).await, [""; 0], "{path} at {width}");
        }
        page.look(390, false).await;
        assert_eq!(axe.faults(&page).await, [""; 0], "{path} in light");
        page.look(390, true).await;
        assert_eq!(axe.faults_of_colour(&page).await, [""; 0], "{path} in dark");
        assert_eq!(strangers(&page), [""; 0], "{path}");
    }
}
