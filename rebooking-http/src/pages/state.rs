//! What every page shares.

use std::ops::Deref;
use std::sync::Arc;

use super::renderer::Pages;
use crate::state::AppState;

/// What every page shares: what every route shares, and the templates.
#[derive(Clone)]
pub(crate) struct PagesState {
    app: AppState,
    pages: Arc<Pages>,
}

impl PagesState {
    pub(crate) fn new(app: AppState) -> Self {
        let pages = Arc::new(Pages::new(app.settings()));
        Self { app, pages }
    }

    pub(crate) fn pages(&self) -> &Pages {
        &self.pages
    }
}

impl Deref for PagesState {
    type Target = AppState;

    fn deref(&self) -> &AppState {
        &self.app
    }
}
