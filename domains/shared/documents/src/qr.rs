//! A QR symbol as an SVG picture: one path, no script, no style.

use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

use crate::Error;

/// White border that a reader needs, in modules (ISO/IEC 18004: four).
const QUIET: usize = 4;

/// The QR symbol of `text` as SVG, with its quiet zone, error correction M (15 %).
pub fn qr_svg(text: &str) -> Result<Vec<u8>, Error> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| Error::Qr { bytes: text.len() })?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (index, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            write!(path, "M{} {}h1v1h-1z", QUIET + index % width, QUIET + index / width).expect("a String takes all");
        }
    }
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" width="{side}" height="{side}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path fill="#000" d="{path}"/></svg>"##
    )
    .into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_one_path_and_refuses_what_does_not_fit() {
        let svg = String::from_utf8(qr_svg("https://example.test/c/abc").expect("short")).expect("SVG is text");
        assert!(svg.starts_with("<svg") && svg.matches("<path").count() == 2 && !svg.contains("script"));
        assert!(matches!(qr_svg(&"x".repeat(4000)), Err(Error::Qr { bytes: 4000 })));
    }
}
