//! How orders are made and changed in the shop.

use clap::Args;
use rebooking_magento::OrderSettings;

use super::catalog::is_code;
use crate::config::read::Reader;

#[derive(Args)]
#[group(skip)]
pub(super) struct Arguments {
    /// The way to pay of a linked order, which takes no money by itself; without it, checkmo
    #[arg(long, env = "REBOOKING_MAGENTO_PAYMENT_METHOD")]
    magento_payment_method: Option<String>,
    /// Whether the original of a linked order is cancelled where it is not paid and holds nothing
    /// else: true or false; without it, true
    #[arg(long, env = "REBOOKING_MAGENTO_CLOSE_ORIGINAL")]
    magento_close_original: Option<String>,
    /// Whether a linked order that is called off though it is invoiced is credited on paper: true
    /// or false; without it, false, and people are told
    #[arg(long, env = "REBOOKING_MAGENTO_CREDIT_INVOICED")]
    magento_credit_invoiced: Option<String>,
    /// Whether money goes back by the gateway that took it: true or false; without it, true
    #[arg(long, env = "REBOOKING_MAGENTO_REFUND_ONLINE")]
    magento_refund_online: Option<String>,
}

impl Arguments {
    pub(super) fn read(&self, reader: &mut Reader) -> OrderSettings {
        let mut orders = OrderSettings::default();
        if let Some(method) = &self.magento_payment_method {
            let wanted = "the code of a way to pay, like checkmo or banktransfer";
            reader.demand(is_code(method.trim()), "magento-payment-method", wanted);
            method.trim().clone_into(&mut orders.payment_method);
        }
        for (place, name, text) in [
            (&mut orders.close_original, "magento-close-original", &self.magento_close_original),
            (&mut orders.credit_invoiced, "magento-credit-invoiced", &self.magento_credit_invoiced),
            (&mut orders.refund_online, "magento-refund-online", &self.magento_refund_online),
        ] {
            if let Some(text) = text {
                reader.set(place, name, text);
            }
        }
        orders
    }

    pub(super) const fn given(&self) -> [(bool, &'static str); 4] {
        [
            (self.magento_payment_method.is_some(), "magento-payment-method"),
            (self.magento_close_original.is_some(), "magento-close-original"),
            (self.magento_credit_invoiced.is_some(), "magento-credit-invoiced"),
            (self.magento_refund_online.is_some(), "magento-refund-online"),
        ]
    }
}
