//! A page in one state, and the visitor who is led there.

use std::any::Any;
use std::pin::Pin;

use rebooking_core::value::customer::Language;

use crate::browser::Page;
use crate::stage::Stage;

/// A page in one state.
#[derive(Clone, Copy)]
pub struct State {
    /// What it is called, in names of files too.
    pub name: &'static str,
    pub(super) reach: Reach,
}

/// Leads a visitor there; what comes back keeps the server running.
pub(super) type Reach = for<'a> fn(&'a Visit<'a>) -> Pin<Box<dyn Future<Output = Kept> + 'a>>;

/// What must live as long as the page is looked at.
pub type Kept = Box<dyn Any>;

/// Somebody who looks at pages in a language.
pub struct Visit<'a> {
    /// Where they look.
    pub page: &'a Page,
    /// What they have switched to.
    pub language: Language,
}

impl State {
    /// Leads to it.
    pub async fn reach(&self, page: &Page, language: Language) -> Kept {
        (self.reach)(&Visit { page, language }).await
    }
}

impl Visit<'_> {
    /// Opens a path in the language.
    pub(super) async fn open(&self, stage: &Stage, path: &str) {
        let and = if path.contains('?') { '&' } else { '?' };
        self.page.goto(&format!("{}{path}{and}lang={}", stage.base, self.language.as_str())).await;
    }

    pub(super) async fn sign_in(&self, stage: &Stage, token: &str) {
        self.open(stage, "/sign-in").await;
        self.page.fill("#token", token).await;
        self.page.click_through("main button", "").await;
    }

    /// Opens a path as somebody who has signed in.
    pub(super) async fn open_as(&self, stage: &Stage, token: &str, path: &str) {
        self.sign_in(stage, token).await;
        self.open(stage, path).await;
    }

    pub(super) async fn press(&self, selector: &str) {
        self.page.click_through(selector, "").await;
    }
}

/// Rows of the table: a name, and how to get there.
macro_rules! table {
    ($($name:literal => |$visit:ident| $reach:block)*) => {
        vec![$($crate::states::state::State {
            name: $name,
            reach: |$visit| Box::pin(async move {
                Box::new($reach) as $crate::states::state::Kept
            }),
        }),*]
    };
}

pub(super) use table;
