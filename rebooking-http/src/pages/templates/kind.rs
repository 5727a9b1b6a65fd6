//! The kind of templates that a host can replace.

/// The templates of all pages, in the language of Jinja. What is put into them is escaped, and what
/// they name must exist.
///
/// Each can be replaced by name; what it can use is best read in the built-in one and in
/// `pages/samples.json`, with which it is checked. `{{ … }}` and `{% … %}` are filled with every
/// page. What is the same on all pages of a language may stand in
/// `[[ … ]]` and `[% … %]` instead: it is filled once, when the service begins, and costs a page
/// nothing. That is `t("page-write-us")`, a text of the reader's language by its key, with what it
/// is filled with by name (`t("page-to-home", brand=shell.brand.name)`), the brand and the address
/// in `shell`, `weekdays` and `months`; the first two may stand in `{{ … }}` as well. Texts of a
/// host's own are added by [`Locales`](rebooking_core::presentation::locales::Locales); or
/// `t("…", "…")` picks the first of two in German, and the second one in every other language.
///
/// ```
/// let templates = rebooking_http::Templates::default()
///     .with("customer/support.html", "<p>[[ t(\"page-write-us\") ]]</p>")?;
/// assert_eq!(templates.check_templates(), []);
/// # Ok::<(), rebooking_http::TemplateFault>(())
/// ```
pub type Templates = rebooking_core::presentation::templates::Templates<PageTemplateKind>;

/// The kind of templates that pages are rendered from.
#[derive(Debug)]
#[non_exhaustive]
pub enum PageTemplateKind {}
