//! Cells of tables that no spreadsheet calculates, and the way back.

/// What makes a spreadsheet calculate a cell, plain and in full width (OWASP, "CSV injection").
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a cell begins like a formula, or like one that was guarded. Blanks and quotes before it do not
/// help: some programs skip them.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(['\'', ' ', '"'])
        .starts_with(FORMULA)
}

/// A cell that no spreadsheet calculates: `'` before what begins like a formula.
pub(super) fn guarded(cell: String) -> String {
    if is_formula(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// A cell without its guard.
pub(super) fn bare(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        Some(_) | None => cell,
    }
}

/// A table under a header, every cell guarded and in quotes. Lines end as spreadsheets want them.
///
/// # Errors
/// In words, when a row does not have the width of the header.
pub(super) fn table<const N: usize>(
    header: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let failed = |error: csv::Error| error.to_string();
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        writer.write_record(row.map(guarded)).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    #[rstest]
    #[case("=1+1", "'=1+1")]
    #[case(" -2", "' -2")]
    #[case("\tx", "'\tx")]
    #[case("＠sum", "'＠sum")]
    #[case("'=1", "''=1")]
    #[case("'quoted'", "'quoted'")]
    #[case("2-1", "2-1")]
    #[case("", "")]
    fn what_begins_like_a_formula_is_guarded(#[case] cell: &str, #[case] safe: &str) {
        assert_eq!(guarded(cell.to_owned()), safe);
        assert_eq!(bare(safe), cell);
    }

    proptest! {
        #[test]
        fn no_cell_is_a_formula_and_every_cell_comes_back(cell in "['\" =+@\t\r\n＝a-]{0,8}|\\PC*") {
            let safe = guarded(cell.clone());
            let first = safe.trim_start_matches([' ', '"']).chars().next();
            prop_assert!(!first.is_some_and(|c| FORMULA.contains(&c)), "{:?}", safe);
            prop_assert_eq!(bare(&safe), cell);
        }
    }
}
