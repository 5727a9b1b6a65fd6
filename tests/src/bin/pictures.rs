//! Draws the pictures of the README anew: the mail that a customer gets, and the page that its link
//! leads to, on a phone. `pictures [folder]`, `docs` without it.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "where a picture cannot be drawn a panic is the report"
)]

use std::path::{Path, PathBuf};

use tests::browser::Browser;
use tests::demo::Demo;
use tests::process::program;

/// CSS pixels, as on a phone; each is two of the picture's.
const WIDTH: u32 = 390;
/// Where a picture ends: with what the page shows, and with its upper part, which says it all.
const END: &str = "Math.min(1040, Math.max(
    ...[...document.body.children].map(shown => shown.getBoundingClientRect().bottom)))";

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let folder = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("docs"), PathBuf::from);
    let demo = Demo::start(&program("demo-server"), &[]).await;
    // The fifth booking of the demo is that of Emily Clarke, who reads English.
    let decline = r#"{"reason":"The chef is ill."}"#;
    demo.call("POST", "/api/partner/confirmations/5/decline", "demo-partner", decline).await;
    let mailed = demo.mailed().await;
    let link = mailed.iter().rfind(|path| path.starts_with("/rebook/")).unwrap();
    let mails = demo.call("GET", "/demo/mails", "", "").await.json();
    let mails = mails["mails"].as_array().unwrap();
    let number = mails.iter().position(|mail| mail["page"] == format!("{}{link}", demo.base));
    let mail = format!("/demo/mails/{}/body", number.unwrap() + 1);
    draw(&demo, &mail, &folder.join("mail.png")).await?;
    draw(&demo, &format!("{link}?lang=en"), &folder.join("page.png")).await
}

async fn draw(demo: &Demo, path: &str, file: &Path) -> std::io::Result<()> {
    let browser = Browser::start().await;
    let page = browser.visitor().await;
    page.look(WIDTH, false).await;
    page.goto(&format!("{}{path}", demo.base)).await;
    // What only the demo says.
    page.find_out("document.querySelectorAll('footer').forEach(e => e.remove())").await;
    let end = page.find_out(END).await;
    std::fs::write(file, page.picture_down_to(&end).await)?;
    println!("{}", file.display());
    Ok(())
}
