//! The contract of the mail port, on a real conversation with aiosmtpd.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rebooking_core::ports::Mailer;
use rebooking_core::testing::contract::mail::{MailServerUnderTest, ReceivedMail};
use rebooking_core::value::customer::EmailAddress;

use crate::files::folder;
use crate::python;
use crate::server::Server;

struct Aiosmtpd {
    server: Mutex<Server>,
    mailer: Arc<dyn Mailer>,
    name: &'static str,
}

impl Aiosmtpd {
    fn start(name: &'static str) -> Self {
        let server = Server::start(name);
        let mailer = Arc::new(server.mailer());
        Self { server: Mutex::new(server), mailer, name }
    }
}

#[async_trait]
impl MailServerUnderTest for Aiosmtpd {
    fn mailer(&self) -> Arc<dyn Mailer> {
        self.mailer.clone()
    }

    /// Read by Python, which knows nothing of how we write.
    async fn received(&self) -> Vec<ReceivedMail> {
        let folder = folder(&format!("contract-{}", self.name));
        let mut server = self.server.lock().unwrap();
        for (place, mail) in server.mails().iter().enumerate() {
            let bytes = STANDARD.decode(mail["mail"].as_str().unwrap()).unwrap();
            std::fs::write(folder.join(format!("{place:03}.eml")), bytes).unwrap();
        }
        let read = python::run("read.py", &folder);
        let received = server.mails().iter().zip(read.as_array().unwrap()).map(|(mail, read)| {
            let headers = read["headers"].as_array().unwrap();
            let header =
                |name: &str| headers.iter().find(|header| header[0] == name).unwrap()[1].as_str();
            let parts = read["parts"].as_array().unwrap().iter();
            let contents = parts.map(|part| part["content"].as_str().unwrap());
            ReceivedMail {
                to: mail["to"][0].as_str().unwrap().to_owned(),
                message_id: header("Message-ID").unwrap().to_owned(),
                text: contents.collect::<Vec<_>>().join("\n"),
            }
        });
        received.collect()
    }

    async fn refuse(&self, address: &EmailAddress) {
        self.server.lock().unwrap().order(&format!("refuse {}", address.expose()));
    }
}

rebooking_core::mailer_contract!(
    #[tokio::test(flavor = "multi_thread")] () => Aiosmtpd::start(name())
);

/// The name of the running test, so that each has folders of its own.
fn name() -> &'static str {
    let name = std::thread::current().name().unwrap().replace("::", "-");
    name.leak()
}
