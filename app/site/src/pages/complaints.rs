//! Questions and complaints for everybody: what one can do, writing one, the receipt, and published answers.

use interaction::complaints::{Answered, Kind, Receipt};
use kernel::Id;
use leptos::prelude::*;
use platform::regions::Organisation;
use ui::{
    Button, Checkbox, Choice, Empty, Fact, Facts, Field, Form, Hidden, Kind as Typed, LinkButton, Notice, Page, Pager, PrintButton, Radios, Select, Shell,
    TextArea, Tone, Values, tr, url,
};

/// What one can do: write, look how far it is, read what others asked.
pub fn home(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "咨询投诉", "Questions and complaints");
    ui::render(shell, Page::public(heading).values(&values), move || {
        view! {
            <h1>{heading}</h1>
            <p>{tr(lang, "咨询、建议、求助、投诉、举报、信访都可以在这里提出，件件有答复。", "Ask, suggest, call for help, complain or report here. Everything is answered.")}</p>
            <LinkButton href=url::complaint_new()>{tr(lang, "我要提出", "Write to us")}</LinkButton>
            <h2>{tr(lang, "查询进度", "Where does it stand?")}</h2>
            <Form action=url::complaint_status() values>
                <Field name="number" label=tr(lang, "受理编号", "Receipt number") hint=tr(lang, "22位数字，在回执或短信里。", "22 digits, on the receipt or in the message.") kind=Typed::IdNumber/>
                <Field name="code" label=tr(lang, "查询码", "Query code") kind=Typed::Code/>
                <Button kind=ui::ButtonKind::Secondary>{tr(lang, "查询", "Look it up")}</Button>
            </Form>
            <ul class="link-list">
                <li><a href=url::my_complaints()>{tr(lang, "我提出的", "What I have written")}</a></li>
                <li><a href=url::questions()>{tr(lang, "大家都在问", "What others asked")}</a></li>
                <li><a href=url::ratings()>{tr(lang, "好差评公开", "Published ratings")}</a></li>
            </ul>
        }
    })
}

/// The kinds, with what each is for.
fn kinds(lang: kernel::Lang) -> Vec<Choice> {
    let hint = |kind: Kind| match kind {
        Kind::Consult => tr(lang, "想弄清楚怎么办，5个工作日内答复", "How something is done; answered in 5 working days"),
        Kind::Suggest => tr(lang, "希望我们改进什么", "What we could do better"),
        Kind::Help => tr(lang, "遇到困难需要帮助", "You are in difficulty"),
        Kind::Complain => tr(lang, "对服务或工作人员不满意", "About a service or somebody who served you"),
        Kind::Report => tr(lang, "反映违法违纪，身份保密，可以不留姓名", "Wrongdoing; your identity is kept secret, and you may leave it out"),
        Kind::Petition => tr(lang, "按信访程序办理，60日内办结", "By the procedure of petitions; handled in 60 days"),
        Kind::Disclosure => tr(lang, "申请公开政府信息，20个工作日内答复", "Asking for government information; answered in 20 working days"),
    };
    Kind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang)).hint(hint(*kind))).collect()
}

/// The form: for citizens, and (`caller`) for staff who enter what a caller says.
pub fn new(shell: &Shell, offices: Vec<Organisation>, key: &str, caller: bool, values: Values) -> String {
    let lang = shell.lang;
    let heading = if caller { tr(lang, "登记来电", "Enter a call") } else { tr(lang, "我要提出", "Write to us") };
    let page = if caller { Page::staff(heading).back(url::desk_complaints()) } else { Page::public(heading).back(url::complaints()) };
    let values = values.or("request_key", key);
    ui::render(shell, page.values(&values), move || {
        let action = if caller { url::desk_complaint_new() } else { url::complaint_new() };
        let orgs = offices.into_iter().map(|org| Choice::new(org.id, org.name.get(lang))).collect();
        let key = values.get("request_key").to_owned();
        let (name, phone) = if caller {
            (tr(lang, "来电人姓名", "The caller’s name"), tr(lang, "来电人手机号", "The caller’s mobile number"))
        } else {
            (tr(lang, "您的姓名", "Your name"), tr(lang, "您的手机号", "Your mobile number"))
        };
        view! {
            <h1>{heading}</h1>
            <Form action values>
                <Hidden name="request_key" value=key/>
                <Radios name="kind" legend=tr(lang, "是什么事？", "What is it?") options=kinds(lang)/>
                <Select name="org" label=tr(lang, "关于哪个单位", "Which office is it about?") options=orgs empty=tr(lang, "请选择", "Choose")/>
                <Field name="target" label=tr(lang, "关于哪位工作人员", "Which member of staff?") optional=true/>
                <Field name="title" label=tr(lang, "一句话说明", "In a few words")/>
                <TextArea name="words" label=tr(lang, "具体情况", "What happened, or what do you ask?") rows=8 hint=tr(lang, "时间、地点、经过和您的要求，不超过2000字。", "When, where, what, and what you want; at most 2,000 characters.")/>
                <Field name="name" label=name/>
                <Field name="phone" label=phone kind=Typed::Tel hint=tr(lang, "用来告诉您进度。", "We tell you there how far it is.")/>
                <Checkbox name="anonymous" label=tr(lang, "举报不留姓名", "This is a report without my name")/>
                <Checkbox name="may_publish" label=tr(lang, "同意把咨询或建议隐去个人信息后公开", "My question or suggestion may be published without personal data")/>
                <Button>{tr(lang, "提交", "Send")}</Button>
            </Form>
        }
    })
}

/// The receipt: number, code, and what happens next.
pub fn receipt(shell: &Shell, receipt: Receipt, caller: bool) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "已收到", "Received");
    let page = if caller { Page::staff(heading) } else { Page::public(heading) };
    ui::render(shell, page, move || {
        let facts = vec![
            Fact::new(tr(lang, "受理编号", "Receipt number"), receipt.number.clone()),
            Fact::new(tr(lang, "查询码", "Query code"), receipt.code.clone()),
            Fact::new(tr(lang, "受理决定", "Accepted or not"), match lang {
                kernel::Lang::Zh => format!("{}前告诉您", ui::date(lang, receipt.accept_by)),
                kernel::Lang::En => format!("we tell you by {}", ui::date(lang, receipt.accept_by)),
            }),
        ];
        let on = if caller { (url::desk_complaint(receipt.id), tr(lang, "去处理", "Go on with it")) } else { (url::complaints(), tr(lang, "查询进度", "Where does it stand?")) };
        view! {
            <h1>{heading}</h1>
            <Notice tone=Tone::Good title=tr(lang, "请记下编号和查询码", "Note the number and the code")>
                <p>{tr(lang, "凭它们可以随时查询，也发到了手机上。", "They open its page at any time. They were sent by message as well.")}</p>
            </Notice>
            <Facts items=facts/>
            <PrintButton/>
            <LinkButton href=on.0 kind=ui::ButtonKind::Secondary>{on.1}</LinkButton>
        }
    })
}

/// Published questions and answers.
pub fn questions(shell: &Shell, answers: Vec<Answered>, next: Option<Id<Answered>>) -> String {
    let lang = shell.lang;
    let heading = tr(lang, "大家都在问", "What others asked");
    ui::render(shell, Page::public(heading).back(url::complaints()).indexed(), move || {
        let none = answers.is_empty();
        let rows: Vec<_> = answers
            .into_iter()
            .map(|one| {
                let who = format!("{} · {} · {} · {}", one.kind.get(lang), one.asker, one.phone, ui::moment(lang, one.published_at));
                view! {
                    <section>
                        <h2>{one.title}</h2>
                        <p class="hint">{who}</p>
                        {paragraphs(&one.question)}
                        <h3>{tr(lang, "答复", "Answer")}</h3>
                        {paragraphs(&one.answer)}
                    </section>
                }
            })
            .collect();
        let next = next.map(|id| url::with(url::questions(), &[("before", &id.to_string())])).unwrap_or_default();
        let empty = Empty::new(tr(lang, "还没有公开的问答。", "Nothing has been published yet.")).act(url::complaint_new(), tr(lang, "我要提问", "Ask something"));
        view! {
            <h1>{heading}</h1>
            {rows}
            {none.then(|| view! { <ui::DataTable caption=heading columns=Vec::new() rows=Vec::new() empty/> })}
            <Pager next/>
        }
    })
}

/// A text of several lines.
pub(crate) fn paragraphs(text: &str) -> Vec<AnyView> {
    text.lines().filter(|line| !line.is_empty()).map(|line| view! { <p>{line.to_owned()}</p> }.into_any()).collect()
}
