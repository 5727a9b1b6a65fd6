//! The mouse: finds things on a page by what they are and what they say, and clicks where they are.

use serde_json::json;

use super::Page;

impl Page {
    /// Clicks on the first thing that a selector finds and whose name holds `name`, and waits for
    /// the page that it leads to.
    pub async fn click_through(&self, selector: &str, name: &str) {
        self.loading(self.click(selector, name)).await;
    }

    /// The same for what stays on the page.
    pub async fn click(&self, selector: &str, name: &str) {
        self.click_after("", selector, name).await;
    }

    /// Clicks on the first such thing that comes after what holds the text `landmark`.
    pub async fn click_after(&self, landmark: &str, selector: &str, name: &str) {
        self.painted().await;
        let script =
            format!("({PLACE})({}, {}, {})", json!(selector), json!(name), json!(landmark));
        let place = self.find_out(&script).await;
        let (Some(x), Some(y)) = (place["x"].as_f64(), place["y"].as_f64()) else {
            panic!(
                "cannot click on {selector} “{name}”: {place}; the page says: {}",
                self.text().await
            );
        };
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": x, "y": y, "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event).await;
        }
    }

    /// Types into a field, in place of what was in it.
    pub async fn fill(&self, selector: &str, text: &str) {
        self.click(selector, "").await;
        self.find_out("document.activeElement.select?.()").await;
        self.keys(text).await;
    }

    /// Whether a selector finds something.
    pub async fn has(&self, selector: &str) -> bool {
        self.find_out(&format!("!!document.querySelector({})", json!(selector))).await == true
    }

    /// Opens every part that can be folded away.
    pub async fn unfold(&self) {
        self.find_out("document.querySelectorAll('details').forEach(part => part.open = true)")
            .await;
    }
}

/// The middle of it, once it has been scrolled to; or why it cannot be clicked.
const PLACE: &str = r"(selector, name, landmark) => {
  const said = e => (e.getAttribute('aria-label') || e.innerText || e.value || '')
    .replace(/\s+/g, ' ').trim();
  const marks = landmark && [...document.querySelectorAll('body *')]
    .filter(e => !e.children.length && said(e).includes(landmark));
  const follows = (mark, e) =>
    mark.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING;
  const after = e => !landmark || marks.some(mark => follows(mark, e));
  const fits = e => e.getClientRects().length && said(e).includes(name) && after(e);
  const e = [...document.querySelectorAll(selector)].find(fits);
  if (!e) return 'there is no such thing';
  e.scrollIntoView({block: 'center', behavior: 'instant'});
  const box = e.getClientRects()[0], x = box.x + box.width / 2, y = box.y + box.height / 2;
  const there = document.elementFromPoint(x, y);
  if (!there || !(e.contains(there) || there.contains(e)))
    return `it is covered by ${there?.outerHTML}`;
  return {x, y};
}";
