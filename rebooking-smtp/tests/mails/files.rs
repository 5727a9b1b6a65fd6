//! Folders of the tests' own, and the bytes of a mail.

use std::path::{Path, PathBuf};

use rebooking_core::notice::Notice;
use rebooking_core::ports::Mailer as _;
use rebooking_smtp::{FolderMailer, Renderer};

/// An empty folder of this test's own.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mails").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// The bytes of one mail, as they would travel.
pub(crate) async fn bytes_of(renderer: Renderer, notice: &Notice, at: &Path) -> Vec<u8> {
    let passing = at.join("passing");
    FolderMailer::new(renderer, &passing).unwrap().send(notice).await.unwrap();
    let written: Vec<_> = std::fs::read_dir(&passing).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1);
    let bytes = std::fs::read(&written[0]).unwrap();
    std::fs::remove_file(&written[0]).unwrap();
    bytes
}
