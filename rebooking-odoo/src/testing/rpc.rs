//! Both protocols: which call a request is, and how its result or its error looks.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::http::{Request, Response};
use super::raise::Raise;
use super::shared::Shared;
use super::world::{BOT, DATABASE, KEY, LOGIN};

/// What the tracebacks of this Odoo quote.
const DEBUG: &str = "Traceback (most recent call last):\n  File \"/opt/odoo/odoo/http.py\"\nrow: \
                     Erika Mustermann erika@example.com";

/// A request as a call.
#[derive(Debug)]
pub(super) enum Incoming {
    Json2(Method),
    Login(Vec<Value>),
    Execute { secret: Vec<Value>, method: Method },
    Version,
    NotJson,
    Unknown,
}

/// A method of a model.
#[derive(Debug)]
pub(super) struct Method {
    pub(super) model: String,
    pub(super) name: String,
    pub(super) ids: Option<Vec<i64>>,
    pub(super) args: Map<String, Value>,
}

impl Incoming {
    pub(super) fn read(request: &Request) -> Self {
        let body: Option<Value> = serde_json::from_slice(&request.body).ok();
        let path: Vec<&str> = request.path.trim_start_matches('/').split('/').collect();
        match (request.method.as_str(), path.as_slice()) {
            ("GET", ["web" | "json", "version"]) => Self::Version,
            ("POST", ["json", "2", model, name]) => {
                let Some(Value::Object(mut args)) = body else { return Self::NotJson };
                let ids = args.remove("ids").and_then(|ids| numbers(&ids));
                let (model, name) = ((*model).to_owned(), (*name).to_owned());
                Self::Json2(Method { model, name, ids, args })
            }
            ("POST", ["jsonrpc"]) => body.map_or(Self::NotJson, |body| json_rpc(&body)),
            _ => Self::Unknown,
        }
    }

    /// For the list of calls.
    pub(super) fn name(&self) -> String {
        match self {
            Self::Json2(method) | Self::Execute { method, .. } => {
                format!("{}/{}", method.model, method.name)
            }
            Self::Login(_) => "common/authenticate".to_owned(),
            Self::Version => "version".to_owned(),
            Self::NotJson | Self::Unknown => "?".to_owned(),
        }
    }
}

fn numbers(value: &Value) -> Option<Vec<i64>> {
    match value {
        Value::Array(ids) => ids.iter().map(Value::as_i64).collect(),
        id => id.as_i64().map(|id| vec![id]),
    }
}

fn json_rpc(body: &Value) -> Incoming {
    let params = |name: &str| body.pointer(&format!("/params/{name}"));
    let args = params("args").and_then(Value::as_array).cloned().unwrap_or_default();
    match (params("service").and_then(Value::as_str), params("method").and_then(Value::as_str)) {
        (Some("common"), Some("version")) => Incoming::Version,
        (Some("common"), Some("authenticate")) => Incoming::Login(args),
        (Some("object"), Some("execute_kw")) => {
            let [database, uid, key, Value::String(model), Value::String(name), by_place, named] =
                args.as_slice()
            else {
                return Incoming::Unknown;
            };
            let ids = by_place.get(0).and_then(numbers);
            let mut args = named.as_object().cloned().unwrap_or_default();
            if name == "create" {
                // By its place, as older servers decide by it what they answer.
                args.insert("vals_list".to_owned(), by_place.get(0).cloned().unwrap_or_default());
            }
            Incoming::Execute {
                secret: vec![database.clone(), uid.clone(), key.clone()],
                method: Method { model: model.clone(), name: name.clone(), ids, args },
            }
        }
        _ => Incoming::Unknown,
    }
}

/// Carries out a call and answers it.
pub(super) async fn answer(shared: &Arc<Shared>, request: &Request, call: &Incoming) -> Response {
    let kind = request.header("content-type").unwrap_or_default();
    if request.method == "POST" && !kind.starts_with("application/json") {
        return page(415);
    }
    let revoked = shared.world().revoked;
    match call {
        Incoming::Version => Response::json(
            200,
            &json!({ "version_info": [19, 0, 0, "final", 0, ""], "version": "19.0" }),
        ),
        Incoming::NotJson if request.path == "/jsonrpc" => {
            Response { status: 400, kind: "text/html", body: b"Invalid JSON data".to_vec() }
        }
        Incoming::NotJson => error(&Raise::NotJson),
        Incoming::Unknown => error(&Raise::NoMethod),
        Incoming::Json2(method) => {
            if request.header("x-odoo-database").is_some_and(|name| name != DATABASE) {
                return page(404);
            }
            let bearer = request.header("authorization").unwrap_or_default();
            let (scheme, key) = bearer.split_once(' ').unwrap_or_default();
            if !scheme.eq_ignore_ascii_case("bearer") || key != KEY || revoked {
                return error(&Raise::Unauthorized);
            }
            match shared.execute(method).await {
                Ok(result) => Response::json(200, &result),
                Err(raised) => error(&raised),
            }
        }
        Incoming::Login(args) => match args.as_slice() {
            [database, ..] if database != DATABASE => rpc_error(&Raise::NoDatabase),
            [_, login, key, _] if login == LOGIN && key == KEY && !revoked => {
                rpc_result(&json!(BOT))
            }
            _ => rpc_result(&json!(false)),
        },
        Incoming::Execute { secret, method } => {
            match secret.as_slice() {
                [database, ..] if database != DATABASE => {
                    return rpc_error(&Raise::NoDatabase);
                }
                [_, uid, key] if *uid == json!(BOT) && key == KEY && !revoked => {}
                _ => return rpc_error(&Raise::Denied),
            }
            match shared.execute(method).await {
                // As versions before 19 answer, and as every version answers one that is no list.
                Ok(Value::Array(ids))
                    if method.name == "message_post"
                        || method.args.get("vals_list").is_some_and(Value::is_object) =>
                {
                    rpc_result(&ids[0])
                }
                Ok(result) => rpc_result(&result),
                Err(raised) => rpc_error(&raised),
            }
        }
    }
}

fn page(status: u16) -> Response {
    let body = format!("<!doctype html>\n<html lang=en>\n<title>{status}</title>\n");
    Response { status, kind: "text/html; charset=utf-8", body: body.into_bytes() }
}

fn error(raised: &Raise) -> Response {
    let (status, name) = raised.to_json2();
    Response::json(status, &exception(name, &raised.message()))
}

fn exception(name: &str, message: &str) -> Value {
    json!({
        "name": name,
        "message": message,
        "arguments": [message],
        "context": {},
        "debug": DEBUG,
    })
}

fn rpc_result(result: &Value) -> Response {
    Response::json(200, &json!({ "jsonrpc": "2.0", "id": 1, "result": result }))
}

fn rpc_error(raised: &Raise) -> Response {
    let data = exception(raised.to_json_rpc(), &raised.message());
    let error = json!({ "code": 200, "message": "Odoo Server Error", "data": data });
    Response::json(200, &json!({ "jsonrpc": "2.0", "id": 1, "error": error }))
}
