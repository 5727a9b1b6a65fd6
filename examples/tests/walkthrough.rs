//! The walkthrough tells its story, word by word, and the same one each time.

use std::process::Command;

#[test]
fn the_walkthrough_tells_the_whole_story() {
    let output = Command::new(env!("CARGO_BIN_EXE_walkthrough")).output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(told, include_str!("expected/walkthrough.txt"));
}
