//! Writes every mail as a page, and two pages that show all of them at the width of a phone and of
//! a desktop: `cargo run -p rebooking-smtp --example mails -- <folder>`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for developers may say at once what is wrong"
)]

#[allow(dead_code, reason = "the tests use the rest of it")]
#[path = "../tests/mails/stage.rs"]
mod stage;

use std::fs;
use std::path::PathBuf;

fn main() {
    let Some(folder) = std::env::args().nth(1).map(PathBuf::from) else {
        panic!("name the folder to write into");
    };
    fs::create_dir_all(&folder).unwrap();
    let mut shown = String::new();
    for sample in stage::all_samples() {
        let mail = stage::renderer().render(&sample.notice).unwrap();
        let file = format!("{}.html", sample.name);
        fs::write(folder.join(&file), mail.html).unwrap();
        shown.push_str(&format!(
            "<figure><figcaption>{}</figcaption><iframe src=\"{file}\"></iframe></figure>\n",
            sample.name
        ));
    }
    for (device, width, height) in [("phone", 390, 1_100), ("desktop", 820, 900)] {
        let style = format!(
            "body {{ display: flex; flex-wrap: wrap; gap: 16px; font-family: sans-serif; }}\n\
             figure {{ margin: 0; }}\niframe {{ width: {width}px; height: {height}px; border: 1px \
             solid gray; }}"
        );
        let page = format!(
            "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<meta name=\"color-scheme\" \
             content=\"light dark\">\n\
             <style>\n{style}\n</style>\n{shown}"
        );
        fs::write(folder.join(format!("all.{device}.html")), page).unwrap();
    }
}
