//! The guide as plain text, for Braille displays and embossers and for whoever has it read aloud: numbered headings and lines, one
//! thought a line, no table, no sign that stands for a picture. The Braille software breaks the lines.

use kernel::Lang;
use ui::tr;

use super::{Line, Sheet};

/// The text. `address` is that of the page.
pub fn plain(lang: Lang, sheet: &Sheet, address: &str) -> String {
    let mut out = Out { lang, text: String::new(), parts: 0 };
    out.line(&sheet.title);
    out.line(&sheet.summary);
    out.facts(tr(lang, "概要", "At a glance"), &sheet.card(lang));
    out.list(tr(lang, "要带", "Bring"), &sheet.bring, tr(lang, "什么都不用带。", "Nothing to bring."));
    out.list(tr(lang, "不用带", "No need to bring"), &sheet.not_needed, "");
    out.list(tr(lang, "怎么办", "How it goes"), &sheet.steps, "");
    out.list(tr(lang, "受理条件", "Conditions"), &alone(&sheet.conditions), "");
    out.list(tr(lang, "不予办理的情形", "When it is refused"), &alone(&sheet.refusals), "");
    out.facts(tr(lang, "办理结果", "What you get"), &sheet.result);
    out.list(tr(lang, "法律依据", "Legal basis"), &sheet.legal, "");
    out.list(tr(lang, "常见问题", "Questions people ask"), &sheet.faq, "");
    out.facts(tr(lang, "投诉、复议和诉讼", "Complaints and remedies"), &sheet.remedies);
    out.facts(tr(lang, "事项要素和编码", "Elements and codes"), &sheet.elements);
    out.text.push('\n');
    out.line(&sheet.version);
    out.line(address);
    out.text
}

fn alone(lines: &[String]) -> Vec<Line> {
    lines.iter().map(|line| (line.clone(), String::new())).collect()
}

/// The text so far.
struct Out {
    lang: Lang,
    text: String,
    parts: usize,
}

impl Out {
    /// One line, whatever it was before; dashes and dots that Braille does not have become those that it has.
    fn line(&mut self, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return;
        }
        self.text.extend(words.chars().map(|c| match c {
            '–' | '—' | '－' => '-',
            '·' | '•' => ' ',
            c => c,
        }));
        self.text.push('\n');
    }

    fn heading(&mut self, title: &str) {
        self.parts += 1;
        self.text.push('\n');
        let numbered = format!("{}{}{title}", self.parts, self.lang.pick("、", ". "));
        self.line(&numbered);
    }

    /// Lines with a name each: name and text on one line.
    fn facts(&mut self, title: &str, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.heading(title);
        for (name, text) in lines {
            let words = if text.is_empty() { name.clone() } else { format!("{name}{}{text}", self.lang.pick("：", ": ")) };
            self.line(&words);
        }
    }

    /// Numbered lines, each with what is said about it on the next one. `none` is said when there are none; empty leaves the part out.
    fn list(&mut self, title: &str, lines: &[Line], none: &str) {
        if lines.is_empty() && none.is_empty() {
            return;
        }
        self.heading(title);
        if lines.is_empty() {
            self.line(none);
        }
        for (number, (name, text)) in lines.iter().enumerate() {
            let words = format!("{}{}{}{name}", self.lang.pick("（", "("), number + 1, self.lang.pick("）", ") "));
            self.line(&words);
            self.line(text);
        }
    }
}
