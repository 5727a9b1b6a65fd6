//! No line is wider than 100 columns, comments included: rustfmt breaks code alone.

use crate::files;

const MAX_COLUMNS: usize = 100;

/// Each line that is too wide: file, number, columns.
fn too_wide(name: &str, text: &str) -> Vec<String> {
    let mut prose = true;
    let lines = text.lines().zip(1..).filter(|(line, _)| {
        prose ^= name.ends_with(".md") && line.trim_start().starts_with("```");
        line.chars().count() > MAX_COLUMNS && !(name.ends_with(".md") && may_be_wide(line, prose))
    });
    lines.map(|(line, number)| format!("{name}:{number}: {}", line.chars().count())).collect()
}

/// In Markdown a row of a table, a line of a program and a long address cannot be broken.
fn may_be_wide(line: &str, prose: bool) -> bool {
    !prose || line.starts_with('|') || line.contains("://") || line.contains("](")
}

#[test]
fn no_line_is_wider_than_a_hundred_columns() {
    let mut files = files::with_extension(&["md", "rs", "sh", "sql"]).unwrap();
    files.push(files::named(".ci/run").unwrap());
    // A migration is never changed: the database keeps its checksum.
    let files = files.iter().filter(|file| !file.name.contains("/migrations/"));
    let wide: Vec<String> = files.flat_map(|file| too_wide(&file.name, &file.text)).collect();
    assert!(wide.is_empty(), "{} lines are too wide:\n{}", wide.len(), wide.join("\n"));
}

/// The same rule on texts with a planted fault.
mod planted {
    use super::*;

    #[test]
    fn a_wide_line_is_found_in_code_and_in_comments() {
        let text = format!("// {}\n{}\n/// {}\n", "x".repeat(97), "y".repeat(101), "z".repeat(100));
        assert_eq!(too_wide("a.rs", &text), ["a.rs:2: 101", "a.rs:3: 104"]);
    }

    #[test]
    fn columns_are_letters_and_not_bytes() {
        assert!(too_wide("a.sql", &"ü".repeat(100)).is_empty());
    }

    #[test]
    fn in_markdown_prose_is_wrapped_and_tables_programs_and_addresses_are_not() {
        let wide = "w ".repeat(60);
        let text = format!("| {wide}|\n```\n{wide}\n```\n{wide}\nhttps://example.com/ {wide}\n");
        assert_eq!(too_wide("a.md", &text), ["a.md:5: 120"]);
    }
}
