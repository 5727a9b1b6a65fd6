//! Draws every state of every page, on phone and desktop, light and dark, in both languages:
//! `screenshots <folder> [part of a name]`.

use std::path::PathBuf;

use rebooking_core::value::customer::Language;
use tests::browser::Browser;
use tests::states::states;

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "target/screenshots".into()));
    let part = arguments.next().unwrap_or_default().to_string_lossy().into_owned();
    if let Err(error) = draw(&folder, &part).await {
        eprintln!("{}: {error}", folder.display());
        std::process::exit(1);
    }
}

async fn draw(folder: &std::path::Path, part: &str) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let browser = Browser::start().await;
    let wanted: Vec<_> = states().into_iter().filter(|state| state.name.contains(part)).collect();
    for (done, state) in wanted.iter().enumerate() {
        for language in [Language::GERMAN, Language::ENGLISH, Language::FRENCH] {
            let page = browser.visitor().await;
            let kept = state.reach(&page, language).await;
            for (size, width) in [("phone", 390), ("desktop", 1280)] {
                for (scheme, dark) in [("light", false), ("dark", true)] {
                    page.look(width, dark).await;
                    let name = format!("{}.{}.{size}.{scheme}.png", state.name, language.as_str());
                    std::fs::write(folder.join(name), page.picture().await)?;
                }
            }
            drop(kept);
        }
        println!("{}/{} {}", done + 1, wanted.len(), state.name);
    }
    println!("{} pictures are in {}", wanted.len() * 12, folder.display());
    Ok(())
}
