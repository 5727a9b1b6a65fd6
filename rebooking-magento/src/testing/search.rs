//! Searches: filters, order, pages; and the fields of an answer.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::answer::{Answer, Answered, internal, required};
use super::request::Request;

/// The largest page, where input limits are on.
const LARGEST_PAGE: usize = 300;

/// Finds among all rows. A column that the table lacks is an error of the database.
pub(super) fn search(request: &Request, rows: Vec<Value>, columns: &[&str]) -> Answered {
    let named = |(name, _): &&(String, String)| name.starts_with("searchCriteria");
    if request.query.iter().filter(named).count() == 0 {
        return Err(required("searchCriteria"));
    }
    let filters = filters(request);
    if filters.iter().any(|filter| !columns.contains(&filter.field.as_str())) {
        return Err(internal());
    }
    let mut groups: BTreeMap<&str, Vec<&Filter>> = BTreeMap::new();
    for filter in &filters {
        groups.entry(&filter.group).or_default().push(filter);
    }
    let fits = |row: &Value| groups.values().all(|any| any.iter().any(|filter| filter.fits(row)));
    let mut found: Vec<Value> = rows.into_iter().filter(fits).collect();
    sort(request, &mut found);
    let total = found.len();
    let page = page(request, found)?;
    // What the `fields` filter makes of nothing.
    let items = match (page.is_empty(), request.parameter("fields")) {
        (true, Some(_)) => Value::Null,
        _ => Value::Array(page),
    };
    Ok(json!({ "items": items, "total_count": total }))
}

struct Filter {
    group: String,
    field: String,
    value: String,
    condition: String,
}

fn filters(request: &Request) -> Vec<Filter> {
    let mut read: BTreeMap<(String, String), Filter> = BTreeMap::new();
    for (name, value) in &request.query {
        let Some(rest) = name
            .strip_prefix("searchCriteria[filter_groups][")
            .or_else(|| name.strip_prefix("searchCriteria[filterGroups]["))
        else {
            continue;
        };
        let parts: Vec<&str> = rest.trim_end_matches(']').split("][").collect();
        let [group, "filters", number, part] = parts.as_slice() else { continue };
        let key = ((*group).to_owned(), (*number).to_owned());
        let filter = read.entry(key).or_insert_with(|| Filter {
            group: (*group).to_owned(),
            field: String::new(),
            value: String::new(),
            condition: "eq".to_owned(),
        });
        match *part {
            "field" => filter.field.clone_from(value),
            "value" => filter.value.clone_from(value),
            "condition_type" | "conditionType" => filter.condition.clone_from(value),
            _ => {}
        }
    }
    read.into_values().collect()
}

impl Filter {
    fn fits(&self, row: &Value) -> bool {
        let Some(found) = row.get(&self.field).and_then(text) else { return false };
        match self.condition.as_str() {
            "eq" => found == self.value,
            "neq" => found != self.value,
            "in" => self.value.split(',').any(|value| value == found),
            "nin" => self.value.split(',').all(|value| value != found),
            "like" => is_like(&found, &self.value),
            "gt" => compare(&found, &self.value).is_gt(),
            "gteq" => compare(&found, &self.value).is_ge(),
            "lt" => compare(&found, &self.value).is_lt(),
            "lteq" => compare(&found, &self.value).is_le(),
            _ => false,
        }
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn compare(left: &str, right: &str) -> Ordering {
    match (left.parse::<i64>(), right.parse::<i64>()) {
        (Ok(left), Ok(right)) => left.cmp(&right),
        _ => left.cmp(right),
    }
}

/// `%` stands for anything; at the beginning or the end, as we use it.
fn is_like(text: &str, pattern: &str) -> bool {
    match (pattern.strip_prefix('%'), pattern.strip_suffix('%')) {
        (Some(rest), Some(_)) => text.contains(rest.trim_end_matches('%')),
        (Some(end), None) => text.ends_with(end),
        (None, Some(start)) => text.starts_with(start),
        (None, None) => text == pattern,
    }
}

fn sort(request: &Request, rows: &mut [Value]) {
    let sort = "searchCriteria[sortOrders][0]";
    let Some(field) = request.parameter(&format!("{sort}[field]")) else { return };
    let descending = request.parameter(&format!("{sort}[direction]")) == Some("DESC");
    rows.sort_by(|left, right| {
        let of = |row: &Value| row.get(field).and_then(text).unwrap_or_default();
        let order = compare(&of(left), &of(right));
        if descending { order.reverse() } else { order }
    });
}

fn page(request: &Request, rows: Vec<Value>) -> Result<Vec<Value>, Answer> {
    let number = |name: &str| {
        request.parameter(&format!("searchCriteria[{name}]")).and_then(|text| text.parse().ok())
    };
    let Some(size): Option<usize> = number("pageSize") else { return Ok(rows) };
    if size > LARGEST_PAGE {
        let message = "Maximum SearchCriteria pageSize is %max";
        let body = json!({ "message": message, "parameters": { "max": LARGEST_PAGE } });
        return Err(Answer::json(hyper::StatusCode::BAD_REQUEST, &body));
    }
    // Past the end the shop gives its last page again.
    let last = rows.len().div_ceil(size.max(1)).max(1);
    let page: usize = number("currentPage").unwrap_or(1).clamp(1, last);
    Ok(rows.into_iter().skip((page - 1) * size).take(size).collect())
}

/// Cuts an answer down to the fields that were asked for:
/// `items[entity_id,items[sku]],total_count`.
pub(super) fn keep_fields(request: &Request, answer: Value) -> Value {
    match request.parameter("fields") {
        Some(fields) => keep(&answer, &tree(&mut fields.chars().peekable())),
        None => answer,
    }
}

struct Fields(Vec<(String, Fields)>);

fn tree(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Fields {
    let mut fields = Vec::new();
    let mut name = String::new();
    loop {
        let next = rest.next();
        match next {
            Some('[') => {
                let below = tree(rest);
                fields.push((std::mem::take(&mut name), below));
            }
            Some(',') | Some(']') | None => {
                if !name.is_empty() {
                    fields.push((std::mem::take(&mut name), Fields(Vec::new())));
                }
                if next != Some(',') {
                    return Fields(fields);
                }
            }
            Some(letter) => name.push(letter),
        }
    }
}

fn keep(value: &Value, fields: &Fields) -> Value {
    if fields.0.is_empty() {
        return value.clone();
    }
    match value {
        Value::Array(rows) => Value::Array(rows.iter().map(|row| keep(row, fields)).collect()),
        Value::Object(object) => {
            let kept = fields.0.iter().filter_map(|(name, below)| {
                object.get(name).map(|value| (name.clone(), keep(value, below)))
            });
            Value::Object(kept.collect::<Map<_, _>>())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(query: &[(&str, &str)]) -> Request {
        let query = query.iter().map(|&(name, value)| (name.to_owned(), value.to_owned()));
        Request {
            method: hyper::Method::GET,
            segments: Vec::new(),
            query: query.collect(),
            body: Value::Null,
        }
    }

    #[test]
    fn fields_cut_an_answer_down_and_nothing_becomes_null() {
        let rows = || vec![json!({"id": 1, "a": 2, "rows": [{"b": 3, "c": 4}]})];
        let query = |value| {
            request(&[
                ("searchCriteria[filter_groups][0][filters][0][field]", "id"),
                ("searchCriteria[filter_groups][0][filters][0][value]", value),
                ("fields", "items[id,rows[c]],total_count"),
            ])
        };
        let found = |request: &Request| {
            keep_fields(request, search(request, rows(), &["id"]).unwrap()).to_string()
        };
        assert_eq!(found(&query("1")), r#"{"items":[{"id":1,"rows":[{"c":4}]}],"total_count":1}"#);
        assert_eq!(found(&query("9")), r#"{"items":null,"total_count":0}"#);
    }

    #[test]
    fn a_search_without_criteria_or_on_an_unknown_column_is_refused() {
        assert_eq!(search(&request(&[]), vec![], &[]).unwrap_err().status, 400);
        let unknown = request(&[("searchCriteria[filter_groups][0][filters][0][field]", "x")]);
        assert_eq!(search(&unknown, vec![], &["id"]).unwrap_err().status, 500);
        let large = request(&[("searchCriteria[pageSize]", "301")]);
        assert_eq!(search(&large, vec![], &[]).unwrap_err().status, 400);
    }
}
