//! Tables for spreadsheets that cannot be made to run what a customer typed.

use std::borrow::Cow;

use axum::response::{IntoResponse as _, Response};
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rebooking_core::Rebookings;
use rebooking_core::ports::reports::PartnerStatus;
use rebooking_core::presentation::format;
use rebooking_core::service::RebookingRow;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use crate::error::{ApiError, RequestError};

/// The whole list for a spreadsheet, with these cells of each row.
pub(crate) async fn rebookings<const N: usize>(
    rebookings: &Rebookings,
    partner: PartnerId,
    language: Language,
    progress: Option<PartnerStatus>,
    head: [String; N],
    cells: impl Fn(&RebookingRow) -> [String; N],
) -> Result<Response, ApiError> {
    let mut table = Table::new(format::cell_separator(language), &head)?;
    let mut after = None;
    loop {
        let found = rebookings.partner(partner).rebookings_after(progress, after).await?;
        let Some(last) = found.last() else { break };
        after = Some(last.token);
        for cells in found.iter().map(&cells) {
            table.row(&cells)?;
        }
    }
    answer(table, "rebookings.csv")
}

/// Rows that are there already, for a spreadsheet.
#[cfg(feature = "pages")]
pub(crate) fn rows<const N: usize>(
    language: Language,
    file: &str,
    head: [String; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<Response, ApiError> {
    let mut table = Table::new(format::cell_separator(language), &head)?;
    for cells in rows {
        table.row(&cells)?;
    }
    answer(table, file)
}

fn answer(table: Table, file: &str) -> Result<Response, ApiError> {
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{file}\"")),
    ];
    Ok((headers, table.into_bytes()?).into_response())
}

/// A table of quoted cells in UTF-8 with a byte order mark, without which a spreadsheet garbles
/// umlauts.
struct Table(Writer<Vec<u8>>);

impl Table {
    /// A table with its first row.
    fn new(separator: u8, head: &[impl AsRef<str>]) -> Result<Self, RequestError> {
        let mut writer = WriterBuilder::new();
        writer.delimiter(separator).quote_style(QuoteStyle::Always).terminator(Terminator::CRLF);
        let mut table = Self(writer.from_writer("\u{FEFF}".into()));
        table.row(head)?;
        Ok(table)
    }

    fn row(&mut self, cells: &[impl AsRef<str>]) -> Result<(), RequestError> {
        let cells = cells.iter().map(|cell| inert(cell.as_ref()));
        self.0.write_record(cells.map(Cow::into_owned)).map_err(|_| RequestError::Broken)
    }

    fn into_bytes(self) -> Result<Vec<u8>, RequestError> {
        self.0.into_inner().map_err(|_| RequestError::Broken)
    }
}

/// A cell that begins like a formula gets an apostrophe before it, so that a spreadsheet shows it
/// and does not run it. Blanks before a formula are passed over by some, and a Japanese one reads
/// full-width signs as the ordinary ones.
fn inert(cell: &str) -> Cow<'_, str> {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let formula = cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(SIGNS);
    if formula { format!("'{cell}").into() } else { cell.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_shown_and_not_run() {
        for cell in [
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            " =1",
            "\u{A0}@x",
            "＝1",
            "＋1",
            "－1",
            "＠SUM(A1)",
            "\tx",
        ] {
            assert_eq!(inert(cell), format!("'{cell}"));
        }
    }

    #[test]
    fn quotes_separators_and_lines_stay_within_their_cell() {
        let mut table = Table::new(b';', &["a", "b"]).unwrap();
        table.row(&["x;y", "\"z\"\nw"]).unwrap();
        let written = String::from_utf8(table.into_bytes().unwrap()).unwrap();
        assert_eq!(written, "\u{FEFF}\"a\";\"b\"\r\n\"x;y\";\"\"\"z\"\"\nw\"\r\n");
    }

    #[test]
    fn an_ordinary_cell_stays_as_it_is() {
        assert_eq!(inert("Jörg Weiß-Öztürk"), "Jörg Weiß-Öztürk");
    }
}
