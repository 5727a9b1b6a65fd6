//! No credential, address or name is in a log, an error or a comment.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use rebooking_core::policy::OrderStrategy;
use rebooking_core::ports::{OrderUndo, Orders as _, Refund};
use rebooking_core::testing::{MemoryCheckpoints, samples};
use rebooking_magento::testing::Fault;
use tracing_subscriber::fmt::MakeWriter;

use crate::comments::change;
use crate::shop::Shop;

/// Everything that is logged, in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

const PRIVATE: [&str; 8] =
    ["Erika", "Mustermann", "erika@", "example.com", "Weg 1", "fake-", "oauth_signature", "http:"];

#[tokio::test]
async fn nothing_private_leaves_the_adapter() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(log.clone())
        .with_ansi(false)
        // What the HTTP library itself logs is for its host to bound.
        .with_env_filter("rebooking_magento=trace");
    // For the whole process: what other tests do is looked at, too.
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let shop = Shop::open().await;
    let change = change(&shop, "reb-7001-1", OrderStrategy::LinkedOrder).await;
    let refund = Refund {
        key: change.key.clone(),
        booking: change.before.clone(),
        amount: samples::euros(500),
    };
    let undo = OrderUndo { key: change.key.clone(), before: change.before.clone(), order: None };
    let mut said = Vec::new();
    for fault in Fault::ALL {
        for call in [1, 4, 9] {
            shop.fake.calm_down().await;
            shop.fake.fail_at(call, fault).await;
            let checkpoints = MemoryCheckpoints::new();
            let placed = shop.magento.place(&change, &checkpoints).await;
            said.push(format!("{placed:?} {:?}", placed.as_ref().map_err(|error| error.phrase())));
            let paid = shop.magento.refund(&refund, &checkpoints).await;
            said.push(format!("{paid:?} {:?}", paid.as_ref().map_err(|error| error.phrase())));
        }
    }
    shop.fake.calm_down().await;
    let undone = shop.magento.undo(&undo, &MemoryCheckpoints::new()).await;
    said.push(format!("{undone:?} {:?}", shop.magento));
    let comments = shop.fake.orders().into_iter().flat_map(|order| {
        let memos = order.memos.into_iter().map(|memo| memo.comment);
        order.comments.into_iter().chain(memos)
    });
    said.extend(comments);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("shop failed") && log.contains("shop answered"), "{log}");
    said.push(log);
    for text in said {
        let text = text.replace("Magento { client: Client { shop: ShopUrl(http:", "");
        for word in PRIVATE {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}
