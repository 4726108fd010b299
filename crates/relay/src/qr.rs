//! A link as a QR code, for a terminal and as the outline of a drawing.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::error::{RelayError, Result};

/// Light modules around the code: scanners need four.
const MARGIN: i32 = 4;

/// A QR code.
pub struct Qr(QrCode);

impl Qr {
    /// The code of a text; it survives a scratched screen (level M).
    ///
    /// # Errors
    /// A text too long for any code.
    pub fn of(text: &str) -> core::result::Result<Self, RelayError> {
        Self::encode(text)
    }

    fn encode(text: &str) -> Result<Self> {
        let code = QrCode::encode_text(text, QrCodeEcc::Medium);
        code.map(Self)
            .map_err(|_| RelayError::Broken("too long for a QR code"))
    }

    /// Modules along a side, the margin included.
    pub fn side(&self) -> u32 {
        u32::try_from(self.0.size() + 2 * MARGIN).unwrap_or_default()
    }

    fn dark(&self, x: i32, y: i32) -> bool {
        self.0.get_module(x - MARGIN, y - MARGIN)
    }

    fn sides(&self) -> core::ops::Range<i32> {
        0..self.0.size() + 2 * MARGIN
    }

    /// Lines for a terminal, two modules high each. Light is drawn, so that the code reads on a dark
    /// ground; scanners take both.
    pub fn lines(&self) -> Vec<String> {
        let line = |y: i32| {
            let cell = |x| match (self.dark(x, y), self.dark(x, y + 1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            };
            self.sides().map(cell).collect()
        };
        self.sides().step_by(2).map(line).collect()
    }

    /// Path data of the dark modules in a square of [`Qr::side`] units, as SVG's `d` takes it.
    pub fn path(&self) -> String {
        let mut path = String::new();
        for y in self.sides() {
            for x in self.sides().filter(|x| self.dark(*x, y)) {
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        path
    }

    /// A whole picture.
    pub fn svg(&self) -> String {
        let side = self.side();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/>\
             <path d=\"{}\"/></svg>\n",
            self.path()
        )
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn a_code_has_its_margin_and_its_three_eyes() {
        let link = format!("http://192.168.100.100:7410#root={}", "ab".repeat(32));
        let qr = Qr::of(&link).unwrap();
        let side = qr.side() as usize;
        let lines = qr.lines();
        assert_eq!(lines.len(), side.div_ceil(2), "two modules in a line");
        assert!(
            lines.iter().all(|line| line.chars().count() == side),
            "a square"
        );
        assert!(
            lines[0].chars().all(|c| c == '█') && lines[1].chars().all(|c| c == '█'),
            "four light modules above"
        );
        assert!(
            qr.path().starts_with("M4 4h1v1h-1zM5 4"),
            "the first eye stands in the corner"
        );
        assert!(side <= 60, "it fits a phone's screen: {side} modules");
        assert!(Qr::of(&"x".repeat(5_000)).is_err(), "no code is that large");
    }
}
