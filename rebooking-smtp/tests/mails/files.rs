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
    let written: Vec<_> =
        std::fs::read_dir(&passing).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(written.len(), 1);
    let bytes = std::fs::read(&written[0]).unwrap();
    std::fs::remove_file(&written[0]).unwrap();
    bytes
}

/// Whoever watches the folder never finds half a mail, and on a machine with owners nobody else
/// reads it.
#[cfg(unix)]
#[tokio::test]
async fn a_folder_holds_whole_mails_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("owner");
    let notice = crate::stage::all_samples().remove(0).notice;
    let mailer = FolderMailer::new(crate::stage::renderer(), &folder).unwrap();
    for _ in 0..2 {
        mailer.send(&notice).await.unwrap();
    }
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&folder).unwrap() {
        let entry = entry.unwrap();
        assert_eq!(entry.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        names.push(entry.file_name().into_string().unwrap());
    }
    names.sort();
    let name = "20270112T100000Z-7001-1-mail-declined";
    assert_eq!(names, [format!("{name}-2.eml"), format!("{name}.eml")], "a twin is there twice");
}
