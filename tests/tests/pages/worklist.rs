//! Support looks at whose cases are whose: by a name on the list, and by the form.

use rebooking_core::testing::samples;
use rebooking_core::value::ids::CaseId;
use tests::browser::Browser;
use tests::person::Hands;
use tests::stage::{SUPPORT, Stage};

use crate::every_state::strangers;
use crate::story::somebody;

async fn whose_cases(hands: Hands, scripts: bool) {
    let (browser, stage) = (Browser::start().await, Stage::new().await);
    for item in 7001..=7003 {
        stage.world.declined(samples::booking_of(item)).await;
    }
    for (name, case) in [("Anna", 7001), ("Susi", 7002)] {
        stage.world.rebookings.support(name).take(CaseId::new(case), false).await.unwrap();
    }
    let susi = somebody(&browser, hands, scripts).await;
    susi.goes_to(&format!("{}/sign-in", stage.base)).await;
    susi.writes("Zugangsschlüssel", SUPPORT).await;
    susi.presses("Anmelden").await;
    let orders = ["#100007001", "#100007002", "#100007003"];
    let listed = async || {
        let read = susi.reads().await;
        orders.map(|order| read.contains(order))
    };
    assert_eq!(listed().await, [true; 3]);
    susi.presses("bei Anna").await;
    assert_eq!(listed().await, [true, false, false]);
    susi.goes_to(&format!("{}/support", stage.base)).await;
    // One after another: oneself, nobody.
    for whose in [[false, true, false], [false, false, true]] {
        susi.chooses("Übernommen von", 1).await;
        susi.presses("Suchen").await;
        assert_eq!(listed().await, whose);
    }
    // Whom the list of all names stands behind these.
    susi.goes_to(&format!("{}/support", stage.base)).await;
    susi.chooses("Übernommen von", 3).await;
    susi.presses("Suchen").await;
    assert_eq!(listed().await, [true, false, false]);
    assert_eq!(strangers(&susi.page), [""; 0]);
}

#[tokio::test]
async fn support_finds_whose_cases_are_whose_by_clicking() {
    whose_cases(Hands::Mouse, true).await;
}

#[tokio::test]
async fn support_finds_whose_cases_are_whose_by_the_keyboard_alone() {
    whose_cases(Hands::Keyboard, true).await;
}

#[tokio::test]
async fn support_finds_whose_cases_are_whose_without_scripts() {
    whose_cases(Hands::Mouse, false).await;
}
