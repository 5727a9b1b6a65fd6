//! The core's suite, for both protocols and both helpdesks.

use rebooking_core::tickets_contract;
use rebooking_odoo::Flavour::{Enterprise, Oca};
use rebooking_odoo::testing::Dialect::{Json2, JsonRpc};

use crate::desk::Desk;

mod json2_with_oca {
    use super::*;
    tickets_contract!(#[tokio::test] () => Desk::new(Json2, Oca).await);
}

mod json2_with_enterprise {
    use super::*;
    tickets_contract!(#[tokio::test] () => Desk::new(Json2, Enterprise).await);
}

mod json_rpc_with_oca {
    use super::*;
    tickets_contract!(#[tokio::test] () => Desk::new(JsonRpc, Oca).await);
}

mod json_rpc_with_enterprise {
    use super::*;
    tickets_contract!(#[tokio::test] () => Desk::new(JsonRpc, Enterprise).await);
}
