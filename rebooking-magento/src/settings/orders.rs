//! How orders are made and changed.

/// What is up to the shop's bookkeeping.
#[derive(Clone, Debug, PartialEq, Eq)]
// Exhaustive: hosts write it as a literal.
pub struct OrderSettings {
    /// The way to pay of a linked order, which takes no money by itself: `checkmo`, `banktransfer`,
    /// `purchaseorder` or `cashondelivery`. An order over nothing takes `free`.
    pub payment_method: String,
    /// Cancels the original of a linked order where it is not paid and holds nothing else: on.
    pub close_original: bool,
    /// Credits a linked order that is called off though people have invoiced it: off. Then people
    /// must do it, and are told.
    pub credit_invoiced: bool,
    /// Gives money back by the gateway that took it: on. Off, all is paid back on paper.
    pub refund_online: bool,
}

impl Default for OrderSettings {
    fn default() -> Self {
        Self {
            payment_method: "checkmo".to_owned(),
            close_original: true,
            credit_invoiced: false,
            refund_online: true,
        }
    }
}
