//! 机关代字: what stands for an authority in the numbers of its documents.

use casework::papers::{Sign, SignPage};
use kernel::Lang;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Cell, Column, DataTable, Empty, Field, Form, Hidden, Kind, LinkButton, Method, Page, Pager, Shell, StatusTag, Tab, Tabs, Tone, Values, Width, tr, url};

/// Which authorities are shown, as it stands in the address: words, section and page.
pub struct Shown {
    /// What was looked for.
    pub words: String,
    /// `fixed`, `made`, or empty for all.
    pub section: String,
}

impl Shown {
    /// The address of this list with some of it changed.
    fn at(&self, section: &str, more: &[(&str, &str)]) -> String {
        let pairs = [("q", self.words.as_str()), ("section", section)].into_iter().chain(more.iter().copied());
        url::with(url::admin_signs(), &pairs.filter(|(_, value)| !value.is_empty()).collect::<Vec<_>>())
    }
}

/// The list, and the form of the one authority whose sign is to be changed. `values` belong to that form.
pub fn page(shell: &Shell, shown: Shown, found: SignPage, editing: Option<Sign>, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "机关代字", "Signs of authorities");
    ui::render(shell, Page::staff(title).wide().back(url::admin()).values(&values), move || {
        let form = editing.map(|sign| change(lang, &shown, sign, values.clone()));
        let tabs = [("", tr(lang, "全部", "All")), ("fixed", tr(lang, "已设定", "Fixed")), ("made", tr(lang, "按名称生成", "Made from the name"))];
        let tabs = tabs.into_iter().map(|(code, name)| Tab::new(name, shown.at(code, &[]), shown.section == code)).collect();
        let next = found.next.map(|after| shown.at(&shown.section, &[("after", &after.to_string())])).unwrap_or_default();
        let columns = vec![Column::text(tr(lang, "机关", "Authority")), Column::text(tr(lang, "代字", "Sign")), Column::text(tr(lang, "来源", "From")), Column::text(tr(lang, "操作", "Act"))];
        let rows = found.lines.into_iter().map(|sign| row(lang, &shown, sign)).collect();
        let empty = Empty::new(tr(lang, "没有符合的机关。", "No authority fits.")).act(url::admin_signs(), tr(lang, "查看全部", "Show all"));
        let (looked, section) = (Values::new().with("q", &shown.words), shown.section.clone());
        view! {
            <h1>{title}</h1>
            <p>{tr(lang, "文号形如“城东民受〔2026〕1号”。修改后只影响以后的文书。", "Numbers look like 城东民受〔2026〕1号. A change concerns later documents only.")}</p>
            {form}
            <Form action=url::admin_signs() method=Method::Get values=looked class="inline" id="find">
                <Field name="q" label=tr(lang, "机关名称或代字", "Name or sign") kind=Kind::Search optional=true/>
                <Hidden name="section" value=section/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "查找", "Find")}</Button>
            </Form>
            <Tabs label=tr(lang, "哪些机关", "Which authorities") items=tabs/>
            <DataTable caption=title columns rows empty/>
            <Pager next/>
        }
    })
}

fn row(lang: Lang, shown: &Shown, sign: Sign) -> Vec<Cell> {
    let (tone, from) = if sign.fixed { (Tone::Good, tr(lang, "已设定", "fixed")) } else { (Tone::Plain, tr(lang, "按名称生成", "made from the name")) };
    let edit = shown.at(&shown.section, &[("org", &sign.org.to_string())]);
    vec![Cell::text(sign.name.get(lang)), Cell::text(sign.sign), Cell::tag(tone, from), Cell::link(edit, tr(lang, "修改", "Change"))]
}

/// The form of one authority.
fn change(lang: Lang, shown: &Shown, sign: Sign, values: Values) -> AnyView {
    let (heading, org) = (sign.name.get(lang).to_owned(), sign.org.to_string());
    let made = (!sign.fixed).then(|| view! { <p><StatusTag tone=Tone::Plain word=tr(lang, "现按名称生成", "now made from the name").to_owned()/></p> });
    let (values, back) = (values.or("sign", &sign.sign), shown.at(&shown.section, &[]));
    view! {
        <section>
            <h2>{heading}</h2>
            {made}
            <Form action=url::admin_signs() values id="change">
                <Hidden name="org" value=org/>
                <Field name="sign" label=tr(lang, "代字", "Sign") hint=tr(lang, "1至8个汉字", "One to eight Chinese characters") width=Width::Short/>
                <Button>{tr(lang, "保存", "Save")}</Button>
                <LinkButton href=back kind=ButtonKind::Secondary>{tr(lang, "不修改", "Leave it")}</LinkButton>
            </Form>
        </section>
    }
    .into_any()
}
