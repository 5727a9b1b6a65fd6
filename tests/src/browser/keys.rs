//! The keyboard.

use serde_json::json;

use super::Page;

/// A key that does something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// To the next thing that takes keys.
    Tab,
    /// Presses a button, follows a link, sends a form.
    Enter,
    /// Presses a button, ticks a box, opens a part.
    Space,
    /// To the next option of a list.
    Down,
}

impl Page {
    /// Presses a key and lets it go.
    pub async fn press(&self, key: Key) {
        self.painted().await;
        let (name, code, number, text) = match key {
            Key::Tab => ("Tab", "Tab", 9, ""),
            Key::Enter => ("Enter", "Enter", 13, "\r"),
            Key::Space => (" ", "Space", 32, " "),
            Key::Down => ("ArrowDown", "ArrowDown", 40, ""),
        };
        let stroke = |kind: &str| {
            json!({
                "type": kind, "key": name, "code": code, "windowsVirtualKeyCode": number,
                "text": text,
            })
        };
        self.call("Input.dispatchKeyEvent", stroke("keyDown")).await;
        self.call("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": name, "code": code}))
            .await;
    }

    /// The same where it leads to another page.
    pub async fn press_through(&self, key: Key) {
        self.loading(self.press(key)).await;
    }

    /// Types where the focus is.
    pub async fn keys(&self, text: &str) {
        self.call("Input.insertText", json!({"text": text})).await;
    }

    /// Presses Tab until something of this name has the focus, and that can be seen.
    pub async fn tab_to(&self, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..300 {
            self.press(Key::Tab).await;
            let focused = self.find_out(FOCUSED).await;
            let (is, shown) = (focused["name"].as_str().unwrap_or_default(), &focused["shown"]);
            if is.contains(name) {
                assert_eq!(shown, true, "one cannot see that {is} has the focus");
                return;
            }
            passed.push(is.to_owned());
        }
        panic!("Tab never comes to {name}, but to {passed:?}");
    }
}

/// What has the focus, by the name that a screen reader says, and whether it is outlined and on the
/// screen.
const FOCUSED: &str = r"(() => {
  const e = document.activeElement;
  if (!e || e === document.body) return {name: '', shown: false};
  const label = e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].innerText)
    || e.innerText || e.value || '';
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const outlined = style.outlineStyle === 'auto'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  const there = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {name: label.replace(/\s+/g, ' ').trim(), shown: outlined && there};
})()";
