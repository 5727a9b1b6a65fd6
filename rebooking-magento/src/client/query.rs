//! Parameters after the `?`: searches, and which fields come back.

/// One condition of a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Is {
    Equal,
    GreaterOrEqual,
    In,
    Like,
}

impl Is {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Equal => "eq",
            Self::GreaterOrEqual => "gteq",
            Self::In => "in",
            Self::Like => "like",
        }
    }
}

/// Decoded pairs, in the order in which they are sent.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pairs: Vec<(String, String)>,
    groups: usize,
    alternatives: usize,
}

impl Query {
    /// The largest page: where the shop bounds pages, 300 is its bound.
    pub(crate) const PAGE: u32 = 100;

    /// No parameters.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Which fields come back: a whole order repeats its items several times.
    pub(crate) fn fields(mut self, fields: &str) -> Self {
        self.pairs.push(("fields".to_owned(), fields.to_owned()));
        self
    }

    /// A condition that holds as well as all others.
    pub(crate) fn filter(mut self, field: &str, is: Is, value: impl ToString) -> Self {
        self.groups += 1;
        self.alternatives = 0;
        self.condition(field, is, value)
    }

    /// A condition that may hold in place of the one before it.
    pub(crate) fn or(mut self, field: &str, is: Is, value: impl ToString) -> Self {
        self.alternatives += 1;
        self.condition(field, is, value)
    }

    fn condition(mut self, field: &str, is: Is, value: impl ToString) -> Self {
        let (group, number) = (self.groups.saturating_sub(1), self.alternatives);
        let prefix = format!("searchCriteria[filter_groups][{group}][filters][{number}]");
        self.pairs.push((format!("{prefix}[field]"), field.to_owned()));
        self.pairs.push((format!("{prefix}[value]"), value.to_string()));
        self.pairs.push((format!("{prefix}[condition_type]"), is.as_str().to_owned()));
        self
    }

    /// Smallest first.
    pub(crate) fn ascending(mut self, field: &str) -> Self {
        let sort = "searchCriteria[sortOrders][0]";
        self.pairs.push((format!("{sort}[field]"), field.to_owned()));
        self.pairs.push((format!("{sort}[direction]"), "ASC".to_owned()));
        self
    }

    /// One page of [`Query::PAGE`]; the first is 1.
    pub(crate) fn page(mut self, page: u32) -> Self {
        for (name, value) in [("pageSize", Self::PAGE), ("currentPage", page)] {
            self.pairs.push((format!("searchCriteria[{name}]"), value.to_string()));
        }
        self
    }

    pub(crate) fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// As it is sent: brackets and all else encoded as for the signature.
    pub(crate) fn encoded(&self) -> Option<String> {
        let pairs = self.pairs.iter().map(|(name, value)| {
            format!("{}={}", super::oauth::encode(name), super::oauth::encode(value))
        });
        let pairs: Vec<String> = pairs.collect();
        (!pairs.is_empty()).then(|| pairs.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_filter_has_a_group_of_its_own_and_brackets_are_encoded() {
        let query = Query::new().filter("state", Is::Equal, "new").filter("a", Is::Like, "b-%");
        let encoded = query.encoded().unwrap();
        assert!(encoded.starts_with(
            "searchCriteria%5Bfilter_groups%5D%5B0%5D%5Bfilters%5D%5B0%5D%5Bfield%5D=state&"
        ));
        assert!(encoded.contains("%5B1%5D%5Bfilters%5D%5B0%5D%5Bvalue%5D=b-%25&"), "{encoded}");
    }
}
