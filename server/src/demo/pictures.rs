//! Pictures that stand for a couple's photo and for a signed page: plain shapes, no real person.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// Width of the photo in pixels.
pub(crate) const WIDTH: u32 = 620;
/// Height of the photo in pixels.
pub(crate) const HEIGHT: u32 = 443;

/// Two heads and shoulders before red, as a JPEG.
pub(crate) fn couple() -> Vec<u8> {
    let inside = |x: u32, y: u32, cx: i64, cy: i64, rx: i64, ry: i64| {
        let (dx, dy) = (i64::from(x) - cx, i64::from(y) - cy);
        dx * dx * ry * ry + dy * dy * rx * rx <= rx * rx * ry * ry
    };
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let colour = [(215, 26), (405, -12)].into_iter().find_map(|(cx, shift)| {
            let head = inside(x, y, cx, 190, 62, 80);
            let hair = inside(x, y, cx, 165, 68, 76) && y < 160;
            let shoulders = inside(x, y, cx, 430, 118, 150);
            let cloth = if shift > 0 { [60, 66, 82] } else { [240, 240, 236] };
            if hair { Some([30, 26, 24]) } else if head { Some([236, 203, 176]) } else if shoulders { Some(cloth) } else { None }
        });
        Rgb(colour.unwrap_or([176, 32, 36]))
    });
    encode(picture, ImageFormat::Jpeg)
}

/// A white page with lines, as a PNG.
pub(crate) fn signed_page() -> Vec<u8> {
    let page = RgbImage::from_fn(620, 877, |x, y| if y % 40 == 0 && x > 60 && x < 560 { Rgb([120; 3]) } else { Rgb([255; 3]) });
    encode(page, ImageFormat::Png)
}

fn encode(picture: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(picture).write_to(&mut out, format).expect("memory can be written to");
    out.into_inner()
}
