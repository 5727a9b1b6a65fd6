//! What people do in the shop, for a test that runs it as a process: `POST /control/sell` and the
//! like, with JSON and without a sign-in.
//!
//! | call | body | does |
//! |---|---|---|
//! | `POST /control/sell` | course, date, count, discount, name and address | a guest buys |
//! | `POST /control/pay` | `order`, `transaction` of a gateway | the money is in |
//! | `POST /control/cancel`, `/control/close` | `order` | people cancel it, or pay it back whole |
//! | `POST /control/refund` | `order`, `row`, `count` | people pay back some of a row |
//! | `POST /control/course` | `id`, `sku`, `name` | a course |
//! | `POST /control/date` | `course`, and what `NewDate` has | a date, or a change of it |
//! | `POST /control/enabled` | `product`, `enabled` | a product is off, or on again |
//! | `POST /control/locale` | `locale` | the language of the store view |
//! | `POST /control/salable` | `product`, `count` | so many can still be bought |
//! | `POST /control/fail` | `fault`; `call`, or `method` and `path`, or no more | calls fail |
//! | `POST /control/calm` | | no call goes wrong any more |
//! | `GET /control/orders`, `/control/products` | | the books, and the stock |
//! | `GET /control/calls` | | every call since the shop calmed down last |

use serde_json::{Value, json};

use super::answer::{Answer, bad_request, no_route};
use super::faults::Fault;
use super::request::{SeenCall, integer};
use super::seed::{NewDate, NewOrder};
use super::seen::SeenOrder;
use super::server::FakeMagento;

impl FakeMagento {
    /// Does what the last part of the path says.
    pub(super) async fn control(&self, what: &str, body: &Value) -> Result<Answer, Answer> {
        let number = |name: &str| integer(body.get(name)).ok_or_else(|| bad_request(name));
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let done = json!(true);
        let answer = match what {
            "sell" => {
                let (order, item) = self.sell(&NewOrder {
                    course: number("course")?,
                    date: number("date")?,
                    count: number("count")?,
                    discount: number("discount").unwrap_or_default(),
                    name: (
                        text("firstname").unwrap_or("Erika"),
                        text("lastname").unwrap_or("Mustermann"),
                    ),
                    email: text("email").unwrap_or("erika@example.com"),
                });
                json!({ "order": order, "item": item })
            }
            "pay" => {
                self.pay(number("order")?, text("transaction"));
                done
            }
            "cancel" => {
                self.cancel(number("order")?);
                done
            }
            "close" => {
                self.close(number("order")?);
                done
            }
            "salable" => {
                self.set_salable(number("product")?, number("count")?);
                done
            }
            "refund" => {
                self.refund_row(number("order")?, number("row")?, number("count")?);
                done
            }
            "course" => {
                let named = (text("sku").unwrap_or_default(), text("name").unwrap_or_default());
                self.add_course(number("id").ok(), named.0, named.1).into()
            }
            "date" => self.dated(body)?.into(),
            "enabled" => {
                let enabled = body.get("enabled").and_then(Value::as_bool).unwrap_or_default();
                self.set_enabled(number("product")?, enabled);
                done
            }
            "locale" => {
                self.set_locale(text("locale").unwrap_or_default());
                done
            }
            "fail" => {
                self.fail(body).await?;
                done
            }
            "calm" => {
                self.calm_down().await;
                done
            }
            "orders" => self.orders().iter().map(order_json).collect(),
            "products" => self.products(),
            "calls" => self.calls().iter().map(call_json).collect(),
            _ => return Err(no_route()),
        };
        Ok(Answer::ok(&answer))
    }

    fn dated(&self, body: &Value) -> Result<i64, Answer> {
        let number = |name: &str| integer(body.get(name)).ok_or_else(|| bad_request(name));
        let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
        let attributes = body.get("attributes").and_then(Value::as_object);
        let attributes = attributes.into_iter().flatten();
        let attributes: Vec<(&str, &str)> = attributes
            .map(|(code, value)| (code.as_str(), value.as_str().unwrap_or_default()))
            .collect();
        let date = NewDate {
            id: number("id").ok(),
            sku: text("sku"),
            label: text("label"),
            price: number("price")?,
            places: number("places")?,
            attributes: &attributes,
        };
        Ok(self.add_date(number("course")?, &date))
    }

    /// A process that nobody may connect to could not be told to go on: stop it instead.
    async fn fail(&self, body: &Value) -> Result<(), Answer> {
        let text = |name: &str| body.get(name).and_then(Value::as_str);
        let name = text("fault").unwrap_or_default();
        let fault = Fault::ALL.into_iter().find(|fault| format!("{fault:?}") == name);
        let fault = fault.filter(|fault| *fault != Fault::Refused);
        let fault = fault.ok_or_else(|| bad_request("fault"))?;
        let call = integer(body.get("call")).and_then(|call| usize::try_from(call).ok());
        match (call, text("method"), text("path")) {
            (Some(call), ..) => {
                self.calm_down().await;
                self.fail_at(call, fault).await;
            }
            (None, Some(method), Some(path)) => {
                let (method, path) = (method.to_owned(), path.to_owned());
                let fits = move |call: &SeenCall| {
                    call.method == method && call.path.contains(path.as_str())
                };
                self.fail_once(fits, fault);
            }
            (None, ..) => self.fail_always(fault).await,
        }
        Ok(())
    }

    fn products(&self) -> Value {
        self.shop(|shop| {
            let products = shop.products.iter().map(|product| {
                json!({
                    "id": product.id, "sku": product.sku, "parent": product.parent,
                    "quantity": product.quantity, "reserved": product.reserved,
                    "salable": product.salable(), "enabled": product.enabled,
                })
            });
            products.collect()
        })
    }
}

fn call_json(call: &SeenCall) -> Value {
    json!({ "method": call.method, "path": call.path, "query": call.query, "body": call.body })
}

fn order_json(order: &SeenOrder) -> Value {
    let memos = order
        .memos
        .iter()
        .map(|memo| json!({ "total": memo.total, "online": memo.online, "comment": memo.comment }));
    let items = order.items.iter().map(|(item, sku)| json!({ "item": item, "sku": sku }));
    json!({
        "id": order.id, "number": order.number, "state": order.state, "key": order.key,
        "parent": order.parent, "total": order.total, "comments": order.comments,
        "items": items.collect::<Vec<_>>(), "memos": memos.collect::<Vec<_>>(),
    })
}
