//! Every component once, with harmless and with hostile words. The pages are left in `target/tmp/ui` to be looked at.

use std::fs;
use std::path::Path;

use kernel::{Issue, Lang};
use leptos::prelude::*;
use ui::*;

/// What somebody types who means no good: it must come out as text, wherever it is put.
const HOSTILE: &str = r#"</textarea><script>alert(1)</script>" onfocus="alert(2)" x='"#;

/// A form with every kind of field, and every other component, with `word` wherever a word can stand.
fn everything(shell: &Shell, word: &'static str, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::public(word).values(&values).back(word.to_owned()).wide();
    ui::render(shell, page, move || view! { <h1>{word}</h1>{form(word, values)}{reading(lang, word)}{lists(word)} })
}

fn form(word: &'static str, values: Values) -> AnyView {
    let options = move || vec![Choice::new(word, word).hint(word), Choice::new("b", word)];
    view! {
        <Form action=word values files=true id=word>
            <Field name="name" label=word hint=word source=word optional=true/>
            <Field name="id_no" label=word kind=Kind::IdNumber autocomplete=word/>
            <Field name="password" label=word kind=Kind::Password/>
            <Fieldset legend=word hint=word name="group">
                <Field name="day" label=word kind=Kind::Date/>
                <Field name="n" label=word kind=Kind::Number readonly=true/>
            </Fieldset>
            <TextArea name="reason" label=word hint=word/>
            <Select name="kind" label=word options=options() empty=word hint=word/>
            <Radios name="one" legend=word options=options() hint=word/>
            <Checkboxes name="some" legend=word options=options() hint=word/>
            <Checkbox name="yes" label=word/>
            <FileField name="photo" label=word hint=word accept=word camera=true/>
            <Hidden name=word value=word/>
            <p class="actions">
                <Button name=word value=word key=word>{word}</Button>
                <Button kind=ButtonKind::Secondary>{word}</Button>
                <Button kind=ButtonKind::Danger>{word}</Button>
                <LinkButton href=word kind=ButtonKind::Secondary>{word}</LinkButton>
            </p>
        </Form>
    }
    .into_any()
}

fn reading(lang: Lang, word: &'static str) -> AnyView {
    let steps = vec![(word.to_owned(), word.to_owned()), (word.to_owned(), word.to_owned()), (word.to_owned(), String::new())];
    view! {
        <Notice tone=Tone::Mind title=word>{word}</Notice>
        <Answer tone=Tone::Good word=word moment=word>{word}</Answer>
        <p><StatusTag tone=Tone::Bad word=word/>" "<StatusTag tone=Tone::Mind word=word/>" "<StatusTag tone=Tone::Good word=word/></p>
        <Facts items=vec![Fact::new(word, word).change(word, word), Fact::view(word, view! { <b>{word}</b> })]/>
        <StepTrack steps=Step::path(steps, 1)/>
        <Timeline events=vec![Event::new(word, word).who(word).note(word), Event::new(word, tr(lang, "提交", "Sent"))]/>
        <Tabs label=word items=vec![Tab::new(word, word, true).count(3), Tab::new(word, word, false)]/>
        <BarChart title=word of=word unit=word bars=vec![Bar::count(word, 1204), Bar::count(word, 301)]/>
        <ColumnChart title=word of=word unit=word bars=vec![Bar::count(word, 1204), Bar::count(word, 301)]/>
        <LimitBar used=17 total=20 words=word/>
        <Qr address=word label=word/>
        <PrintButton/>
    }
    .into_any()
}

fn lists(word: &'static str) -> AnyView {
    let columns = || vec![Column::text(word).sort(word, Some(Sorted::Up)), Column::text(word), Column::number(word), Column::text(word)];
    let row = || vec![Cell::link(word, word), Cell::text(word), Cell::text(1204), Cell::tag(Tone::Good, word)];
    let other = vec![Cell::view(view! { <b>{word}</b> }), Cell::text(word), Cell::act(word, vec![("id", word.to_owned())], word), Cell::tag(Tone::Mind, word)];
    let cell = |left, pick| SlotCell { time: "09:30–10:00".to_owned(), left, word: String::new(), pick };
    let slots = vec![
        cell(12, SlotPick::Link(word.to_owned())),
        cell(3, SlotPick::Button { name: word.to_owned(), value: word.to_owned() }),
        cell(1, SlotPick::Radio { name: word.to_owned(), value: word.to_owned(), chosen: true }),
        SlotCell { word: word.to_owned(), ..cell(0, SlotPick::Nothing) },
        cell(0, SlotPick::Nothing),
    ];
    let day = |closed: &str, slots| SlotDay { label: word.to_owned(), closed: closed.to_owned(), slots };
    view! {
        <DataTable caption=word columns=columns() rows=vec![row(), row(), other] empty=Empty::new(word)/>
        <DataTable caption=word columns=columns() rows=Vec::new() empty=Empty::new(word).act(word, word)/>
        <Pager previous=word next=word/>
        <SlotGrid days=vec![day("", slots.clone()), day(word, Vec::new()), day("", slots)]/>
    }
    .into_any()
}

fn filled(word: &str) -> Values {
    ["name", "id_no", "password", "day", "n", "reason", "kind", "one", "some", "yes"]
        .into_iter()
        .fold(Values::new(), |values, field| values.with(field, word))
        .with_issues([
            Issue::error("C-E01", word.to_owned(), word.to_owned()).field("id_no").law(word.to_owned()),
            Issue::error("X", word.to_owned(), word.to_owned()).field("group"),
            Issue::warn("Y", word.to_owned(), word.to_owned()),
        ])
}

fn site(lang: Lang, who: Who) -> Shell {
    Shell { who, ..Shell::sample(lang) }
}

#[test]
fn nothing_typed_becomes_markup_in_any_component() {
    let staff = Who::Staff { name: HOSTILE.to_owned(), office: HOSTILE.to_owned(), desk: true, cases: true, care: true, figures: true, oversight: true, admin: true };
    for who in [Who::Nobody, Who::Citizen { name: HOSTILE.to_owned() }, staff] {
        let mut shell = site(Lang::Zh, who);
        shell.path = HOSTILE.to_owned();
        shell.csrf = HOSTILE.to_owned();
        let html = everything(&shell, HOSTILE, filled(HOSTILE));
        let tags = tags_alone(&html);
        assert!(!tags.contains("<script"), "a script element came out");
        assert!(!tags.contains("onfocus="), "an attribute came out");
        assert_eq!(tags.matches("<textarea").count(), 1);
        assert_eq!(tags.matches("</textarea>").count(), 1);
    }
}

/// The page's tags with the names of their attributes, without values and text.
fn tags_alone(html: &str) -> String {
    let (mut out, mut in_tag, mut quoted) = (String::new(), false, false);
    for c in html.chars() {
        match c {
            '"' if in_tag => quoted = !quoted,
            '<' if !quoted => in_tag = true,
            '>' if !quoted => in_tag = false,
            _ => {}
        }
        if (in_tag || c == '>') && !quoted {
            out.push(c);
        }
    }
    out
}

#[test]
fn a_title_is_words_and_nothing_else() {
    let html = everything(&Shell::sample(Lang::En), HOSTILE, Values::new());
    let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).expect("a title");
    assert!(!title.contains('<'), "{title}");
}

#[test]
fn a_password_is_never_shown_again() {
    let html = everything(&Shell::sample(Lang::Zh), "词", Values::new().with("password", "Xy-secret-9"));
    assert!(!html.contains("Xy-secret-9"));
}

#[test]
fn errors_are_linked_to_their_fields_and_described() {
    let html = everything(&Shell::sample(Lang::En), "word", filled("word"));
    for part in [
        "<a href=\"#id_no\">",
        "id=\"id_no-error\"",
        "aria-describedby=\"id_no-error\"",
        "aria-invalid=\"true\"",
        "autofocus",
        "<title>Error: word",
    ] {
        assert!(html.contains(part), "{part} is missing");
    }
}

#[test]
fn no_page_breaks_the_policy_against_inline_code() {
    for lang in Lang::ALL {
        let html = everything(&Shell::sample(lang), "word", filled("word"));
        for banned in [" style=", "<style", " onclick=", "javascript:"] {
            assert!(!html.contains(banned), "{banned}");
        }
    }
}

#[test]
fn ids_are_used_once() {
    let html = everything(&Shell::sample(Lang::Zh), "word", filled("word"));
    let mut ids: Vec<_> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn the_samples_are_there_to_be_looked_at() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ui");
    fs::create_dir_all(&folder).expect("the build folder is ours");
    let staff = Who::Staff { name: "王芳".to_owned(), office: "城中区婚姻登记处".to_owned(), desk: true, cases: true, care: true, figures: true, oversight: true, admin: true };
    for (lang, word) in [(Lang::Zh, "城中区民政局婚姻登记处"), (Lang::En, "Chengzhong district")] {
        let mut shell = site(lang, Who::Citizen { name: "李明".to_owned() });
        for mode in [ViewMode::Normal, ViewMode::Large] {
            shell.mode = mode;
            let html = everything(&shell, word, filled(word));
            fs::write(folder.join(format!("everything-{}-{}.html", lang.code(), mode.code())), html).expect("written");
        }
        let desk = Shell { path: "/desk/cases/x".to_owned(), ..site(lang, staff.clone()) };
        let html = ui::render(&desk, Page::staff(word), move || view! { <h1>{word}</h1>{lists(word)}{reading(lang, word)} });
        fs::write(folder.join(format!("staff-{}.html", lang.code())), html).expect("written");
    }
}
