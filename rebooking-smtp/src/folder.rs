//! Writes mails into a folder instead of sending them: for dry runs, demos, and reading mails as
//! they would arrive.

use std::io;
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use rebooking_core::notice::Notice;
use rebooking_core::ports::{Mailer, PortError};
use tokio::io::AsyncWriteExt as _;

use crate::error::UnusableSettings;
use crate::message::Sender;
use crate::render::Renderer;

/// A mailer that writes one `.eml` file a mail, named by moment and key. Any mail program opens
/// them. They hold links and addresses, as mails do: where the system knows owners, only the owner
/// can read them.
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
        // Beside its place first, so that whoever watches the folder finds whole mails only.
        let unfinished = self.folder.join(format!(".{name}.unfinished"));
        let mut options = tokio::fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        options.mode(0o600);
        let mut file = options.open(&unfinished).await?;
        file.write_all(bytes).await?;
        file.sync_all().await?;
        let placed = place(&unfinished, &self.folder, name).await;
        tokio::fs::remove_file(&unfinished).await?;
        placed
    }
}

#[async_trait]
impl Mailer for FolderMailer {
    async fn send(&self, notice: &Notice) -> Result<(), PortError> {
        let mail = self.renderer.render(notice).map_err(crate::MailError::from)?;
        let raw = self.sender.raw_mail(notice, &mail)?;
        let name = format!("{}-{}", notice.at.format("%Y%m%dT%H%M%SZ"), notice.key);
        // A full disk can be emptied.
        self.write(&name, &raw.bytes).await.map_err(|error| PortError::Transient(Box::new(error)))
    }
}

/// Under a name that nothing has yet: a mail that was sent twice is there twice.
async fn place(unfinished: &Path, folder: &Path, name: &str) -> io::Result<()> {
    for again in 1..=1_000 {
        let name = if again == 1 { format!("{name}.eml") } else { format!("{name}-{again}.eml") };
        // Unlike a renaming, a link takes nothing's place.
        match tokio::fs::hard_link(unfinished, folder.join(name)).await {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            placed => return placed,
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}
