//! Somebody who reads a page and does what it says, with the mouse or with nothing but the
//! keyboard.

use crate::browser::{Browser, Key, Page};

/// What things are pressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hands {
    /// Clicks where things are.
    Mouse,
    /// Tab, Enter and Space.
    Keyboard,
}

/// A person with a browser of their own.
pub struct Person {
    /// What they look at.
    pub page: Page,
    hands: Hands,
}

const PRESSED: &str = "a, button";

impl Person {
    /// Somebody new.
    pub async fn new(browser: &Browser, hands: Hands) -> Self {
        Self { page: browser.visitor().await, hands }
    }

    /// Types an address into the browser.
    pub async fn goes_to(&self, url: &str) {
        self.page.goto(url).await;
    }

    /// Presses what has this name and leads on.
    pub async fn presses(&self, name: &str) {
        match self.hands {
            Hands::Mouse => self.page.click_through(PRESSED, name).await,
            Hands::Keyboard => {
                self.page.tab_to(name).await;
                self.page.press_through(Key::Enter).await;
            }
        }
    }

    /// Opens the first folded part of this name that comes after something else.
    pub async fn unfolds_after(&self, landmark: &str, name: &str) {
        match self.hands {
            Hands::Mouse => self.page.click_after(landmark, "summary", name).await,
            Hands::Keyboard => {
                self.page.tab_to(landmark).await;
                self.page.tab_to(name).await;
                self.page.press(Key::Space).await;
            }
        }
    }

    /// Writes into the next field with this label.
    pub async fn writes(&self, label: &str, text: &str) {
        match self.hands {
            // Whoever clicks on a label is in its field.
            Hands::Mouse => self.page.click("label", label).await,
            Hands::Keyboard => self.page.tab_to(label).await,
        }
        self.page.keys(text).await;
    }

    /// Chooses the option with this number, after the one that stands there, from the next list
    /// with this label.
    pub async fn chooses(&self, label: &str, number: usize) {
        match self.hands {
            Hands::Mouse => self.page.click("label", label).await,
            Hands::Keyboard => self.page.tab_to(label).await,
        }
        for _ in 0..number {
            self.page.press(Key::Down).await;
        }
    }

    /// Reads the first heading.
    pub async fn reads_heading(&self) -> String {
        self.page.heading().await
    }

    /// Reads everything.
    pub async fn reads(&self) -> String {
        self.page.text().await
    }
}
