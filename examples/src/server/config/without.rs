//! What a server outside the demo is meant to run without.

use clap::Args;

use super::read::{Reader, Setting};

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// What the server is meant to run without, outside the demo: shop, helpdesk, or both with a
    /// comma; what is due there waits
    #[arg(long, env = "REBOOKING_WITHOUT", default_value = "")]
    without: String,
}

/// What is not connected on purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Without {
    shop: bool,
    helpdesk: bool,
}

impl Setting for Without {
    const WANTED: &'static str = "shop, helpdesk, or both with a comma";

    fn read(text: &str) -> Option<Self> {
        let named = text.split(',').map(str::trim).filter(|word| !word.is_empty());
        named.into_iter().try_fold(Self::default(), |without, word| match word {
            "shop" => Some(Self { shop: true, ..without }),
            "helpdesk" => Some(Self { helpdesk: true, ..without }),
            _ => None,
        })
    }
}

impl Arguments {
    /// Says what is neither connected nor left out on purpose, and what is both.
    pub(super) fn demand(&self, shop: bool, helpdesk: bool, reader: &mut Reader) {
        let Some(without) = reader.read::<Without>("without", &self.without) else { return };
        for (connected, left_out, option, word, waits) in [
            (shop, without.shop, "magento-url", "shop", "orders"),
            (helpdesk, without.helpdesk, "odoo-url", "helpdesk", "tickets"),
        ] {
            if connected && left_out {
                reader.fault("without", &format!("not {word}: --{option} names one"));
            }
            if !connected && !left_out {
                let wanted = format!(
                    "needed outside the demo, or --without={word}, with which {waits} wait"
                );
                reader.fault(option, &wanted);
            }
        }
    }
}
