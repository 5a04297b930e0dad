//! QR codes, drawn on the server.

use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write as _;

/// Modules of white around the code, as the standard wants.
const QUIET: usize = 4;

/// A QR code at least 25 mm wide in print, with the text of its address beneath. An address too long for any code
/// (over 2,300 bytes) shows only as text.
#[component]
pub fn Qr(
    /// What is encoded: a full address.
    #[prop(into)]
    address: String,
    /// What it is for, in words: the picture's alternative text.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let picture = path(&address).map(|(size, path)| {
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {size} {size}") shape-rendering="crispEdges">
                <rect width=size height=size fill="#fff"/><path d=path fill="#000"/>
            </svg>
        }
    });
    view! { <figure class="qr-figure">{picture}<figcaption>{address}</figcaption></figure> }
}

/// Side length in modules with the quiet zone, and one path of horizontal runs.
fn path(address: &str) -> Option<(usize, String)> {
    let code = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M).ok()?;
    let width = code.width();
    let mut out = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..].iter().take_while(|c| **c == Color::Dark).count();
            if run > 0 {
                let _ = write!(out, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    Some((width + 2 * QUIET, out))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_the_finder_patterns_inside_the_quiet_zone() {
        let (size, path) = path("https://example.test/c/abc").expect("a short text fits");
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(size >= 21 + 2 * QUIET);
        assert!(super::path(&"x".repeat(3000)).is_none());
    }
}
