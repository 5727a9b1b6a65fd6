//! The style sheet: one file, the brand's colours before it, named by its content so that browsers
//! may keep it for good.

use rebooking_core::presentation::{Brand, Color};
use sha2::{Digest as _, Sha256};

const SHEET: &str = include_str!("../../pages/style.css");

/// The grounds of the sheet that text in the brand's colour is hardest to read on: the darker of
/// the light ones, the lighter of the dark ones.
const LIGHT: Color = Color::new(0xF6, 0xF5, 0xF3);
const DARK: Color = Color::new(0x22, 0x22, 0x26);

/// The sheet in the brand's colours.
pub(super) struct Style {
    pub(super) sheet: String,
    name: String,
}

impl Style {
    pub(super) fn from_brand(brand: &Brand) -> Self {
        let (light, dark) = (brand.primary_light, brand.primary_dark);
        let sheet = format!(
            ":root{{--brand-light:{light};--on-brand-light:{};--link-light:{};\
             --brand-dark:{dark};--on-brand-dark:{};--link-dark:{}}}\n{SHEET}",
            light.text_color(),
            light.readable_on(LIGHT),
            dark.text_color(),
            dark.readable_on(DARK)
        );
        let digest = Sha256::digest(&sheet);
        let digest: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { sheet, name: format!("style/{digest}.css") }
    }

    /// Seen from where the service is mounted.
    pub(super) fn name(&self) -> &str {
        &self.name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grounds_are_those_of_the_sheet_and_the_brand_is_never_written_as_it_is() {
        assert!(
            SHEET.contains(&format!("--ground: {LIGHT};"))
                && SHEET.contains(&format!("--card: {DARK};"))
        );
        assert!(!SHEET.lines().any(|line| line.contains(" color: var(--brand)")));
    }
}
