//! Tables for spreadsheets that cannot be made to run what a customer typed.

/// A table of quoted cells in UTF-8 with a byte order mark, without which a spreadsheet garbles
/// umlauts.
pub(crate) struct Table {
    text: String,
    separator: char,
}

impl Table {
    /// A table with its first row. Each language's spreadsheets expect their own separator.
    pub(crate) fn new<const N: usize>(separator: char, head: [&str; N]) -> Self {
        let mut table = Self { text: "\u{FEFF}".to_owned(), separator };
        table.row(head);
        table
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [&str; N]) {
        for (place, cell) in cells.into_iter().enumerate() {
            if place > 0 {
                self.text.push(self.separator);
            }
            self.text.push_str(&quoted(cell));
        }
        self.text.push_str("\r\n");
    }

    /// The whole table.
    pub(crate) fn into_text(self) -> String {
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
