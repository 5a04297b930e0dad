//! The colours of the style sheet against each other, by the formula of WCAG 2.1: a browser is not needed to see that text can be read.

use std::collections::BTreeMap;

/// Colours by the name of their custom property.
type Palette = BTreeMap<String, [f64; 3]>;

fn colour(hex: &str) -> [f64; 3] {
    let channel = |at: usize| f64::from(u8::from_str_radix(&hex[at..at + 2], 16).expect("six hexadecimal digits"));
    [channel(1), channel(3), channel(5)]
}

fn luminance(colour: [f64; 3]) -> f64 {
    let [r, g, b] = colour.map(|channel| {
        let share = channel / 255.0;
        if share <= 0.03928 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * r + 0.7152 * g + 0.0722 * b
}

fn contrast(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// What a rule of the style sheet says about colours.
fn rule(css: &str, selector: &str, dark: bool) -> Palette {
    let css = if dark { css.split_once("prefers-color-scheme: dark").expect("there is a dark scheme").1 } else { css };
    let (_, body) = css.split_once(&format!("{selector} {{")).unwrap_or_else(|| panic!("{selector} is not in the style sheet"));
    let (body, _) = body.split_once('}').expect("the rule ends");
    let pairs = body.split(';').filter_map(|line| line.trim().strip_prefix("--")?.split_once(": "));
    pairs.filter(|(_, value)| value.starts_with('#') && value.len() == 7).map(|(name, value)| (name.to_owned(), colour(value))).collect()
}

/// The palettes that a page can have: later rules over earlier ones.
fn palettes() -> Vec<(&'static str, Palette)> {
    let css = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../web/css/10-tokens.css")).expect("the style sheet");
    let over = |rules: &[(&str, bool)]| rules.iter().flat_map(|(selector, dark)| rule(&css, selector, *dark)).collect::<Palette>();
    let (base, large, strong, dark) = ((":root", false), (".large", false), (".strong", false), (".staff", true));
    vec![
        ("light", over(&[base])),
        ("large", over(&[base, large])),
        ("strong", over(&[base, strong])),
        ("large and strong", over(&[base, large, strong])),
        ("dark", over(&[base, dark])),
        ("dark and strong", over(&[base, strong, dark, (".staff.strong", true)])),
    ]
}

#[test]
fn p11_1_text_and_marks_of_every_palette_have_the_contrast_that_the_standard_asks_for() {
    let white = colour("#ffffff");
    let passes = |hex: &str| contrast(colour(hex), white) >= 4.5;
    assert!(passes("#767676") && !passes("#777777"), "the border lies between the two");
    let text = [
        ("ink", "paper", 7.0), ("ink", "ground", 7.0), ("ink-soft", "paper", 4.5), ("ink-soft", "ground", 4.5), ("act", "paper", 4.5), ("act", "ground", 4.5),
        ("act-deep", "act-wash", 4.5), ("on-act", "act", 4.5), ("seal", "paper", 4.5), ("good", "good-wash", 4.5), ("mind", "mind-wash", 4.5), ("bad", "bad-wash", 4.5),
        ("good", "paper", 4.5), ("mind", "paper", 4.5), ("bad", "paper", 4.5), ("ink", "act-wash", 4.5), ("ink", "good-wash", 4.5), ("ink", "mind-wash", 4.5),
        ("ink", "bad-wash", 4.5),
    ];
    let marks = [("edge", "paper", 3.0), ("edge", "ground", 3.0), ("focus", "paper", 3.0), ("focus", "ground", 3.0)];
    for (name, palette) in palettes() {
        for (one, other, least) in text.into_iter().chain(marks) {
            let found = contrast(palette[one], palette[other]);
            assert!(found >= least, "{name}: {one} on {other} has {found:.2}, not {least}");
        }
    }
}
