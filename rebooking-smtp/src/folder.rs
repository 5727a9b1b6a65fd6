//! Writes mails into a folder instead of sending them: for dry runs, demos, and reading mails as they would arrive.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use rebooking_core::notice::Notice;
use rebooking_core::ports::{Mailer, PortError};
use tokio::io::AsyncWriteExt as _;

use crate::error::UnusableSettings;
use crate::message::Sender;
use crate::render::Renderer;

/// A mailer that writes one `.eml` file a mail, named by moment and key. Any mail program opens them. They hold links and
/// addresses, as mails do: keep the folder to yourself.
pub struct FolderMailer {
    renderer: Renderer,
    sender: Sender,
    folder: PathBuf,
}

impl FolderMailer {
    /// Writes into a folder, which is made when the first mail comes.
    ///
    /// # Errors
    /// [`UnusableSettings::Address`] for an address of ours that cannot stand in a mail.
    pub fn new(renderer: Renderer, folder: impl Into<PathBuf>) -> Result<Self, UnusableSettings> {
        let sender = Sender::new(renderer.settings())?;
        Ok(Self { renderer, sender, folder: folder.into() })
    }

    async fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        tokio::fs::create_dir_all(&self.folder).await?;
        let mut file = free_name(&self.folder, name).await?;
        file.write_all(bytes).await?;
        file.sync_all().await
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        let mail = self.renderer.render(notice).map_err(crate::MailError::from)?;
        let letter = self.sender.letter(notice, &mail)?;
        let name = format!("{}-{}", notice.at.format("%Y%m%dT%H%M%SZ"), notice.key);
        // A full disk can be emptied.
        self.write(&name, &letter.bytes).await.map_err(|error| PortError::Passing(Box::new(error)))
    }
}

/// A new file: a mail that was sent twice is there twice.
async fn free_name(folder: &Path, name: &str) -> io::Result<tokio::fs::File> {
    for again in 1..=1_000 {
        let name = if again == 1 { format!("{name}.eml") } else { format!("{name}-{again}.eml") };
        let opened = tokio::fs::OpenOptions::new().write(true).create_new(true).open(folder.join(name)).await;
        match opened {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            opened => return opened,
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
