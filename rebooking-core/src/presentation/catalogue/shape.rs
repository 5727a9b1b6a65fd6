//! What a message is made of: what it must be given, and which words it tells apart.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast;

/// What a message is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Shape {
    /// The arguments that it must be given, with those of the messages that it uses.
    pub arguments: BTreeSet<String>,
    /// The words that it tells apart, by the argument that they come in. Numbers and plurals are
    /// each language's own matter.
    pub words: BTreeMap<String, BTreeSet<String>>,
    /// The messages and terms that it uses itself; a term begins with `-`.
    pub uses: BTreeSet<String>,
}

/// The categories of plurals that there are in any language.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// How the keys begin of the texts by which a language writes days, times and amounts: each takes
/// what it needs of what they are all given.
const FORMATS: &str = "locale-";

/// The shapes of all messages and terms.
pub(super) fn read<'a>(
    entries: impl Iterator<Item = &'a ast::Entry<&'a str>>,
) -> BTreeMap<String, Shape> {
    let shapes = entries.filter_map(|entry| match entry {
        ast::Entry::Message(message) => message
            .value
            .as_ref()
            .map(|value| (message.id.name.to_owned(), Shape::from_pattern(value))),
        ast::Entry::Term(term) => {
            Some((format!("-{}", term.id.name), Shape::from_pattern(&term.value)))
        }
        ast::Entry::Comment(_)
        | ast::Entry::GroupComment(_)
        | ast::Entry::ResourceComment(_)
        | ast::Entry::Junk { .. } => None,
    });
    let own: BTreeMap<String, Shape> = shapes.collect();
    let with_used = |(key, shape): (&String, &Shape)| {
        let mut arguments = BTreeSet::new();
        gather(&own, key, &mut arguments, &mut BTreeSet::new());
        (key.clone(), Shape { arguments, ..shape.clone() })
    };
    own.iter().map(with_used).collect()
}

/// The arguments of a message and of all that it uses.
fn gather<'a>(
    own: &'a BTreeMap<String, Shape>,
    key: &'a str,
    arguments: &mut BTreeSet<String>,
    seen: &mut BTreeSet<&'a str>,
) {
    if let Some(shape) = own.get(key).filter(|_| seen.insert(key)) {
        arguments.extend(shape.arguments.iter().cloned());
        shape.uses.iter().for_each(|used| gather(own, used, arguments, seen));
    }
}

/// Where a language differs from the one that it is compared with. How it uses its own terms is its
/// own matter.
pub(super) fn differences(
    wanted: &BTreeMap<String, Shape>,
    found: &BTreeMap<String, Shape>,
) -> Vec<String> {
    let keys: BTreeSet<&String> =
        wanted.keys().chain(found.keys()).filter(|key| !key.starts_with('-')).collect();
    let difference = |key: &String| match (wanted.get(key), found.get(key)) {
        (Some(wanted), Some(found)) if differ(key, wanted, found) => Some(format!(
            "{key} has the arguments {:?}, not {:?}",
            found.arguments, wanted.arguments
        )),
        (Some(wanted), Some(found)) if wanted.words != found.words => {
            Some(format!("{key} tells apart {:?}, not {:?}", found.words, wanted.words))
        }
        (Some(_), None) => Some(format!("{key} is missing")),
        (None, Some(_)) => Some(format!("{key} is in no other language")),
        (Some(_), Some(_)) | (None, None) => None,
    };
    keys.into_iter().filter_map(difference).collect()
}

/// Whether the arguments differ. How it writes days and amounts is each language's own matter.
fn differ(key: &str, wanted: &Shape, found: &Shape) -> bool {
    !key.starts_with(FORMATS) && wanted.arguments != found.arguments
}

impl Shape {
    fn from_pattern(pattern: &ast::Pattern<&str>) -> Self {
        let mut shape = Self::default();
        shape.pattern(pattern);
        shape
    }

    fn pattern(&mut self, pattern: &ast::Pattern<&str>) {
        for element in &pattern.elements {
            if let ast::PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &ast::Expression<&str>) {
        match expression {
            ast::Expression::Inline(inline) => self.inline(inline),
            ast::Expression::Select { selector, variants } => {
                self.inline(selector);
                variants.iter().for_each(|variant| self.pattern(&variant.value));
                if let ast::InlineExpression::VariableReference { id } = selector {
                    let words: BTreeSet<&str> = variants.iter().map(word).collect();
                    if !words.iter().all(|word| is_a_number(word)) {
                        let known = self.words.entry(id.name.to_owned()).or_default();
                        known.extend(words.into_iter().map(str::to_owned));
                    }
                }
            }
        }
    }

    fn inline(&mut self, expression: &ast::InlineExpression<&str>) {
        use ast::InlineExpression as E;
        match expression {
            E::StringLiteral { .. } | E::NumberLiteral { .. } => {}
            E::VariableReference { id } => {
                self.arguments.insert(id.name.to_owned());
            }
            E::MessageReference { id, .. } => {
                self.uses.insert(id.name.to_owned());
            }
            E::TermReference { id, .. } => {
                self.uses.insert(format!("-{}", id.name));
            }
            E::FunctionReference { arguments, .. } => {
                arguments.positional.iter().for_each(|argument| self.inline(argument));
            }
            E::Placeable { expression } => self.expression(expression),
        }
    }
}

fn word<'a>(variant: &ast::Variant<&'a str>) -> &'a str {
    match variant.key {
        ast::VariantKey::Identifier { name } => name,
        ast::VariantKey::NumberLiteral { value } => value,
    }
}

fn is_a_number(word: &str) -> bool {
    PLURALS.contains(&word) || word.parse::<f64>().is_ok()
}
