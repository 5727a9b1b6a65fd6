//! The contract of [`SignOuts`].

use chrono::TimeDelta;

use crate::ports::SignOuts;
use crate::testing::samples;

/// Tests that an adapter remembers who has signed out, one test a case; each gets a fresh one.
#[macro_export]
macro_rules! sign_outs_contract {
    ($(#[$attribute:meta])* ($($argument:tt)*) => $adapter:expr) => {
        $crate::contract_cases! { sign_outs [$(#[$attribute])*] ($($argument)*) [$adapter]
            a_sign_in_that_was_ended_stays_so_and_others_go_on
            all_sign_ins_of_somebody_end_at_once_but_for_later_ones
            what_is_over_by_itself_may_be_forgotten_and_nothing_else
        }
    };
}

/// Of the same person and of others.
pub async fn a_sign_in_that_was_ended_stays_so_and_others_go_on(port: impl SignOuts) {
    let (began, until) = (samples::now(), samples::now() + TimeDelta::days(36_500));
    assert!(!port.is_ended("support anna", "1", began).await.unwrap());
    for _ in 0..2 {
        port.end("support anna", "1", until).await.unwrap();
    }
    for (who, sign_in, ended) in
        [("support anna", "1", true), ("support anna", "2", false), ("partner 5", "1", false)]
    {
        assert_eq!(port.is_ended(who, sign_in, began).await.unwrap(), ended, "{who} {sign_in}");
    }
}

/// Whoever signs in anew afterwards is let in.
pub async fn all_sign_ins_of_somebody_end_at_once_but_for_later_ones(port: impl SignOuts) {
    let (now, second) = (samples::now(), TimeDelta::seconds(1));
    let until = now + TimeDelta::days(36_500);
    port.end_all("support anna", now, until).await.unwrap();
    port.end_all("support anna", now - second, until).await.unwrap();
    for (who, began, ended) in [
        ("support anna", now - second, true),
        ("support anna", now, true),
        ("support anna", now + second, false),
        ("support bert", now, false),
    ] {
        assert_eq!(port.is_ended(who, "1", began).await.unwrap(), ended, "{who} {began}");
    }
}

/// Remembering grows with who signs out within a day, and not for ever.
pub async fn what_is_over_by_itself_may_be_forgotten_and_nothing_else(port: impl SignOuts) {
    let (past, until) = (samples::now(), samples::now() + TimeDelta::days(36_500));
    port.end("support anna", "1", until).await.unwrap();
    port.end("support anna", "2", past).await.unwrap();
    port.end("support anna", "3", until).await.unwrap();
    for sign_in in ["1", "3"] {
        assert!(port.is_ended("support anna", sign_in, past).await.unwrap(), "{sign_in}");
    }
}
