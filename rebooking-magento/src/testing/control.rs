//! What people do in the shop, for a test that runs it as a process: `POST /control/sell` and the
//! like, with JSON and without a sign-in.
//!
//! | call | body | does |
//! |---|---|---|
//! | `POST /control/sell` | course, date, count, discount, name and address | a guest buys |
//! | `POST /control/pay` | `order`, `transaction` of a gateway | the money is in |
//! | `POST /control/cancel`, `/control/close` | `order` | people cancel it, or pay it back whole |
//! | `POST /control/salable` | `product`, `count` | so many can still be bought |
//! | `POST /control/fail` | `fault`, and `call` or nothing for every call | calls go wrong |
//! | `POST /control/calm` | | no call goes wrong any more |
//! | `GET /control/orders` | | every order |

use serde_json::{Value, json};

use super::answer::{Answer, bad_request, no_route};
use super::faults::Fault;
use super::request::integer;
use super::seed::NewOrder;
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
            "fail" => {
                self.fail(text("fault").unwrap_or_default(), number("call").ok()).await?;
                done
            }
            "calm" => {
                self.calm_down().await;
                done
            }
            "orders" => self.orders().iter().map(order_json).collect(),
            _ => return Err(no_route()),
        };
        Ok(Answer::ok(&answer))
    }

    /// A process that nobody may connect to could not be told to go on: stop it instead.
    async fn fail(&self, name: &str, call: Option<i64>) -> Result<(), Answer> {
        let fault = Fault::ALL.into_iter().find(|fault| format!("{fault:?}") == name);
        let fault = fault.filter(|fault| *fault != Fault::Refused);
        let fault = fault.ok_or_else(|| bad_request("fault"))?;
        match call.and_then(|call| usize::try_from(call).ok()) {
            Some(call) => {
                self.calm_down().await;
                self.fail_at(call, fault).await;
            }
            None => self.fail_always(fault).await,
        }
        Ok(())
    }
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
