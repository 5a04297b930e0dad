//! Letters of authority: handing one in, those by which one acts, those by which others act for one, and revoking.

use casework::{ApplicantKind, Letter};
use kernel::{Lang, Text, mask};
use leptos::prelude::*;
use ui::{
    Button, ButtonKind, Cell, Checkboxes, Choice, Column, DataTable, Empty, Fact, Facts, Field, FileField, Form, Kind, LinkButton, Page, Radios, Shell, Tone, Values, tr,
    url,
};

/// Items that may be named in a letter: basic code and name.
pub type Items = [(String, Text)];

fn state(lang: Lang, letter: &Letter, today: kernel::Day) -> (Tone, &'static str) {
    match letter {
        letter if letter.revoked => (Tone::Bad, tr(lang, "已撤销", "Revoked")),
        letter if letter.until < today => (Tone::Plain, tr(lang, "已到期", "Ended")),
        letter if letter.from > today => (Tone::Mind, tr(lang, "未生效", "Not yet")),
        _ => (Tone::Good, tr(lang, "有效", "In force")),
    }
}

fn scope(lang: Lang, letter: &Letter, items: &Items) -> String {
    if letter.items.is_empty() {
        return tr(lang, "所有事项", "All matters").to_owned();
    }
    let name = |code: &String| items.iter().find(|(known, _)| known == code).map_or_else(|| code.clone(), |(_, name)| name.get(lang).to_owned());
    letter.items.iter().map(name).collect::<Vec<_>>().join(tr(lang, "、", ", "))
}

fn period(lang: Lang, letter: &Letter) -> String {
    format!("{} – {}", ui::date(lang, letter.from), ui::date(lang, letter.until))
}

/// Both lists: `mine` are those by which the reader acts, `given` those by which others act for him.
pub fn list(shell: &Shell, mine: Vec<Letter>, given: Vec<Letter>, items: &Items) -> String {
    let (lang, today) = (shell.lang, shell.today);
    let title = tr(lang, "委托与代办", "Letters of authority");
    ui::render(shell, Page::public(title).back(url::my_matters()), move || {
        let columns = |who: &'static str| {
            vec![
                Column::text(who),
                Column::text(tr(lang, "可办事项", "Matters")),
                Column::text(tr(lang, "有效期", "Period")),
                Column::text(tr(lang, "状态", "State")),
                Column::text(tr(lang, "撤销", "Revoke")),
            ]
        };
        let row = |letter: &Letter, who: String| {
            let (tone, word) = state(lang, letter, today);
            let over = letter.revoked || letter.until < today;
            let revoke = if over { Cell::text("—") } else { Cell::link(url::my_letter_revoke(letter.id), tr(lang, "撤销", "Revoke")) };
            vec![Cell::text(who), Cell::text(scope(lang, letter, items)), Cell::text(period(lang, letter)), Cell::tag(tone, word), revoke]
        };
        let acting = mine.iter().map(|letter| row(letter, letter.principal_name.clone())).collect();
        let others = given.iter().map(|letter| row(letter, tr(lang, "代办人", "Your agent").to_owned())).collect();
        let empty = Empty::new(tr(lang, "您还没有替别人办事的委托书。", "You hold no letter of authority."));
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "替家人、朋友或者单位办事，先登记对方签名的委托书。", "To act for family, friends or an organisation, hand in the letter that they signed.")}</p>
            <p><LinkButton href=url::my_letter_new()>{tr(lang, "登记委托书", "Hand in a letter")}</LinkButton></p>
            <DataTable caption=tr(lang, "我可以替谁办", "For whom I may act") columns=columns(tr(lang, "委托人", "Principal")) rows=acting empty/>
            <DataTable caption=tr(lang, "谁可以替我办", "Who may act for me") columns=columns(tr(lang, "代办", "By"))
                rows=others empty=Empty::new(tr(lang, "没有人登记过您的委托书。", "Nobody has handed in a letter of yours."))/>
        }
    })
}

/// The form for a letter.
pub fn new(shell: &Shell, items: &Items, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "登记委托书", "Hand in a letter of authority");
    let values = values.or("principal_kind", "person").or("from", shell.today);
    ui::render(shell, Page::public(title).back(url::my_letters()).values(&values), move || {
        let kinds = vec![
            Choice::new("person", tr(lang, "个人（亲友代办）", "A person (family or friend)")),
            Choice::new("organisation", tr(lang, "单位", "An organisation")),
        ];
        let options: Vec<Choice> = items.iter().map(|(code, name)| Choice::new(code, name.get(lang))).collect();
        view! {
            <h1>{title}</h1>
            <Form action=url::my_letter_new() values files=true>
                <Radios name="principal_kind" legend=tr(lang, "替谁办？", "Who is the principal?") options=kinds/>
                <Field name="principal_name" label=tr(lang, "委托人姓名或者单位名称", "Name of the person or organisation") autocomplete="off"/>
                <Field name="principal_number" label=tr(lang, "身份证号码或者统一社会信用代码", "Identity card number, or credit code") kind=Kind::IdNumber/>
                <Checkboxes name="items" legend=tr(lang, "可以办哪些事项？", "Which matters?") options hint=tr(lang, "一项都不选，就是所有事项。", "None chosen means all.")/>
                <Field name="from" label=tr(lang, "从哪天起", "From") kind=Kind::Date/>
                <Field name="until" label=tr(lang, "到哪天止", "Until, the last day") kind=Kind::Date/>
                <FileField name="file" label=tr(lang, "签名的委托书", "The signed letter") accept="image/jpeg,image/png,application/pdf"
                    hint=tr(lang, "照片（JPG、PNG）或 PDF，不超过 20 MB。", "A photo (JPG, PNG) or a PDF, 20 MB at most.")/>
                <Button>{tr(lang, "登记", "Hand it in")}</Button>
            </Form>
        }
    })
}

/// Whether to revoke a letter.
pub fn revoke(shell: &Shell, letter: &Letter, items: &Items) -> String {
    let lang = shell.lang;
    let title = tr(lang, "撤销这份委托？", "Revoke this letter?");
    let facts = vec![
        Fact::new(tr(lang, "委托人", "Principal"), principal(letter)),
        Fact::new(tr(lang, "可办事项", "Matters"), scope(lang, letter, items)),
        Fact::new(tr(lang, "有效期", "Period"), period(lang, letter)),
    ];
    let id = letter.id;
    ui::render(shell, Page::public(title).back(url::my_letters()), move || {
        view! {
            <h1>{title}</h1>
            <Facts items=facts/>
            <p>{tr(lang, "撤销后立即失效，不能恢复。已经提交的办件照常办理。", "It ends at once and cannot be restored. What was submitted under it goes on.")}</p>
            <Form action=url::my_letter_revoke(id)>
                <Button kind=ButtonKind::Danger>{tr(lang, "撤销委托", "Revoke it")}</Button>
                <LinkButton kind=ButtonKind::Secondary href=url::my_letters()>{tr(lang, "不撤销", "Keep it")}</LinkButton>
            </Form>
        }
    })
}

fn principal(letter: &Letter) -> String {
    let number = match letter.principal_kind {
        ApplicantKind::Person => mask::id_number(&letter.principal_number),
        ApplicantKind::Organisation => letter.principal_number.clone(),
    };
    format!("{} {number}", letter.principal_name)
}
