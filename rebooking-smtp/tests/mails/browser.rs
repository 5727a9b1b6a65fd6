//! Every mail in Chromium, light and dark, on a phone and on a desktop: nothing scrolls sideways,
//! nothing is fetched, and what is written can be read. `cargo run -p rebooking-smtp --example
//! mails -- <folder>` makes the same pages to look at.

use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use machine::{chromium, output};
use rebooking_core::presentation::{Brand, Color};
use rebooking_smtp::{MailSettings, Renderer};

use crate::files::folder;
use crate::stage::{all_samples, renderer, settings};

/// What a visitor with this page in this scheme would see, after the page's own script has run; and
/// what was asked of the network.
fn open(page: &Path, dark: bool) -> (String, Vec<String>) {
    let everything = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = everything.local_addr().unwrap().port();
    let requests = Arc::new(Mutex::new(Vec::new()));
    let asked = requests.clone();
    // Whatever anybody asks the network for ends here.
    std::thread::spawn(move || {
        for stream in everything.incoming() {
            let mut line = String::new();
            let _ = BufReader::new(stream.unwrap()).read_line(&mut line);
            asked.lock().unwrap().push(line);
        }
    });
    let profile = folder(&format!("browser-{port}"));
    let mut command = Command::new(chromium().unwrap());
    command
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-component-update",
        ])
        .args(["--disable-background-networking", "--disable-sync", "--disable-default-apps"])
        .args(["--virtual-time-budget=5000", "--dump-dom"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--proxy-server=http://127.0.0.1:{port}"))
        .arg("--proxy-bypass-list=<-loopback>")
        .arg(format!("--blink-settings=preferredColorScheme={}", if dark { 0 } else { 1 }))
        .arg(format!("file://{}", page.display()));
    let seen = String::from_utf8(output(&mut command).unwrap().stdout).unwrap();
    // The browser itself asks for its maker's services, whatever page it shows.
    let own = ["google.com", "googleapis.com", "gvt1.com"];
    let is_own = |line: &String| {
        own.iter().any(|host| line.split([' ', '/', ':']).any(|part| part.ends_with(host)))
    };
    let requests = requests.lock().unwrap().iter().filter(|line| !is_own(line)).cloned().collect();
    (seen, requests)
}

/// A page that shows mails in frames of a width, and writes down what does not fit or can hardly be
/// read.
fn measuring(mails: &[(String, String)], width: u32) -> String {
    let frame = |(name, html): &(String, String)| {
        let html = html.replace('&', "&amp;").replace('"', "&quot;");
        format!(
            "<iframe title=\"{name}\" width=\"{width}\" height=\"900\" \
             srcdoc=\"{html}\"></iframe>\n"
        )
    };
    let frames: String = mails.iter().map(frame).collect();
    format!(
        "<!DOCTYPE html><meta charset=utf-8><meta name=color-scheme content='light \
         dark'>{frames}<script>{MEASURE}</script>"
    )
}

/// Contrast as WCAG 2.2 counts it, of every text with the ground that is really behind it.
const MEASURE: &str = r"
const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
  .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const rgba = colour => colour.match(/[\d.]+/g).map(Number);
addEventListener('load', () => {
  const said = [];
  for (const frame of document.querySelectorAll('iframe')) {
    const page = frame.contentDocument, root = page.documentElement;
    if (root.scrollWidth > frame.clientWidth)
      said.push(`${frame.title} scrolls: ${root.scrollWidth}`);
    for (const e of page.body.querySelectorAll('*')) {
      const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
      if (!own || !e.getClientRects().length) continue;
      let ground = e, colour;
      do { colour = rgba(getComputedStyle(ground).backgroundColor); ground = ground.parentElement; }
      while (colour[3] === 0 && ground);
      const [a, b] = [light(rgba(getComputedStyle(e).color)), light(colour)].sort((x, y) => y - x);
      const contrast = (a + 0.05) / (b + 0.05);
      if (contrast < 4.5)
        said.push(`${frame.title}: ${contrast.toFixed(2)} ${e.textContent.trim()}`);
    }
    said.push(`seen ${getComputedStyle(page.body).backgroundColor}`);
  }
  const list = document.body.appendChild(document.createElement('pre'));
  list.id = 'said';
  list.textContent = said.join('\n');
});";

/// What the measuring page wrote.
fn said(seen: &str) -> Vec<String> {
    let list = seen
        .split("<pre id=\"said\">")
        .nth(1)
        .expect("the page has measured")
        .split("</pre>")
        .next();
    list.unwrap().lines().map(str::to_owned).collect()
}

#[test]
fn every_mail_fits_and_can_be_read_in_light_and_dark_on_phone_and_desktop() {
    let folder = folder("pages");
    let mut mails: Vec<_> = all_samples()
        .into_iter()
        .map(|sample| (sample.name, renderer().render(&sample.notice).unwrap().html))
        .collect();
    mails.push(("in a brand of pale and dark colours".to_owned(), in_hard_colors()));
    for (width, dark) in [(320, false), (390, false), (390, true), (1280, false), (1280, true)] {
        let page = folder.join(format!("{width}-{dark}.html"));
        std::fs::write(&page, measuring(&mails, width)).unwrap();
        let (seen, requests) = open(&page, dark);
        let said = said(&seen);
        let (grounds, faults): (Vec<_>, Vec<_>) =
            said.iter().partition(|line| line.starts_with("seen "));
        assert_eq!(faults, [""; 0], "at {width}, dark: {dark}");
        let ground = if dark { "seen rgb(19, 20, 23)" } else { "seen rgb(242, 242, 245)" };
        assert_eq!(grounds, vec![ground; mails.len()], "each mail was measured in its scheme");
        assert_eq!(requests, [""; 0], "nothing is fetched");
    }
}

/// A brand's colours are nobody's choice here: yellow on white, dark blue on black.
fn in_hard_colors() -> String {
    let brand = Brand {
        primary_light: Color::new(0xFF, 0xE0, 0x00),
        primary_dark: Color::new(0x00, 0x00, 0x80),
        ..settings().presentation.brand
    };
    let presentation = settings().presentation.with_brand(brand);
    let renderer = Renderer::new(MailSettings { presentation, ..settings() });
    renderer.render(&all_samples().remove(0).notice).unwrap().html
}

/// A check that cannot fail checks nothing.
#[test]
fn what_does_not_fit_what_cannot_be_read_and_what_is_fetched_is_noticed() {
    let planted = "<html><body><div style='width:600px'>wide</div><p \
                   style='background:#fff;color:#bbb'>pale</p>\
        <img src='http://tracker.example/pixel.png'></body></html>";
    let page = folder("planted").join("page.html");
    std::fs::write(&page, measuring(&[("planted".to_owned(), planted.to_owned())], 390)).unwrap();
    let (seen, requests) = open(&page, false);
    let said = said(&seen);
    assert!(said.iter().any(|line| line.starts_with("planted scrolls: 6")), "{said:?}");
    assert!(
        said.iter().any(|line| line.starts_with("planted: 1.9") && line.ends_with("pale")),
        "{said:?}"
    );
    assert!(requests.iter().any(|asked| asked.contains("tracker.example")), "{requests:?}");
}
