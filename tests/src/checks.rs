//! What is looked at on every page: axe-core's rules, and that nothing is wider than the screen.

use std::path::PathBuf;

use machine::Python;
use serde_json::Value;

use crate::browser::Page;

/// The package is a copy of axe-core 4.12.1 (MPL-2.0) for Python; the one file that is wanted comes
/// with it.
pub const PYTHON: Python = Python {
    name: "python-for-outside",
    packages: include_str!("checks/requirements.txt"),
    files_of: "axe-playwright-python==0.1.8",
};

/// axe-core, ready to be run on pages.
pub struct Axe(String);

impl Axe {
    /// Brings it here.
    pub async fn bring() -> Self {
        let home = tokio::task::spawn_blocking(|| PYTHON.home()).await.unwrap().unwrap();
        let versions = std::fs::read_dir(home.join("lib")).unwrap();
        let files = versions.map(|version| version.unwrap().path());
        let file = |folder: PathBuf| folder.join("site-packages/axe_playwright_python/axe.min.js");
        let script =
            files.map(file).find(|file| file.exists()).expect("the package holds axe-core");
        Self(std::fs::read_to_string(script).unwrap())
    }

    /// Every rule of its that a page breaks, with what breaks it; the rules of good practice
    /// included.
    pub async fn faults(&self, page: &Page) -> Vec<String> {
        self.run(page, "{}").await
    }

    /// The same for the rules about colours alone: in another scheme nothing else is different.
    pub async fn faults_of_colour(&self, page: &Page) -> Vec<String> {
        self.run(page, "{runOnly: ['cat.color']}").await
    }

    async fn run(&self, page: &Page, which: &str) -> Vec<String> {
        if page.find_out("typeof axe").await == "undefined" {
            page.find_out(&format!("{}\n;0", self.0)).await;
        }
        let found = page.find_out(&format!("({RUN})({which})")).await;
        let rule = |rule: &Value| format!("{}: {}", rule["id"], rule["nodes"]);
        found.as_array().unwrap().iter().map(rule).collect()
    }
}

const RUN: &str = r"which => axe.run(document, {...which, resultTypes: ['violations']})
  .then(found => found.violations.map(rule => ({
    id: rule.id,
    nodes: rule.nodes.map(node => `${node.html} ${node.failureSummary}`).join('\n'),
  })))";

/// What a page means to hide, and shows all the same.
pub async fn shown_though_hidden(page: &Page) -> Vec<String> {
    let script = "[...document.querySelectorAll('[hidden]')].filter(e => \
                  e.getClientRects().length).map(e => e.outerHTML)";
    page.find_out(script).await.as_array().unwrap().iter().map(ToString::to_string).collect()
}

/// What reaches past the right edge of the screen, if the page is wider than that.
pub async fn too_wide(page: &Page, width: u32) -> Vec<String> {
    let found = page.find_out(&format!("({WIDER})({width})")).await;
    found.as_array().unwrap().iter().map(ToString::to_string).collect()
}

const WIDER: &str = r"width => {
  const page = document.documentElement;
  if (page.scrollWidth <= width) return [];
  const wider = [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > width + 0.5);
  return [`${page.scrollWidth} instead of ${width}`, ...wider.map(e => e.outerHTML.slice(0, 120))];
}";

/// What is copied by eye: order numbers and mail addresses.
pub struct Pieces {
    /// How many are seen.
    pub seen: u64,
    /// Those that break in the middle.
    pub broken: Vec<String>,
}

/// Every order number and every mail address that is seen, by the lines that it takes.
pub async fn pieces(page: &Page) -> Pieces {
    let found = page.find_out(PIECES).await;
    let broken = found["broken"].as_array().unwrap().iter();
    let broken = broken.map(|piece| piece.as_str().unwrap().to_owned()).collect();
    Pieces { seen: found["seen"].as_u64().unwrap(), broken }
}

const PIECES: &str = r"(() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const broken = [];
  let seen = 0;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    for (const found of node.data.matchAll(/#\d{9}(-\d+)?\b|[\w.+-]+@[\w-]+(\.[\w-]+)+/g)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      const parts = [...range.getClientRects()].filter(part => part.width > 0);
      const lines = new Set(parts.map(part => Math.round(part.top)));
      seen += lines.size > 0;
      if (lines.size > 1) broken.push(found[0]);
    }
  }
  return {seen, broken};
})()";

/// What can be picked from a list and would then be cut off at its end, line by line.
pub async fn cut_off(page: &Page) -> Vec<String> {
    page.find_out(CUT).await.as_array().unwrap().iter().map(ToString::to_string).collect()
}

/// The text in a box of the font and the size that are left beside the arrow.
const CUT: &str = r"[...document.querySelectorAll('select')].flatMap(select => {
  const style = getComputedStyle(select);
  const side = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  const above = parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
  const [width, height] = [select.clientWidth - side - 18, select.clientHeight - above];
  if (width <= 0) return [];
  const box = document.body.appendChild(document.createElement('div'));
  for (const name of ['font', 'lineHeight', 'whiteSpace']) box.style[name] = style[name];
  box.style.position = 'absolute';
  box.style.width = `${width}px`;
  const cut = [...select.options].map(option => option.text).filter(text => {
    box.textContent = text;
    return box.scrollWidth > width + 1 || box.scrollHeight > Math.max(height, 30) + 1;
  });
  box.remove();
  return cut.map(text => `${select.id}: ${text}`);
})";
