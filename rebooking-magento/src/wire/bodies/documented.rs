//! The bodies in the text of the documentation that were not recorded.

use super::*;

#[test]
fn the_documented_refusals_are_read() {
    for (status, json) in [
        (400, r#"{"message":"Specified request cannot be processed."}"#),
        (
            400,
            concat!(
                r#"{"message":"\"%fieldName\" is not supported. Correct the field name and try"#,
                r#" again.","parameters":{"fieldName":"IsGlobal"}}"#,
            ),
        ),
        (
            400,
            concat!(
                r#"{"message":"\"%fieldName\" is required. Enter and try again.","#,
                r#""parameters":{"fieldName":"searchCriteria"}}"#,
            ),
        ),
        (400, r#"{"message":"Signature method %1 is not supported","parameters":["HMAC-SHA1"]}"#),
        (
            401,
            concat!(
                r#"{"message":"The nonce is already being used by the consumer with ID %1","#,
                r#""parameters":["1"]}"#,
            ),
        ),
        (401, r#"{"message":"The signature is invalid. Verify and try again."}"#),
        (
            400,
            concat!(
                r#"{"message":"Please ask an administrator with sufficient access to configure"#,
                r#" 2FA first"}"#,
            ),
        ),
        (
            401,
            concat!(
                r#"{"message":"The consumer isn't authorized to access %resources.","#,
                r#""parameters":{"resources":"Magento_Sales::actions_view"}}"#,
            ),
        ),
        (400, r#"{"message":"Decoding error."}"#),
        (404, r#"{"message":"Request does not match any route."}"#),
        (
            404,
            concat!(
                r#"{"message":"The product that was requested doesn't exist. Verify the product"#,
                r#" and try again."}"#,
            ),
        ),
        (
            500,
            concat!(
                r#"{"message":"Internal Error. Details are available in Magento log file."#,
                r#" Report ID: webapi-6b02a737ed429"}"#,
            ),
        ),
        (400, r#"{"message":"Maximum SearchCriteria pageSize is %max","parameters":{"max":300}}"#),
        (
            400,
            concat!(
                r#"{"message":"Unable to add comment: The status \"%1\" is not part of the"#,
                r#" order status history."}"#,
            ),
        ),
        (400, r#"{"message":"x","errors":[{"message":"y","parameters":[]}],"code":1,"trace":"z"}"#),
    ] {
        let refusal = refusal(status, "application/json", json);
        assert!(
            refusal.starts_with(&format!("answered {status} (application/json): ")),
            "{refusal}"
        );
    }
}

#[test]
fn the_documented_bodies_are_read() {
    let found: Found<Order> =
        read(r#"{"items":[{"entity_id":1,"increment_id":"000000001"}],"total_count":1}"#);
    assert_eq!((found.items[0].entity_id, found.total_count), (Id(1), 1));
    assert_eq!(read::<Found<Order>>(r#"{"items":[]}"#).items.len(), 0);
    assert_eq!(read::<Found<Order>>("{}").items.len(), 0);
    let order: Order = read(
        r#"{"entity_id":1,"increment_id":"000000001","store_id":1,"quote_id":2,"state":"new",
        "is_virtual":1,"grand_total":178,"items":[
        {"item_id":1,"product_type":"configurable","product_id":4,"qty_ordered":2,"price":89,
         "price_incl_tax":89,"row_total":178,"row_total_incl_tax":178,"discount_amount":0},
        {"item_id":2,"parent_item_id":1,"product_id":1,"qty_ordered":2,"price":0}]}"#,
    );
    assert_eq!(order.rows().next().unwrap().paid().to_string(), "178");
    let option: OrderItem = read(
        r#"{"item_id":7,"product_option":{"extension_attributes":
        {"custom_options":[{"option_id":"1","option_value":"2"}]}}}"#,
    );
    let [chosen] = option.custom_options() else { panic!("one option") };
    assert_eq!((chosen.option_id, chosen.option_value.get()), (Id(1), Some("2")));
    let options: Vec<CustomOption> = read(
        r#"[{"product_sku":"PASTA","option_id":1,"title":"Termin","type":"drop_down",
        "is_require":true,"values":[{"title":"2027-03-08 18:00","price":10,"price_type":"fixed",
        "sku":"d2","option_type_id":2}]}]"#,
    );
    assert_eq!(options[0].values[0].option_type_id, Id(2));
    let labels: Vec<AttributeLabel> =
        read(r#"[{"label":" ","value":""},{"label":"2027-01-25 18:00","value":"4"}]"#);
    assert_eq!((labels[0].value.get(), labels[1].label.get()), (None, Some("2027-01-25 18:00")));
    let stock: Stock = read(
        r#"{"stock_id":1,"name":"Default Stock","extension_attributes":
        {"sales_channels":[{"type":"website","code":"base"}]}}"#,
    );
    assert_eq!(stock.stock_id, Id(1));
    let item: StockItem =
        read(r#"{"qty":10,"is_in_stock":true,"manage_stock":true,"min_qty":0,"backorders":0}"#);
    assert_eq!((item.qty.floor(), item.is_in_stock), (10, Flag(true)));
    let store: Vec<StoreConfig> = read(
        r#"[{"id":1,"code":"default","website_id":1,"locale":"de_DE","base_currency_code":"EUR",
        "default_display_currency_code":"EUR","timezone":"Europe/Berlin"}]"#,
    );
    assert_eq!((store[0].id, store[0].locale.get()), (Id(1), Some("de_DE")));
    let item: CartItem = read(
        r#"{"item_id":3,"sku":"SUSHI-2027-02-01","qty":2,"name":"Sushi-Kurs","price":89,
        "product_type":"configurable","quote_id":"3"}"#,
    );
    assert_eq!(item.qty.whole(), Some(2));
    let methods: Vec<PaymentMethod> = read(r#"[{"code":"checkmo","title":"Check / Money order"}]"#);
    assert_eq!(methods[0].code.get(), Some("checkmo"));
    let comments: Found<Comment> = read(
        r#"{"items":[{"comment":"…","created_at":"…","entity_id":1,"is_customer_notified":0,
        "is_visible_on_front":0,"parent_id":1,"status":"pending"}],"total_count":3}"#,
    );
    assert_eq!(comments.items[0].entity_id, Some(Id(1)));
    let memos: Found<CreditMemo> = read(
        r#"{"items":[{"adjustment_positive":20,"entity_id":1,"grand_total":20,
        "comments":[{"comment":"price difference [rebooking:42]"}]}],"total_count":1}"#,
    );
    assert_eq!(memos.items[0].comments.len(), 1);
}

#[test]
fn what_is_put_into_a_cart_is_as_documented() {
    let variant = ProductOption::Configurable(vec![(Id(137), Id(5))]).json().unwrap();
    assert_eq!(
        variant.to_string(),
        concat!(
            r#"{"extension_attributes":{"configurable_item_options":[{"option_id":"137","#,
            r#""option_value":5}]}}"#,
        )
    );
    let custom = ProductOption::Custom(vec![(Id(1), Id(2))]).json().unwrap();
    assert_eq!(
        custom.to_string(),
        r#"{"extension_attributes":{"custom_options":[{"option_id":"1","option_value":"2"}]}}"#
    );
}
