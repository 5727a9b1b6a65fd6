//! Tables for spreadsheets that cannot be made to run what a customer typed.

use axum::response::{IntoResponse as _, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use rebooking_core::Rebookings;
use rebooking_core::ports::reports::CaseStatus;
use rebooking_core::service::RebookingRow;
use rebooking_core::value::customer::Language;
use rebooking_core::value::ids::PartnerId;

use crate::error::ApiError;

/// The whole list for a spreadsheet, with these cells of each row.
pub(crate) async fn rebookings<const N: usize>(
    rebookings: &Rebookings,
    partner: PartnerId,
    language: Language,
    progress: Option<CaseStatus>,
    head: [String; N],
    cells: impl Fn(&RebookingRow) -> [String; N],
) -> Result<Response, ApiError> {
    let separator = match language {
        Language::German => ';',
        Language::English => ',',
    };
    let mut table = Table::new(separator, head.each_ref().map(String::as_str));
    let mut after = None;
    loop {
        let found = rebookings.rebookings_after(partner, progress, after).await?;
        let Some(last) = found.last() else { break };
        after = Some(last.token);
        for cells in found.iter().map(&cells) {
            table.row(cells.each_ref().map(String::as_str));
        }
    }
    let headers = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, "attachment; filename=\"rebookings.csv\""),
    ];
    Ok((headers, table.into_text()).into_response())
}

/// A table of quoted cells in UTF-8 with a byte order mark, without which a spreadsheet garbles
/// umlauts.
struct Table {
    text: String,
    separator: char,
}

impl Table {
    /// A table with its first row. Each language's spreadsheets expect their own separator.
    fn new<const N: usize>(separator: char, head: [&str; N]) -> Self {
        let mut table = Self { text: "\u{FEFF}".to_owned(), separator };
        table.row(head);
        table
    }

    /// Adds a row.
    fn row<const N: usize>(&mut self, cells: [&str; N]) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(self.separator);
            }
            self.text.push_str(&quoted(cell));
        }
        self.text.push_str("\r\n");
    }

    /// The whole table.
    fn into_text(self) -> String {
        self.text
    }
}

/// A cell that begins like a formula gets an apostrophe before it, so that a spreadsheet shows it
/// and does not run it. Blanks before a formula are passed over by some, and a Japanese one reads
/// full-width signs as the ordinary ones.
fn quoted(cell: &str) -> String {
    const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let formula = cell.starts_with(['\t', '\r', '\n']) || cell.trim_start().starts_with(SIGNS);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
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
            assert_eq!(quoted(cell), format!("\"'{cell}\""));
        }
    }

    #[test]
    fn quotes_separators_and_lines_stay_within_their_cell() {
        let mut table = Table::new(';', ["a", "b"]);
        table.row(["x;y", "\"z\"\nw"]);
        assert_eq!(table.into_text(), "\u{FEFF}\"a\";\"b\"\r\n\"x;y\";\"\"\"z\"\"\nw\"\r\n");
    }

    #[test]
    fn an_ordinary_cell_stays_as_it_is() {
        assert_eq!(quoted("Jörg Weiß-Öztürk"), "\"Jörg Weiß-Öztürk\"");
    }
}
