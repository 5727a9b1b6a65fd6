//! The kind of templates that a host can replace.

/// The templates of all pages, in the language of Jinja. What is put into them is escaped, and what
/// they name must exist.
///
/// Each can be replaced by name; what it can use is best read in the built-in one and in
/// `pages/samples.json`, with which it is checked. `{{ … }}` and `{% … %}` are filled with every
/// page. What is the same on all pages of a language may stand in
/// `[[ … ]]` and `[% … %]` instead: it is filled once, when the service begins, and costs a page
/// nothing. That is `t("…", "…")`, which picks the German or the English of two texts, the brand
/// and the address in `shell`, `weekdays` and `months`; the first two may stand in `{{ … }}` as
/// well.
///
/// ```
/// let templates = rebooking_http::Templates::default()
///     .with("customer/support.html", "<p>[[ t(\"Schreiben Sie uns!\", \"Write to us!\") ]]</p>")?;
/// assert_eq!(templates.check_templates(), []);
/// # Ok::<(), rebooking_http::TemplateFault>(())
/// ```
pub type Templates = rebooking_core::presentation::templates::Templates<PageTemplateKind>;

/// The kind of templates that pages are rendered from.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageTemplateKind {}
