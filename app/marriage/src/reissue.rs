//! Re-issues: the list with the form that takes one in, and one case.

use booking::OfficeCard;
use kernel::Lang;
use leptos::prelude::*;
use marriage::BookletKind;
use marriage::model::Side;
use marriage::parameters::reissue_statement;
use marriage::reissue::ops::{Line, View};
use marriage::reissue::{Action, Cause, StateKind};
use ui::{
    Button, ButtonKind, Cell, Checkbox, Choice, Column, DataTable, Empty, Fact, Facts, Field, FileField, Form, Hidden, Kind, LinkButton, Notice, Page, Pager,
    Radios, Select, Shell, StatusTag, Tone, Values, Width, tr, url,
};

use crate::case::checks::done;
use crate::registry::documents;

/// The list of an office, and the form for whoever stands at the counter.
pub fn list(shell: &Shell, office: &OfficeCard, lines: &[Line], more: bool, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "补领婚姻登记证", "Re-issue of certificates");
    let name = office.name.get(lang).to_owned();
    let next = match lines.last() {
        Some(last) if more => url::with(url::reissues(), &[("office", &office.code), ("before", &last.id.to_string())]),
        _ => String::new(),
    };
    let over = values.issues().iter().any(|issue| issue.code == "MR-E35b");
    let page = Page::staff(title).values(&values).back(url::desk());
    ui::render(shell, page, || {
        let columns = vec![
            Column::text(tr(lang, "申请人", "Applicant")),
            Column::text(tr(lang, "状态", "State")),
            Column::text(tr(lang, "业务编号", "Number")),
            Column::text(tr(lang, "建档", "Opened")),
        ];
        let row = |line: &Line| {
            vec![
                Cell::link(url::reissue(line.id), line.name.clone()),
                Cell::tag(tone(line.state), line.state.name().get(lang).to_owned()),
                Cell::text(&line.case_no),
                Cell::text(ui::moment(lang, line.opened_at)),
            ]
        };
        let rows = lines.iter().map(row).collect();
        let empty = Empty::new(tr(lang, "还没有补领业务。", "No re-issues yet."));
        let causes = Cause::ALL.into_iter().map(|cause| Choice::new(cause.code(), cause.name().get(lang))).collect();
        let kinds = BookletKind::ALL.into_iter().map(|kind| Choice::new(kind.code(), kind.name().get(lang))).collect();
        let offer = over.then(|| {
            view! { <p><LinkButton href=url::registry()>{tr(lang, "出具婚姻登记记录证明", "Make a certificate of the record")}</LinkButton></p> }
        });
        let code = office.code.clone();
        view! {
            <h1>{title}" · "{name}</h1>
            {offer}
            <h2>{tr(lang, "申请人到场", "Somebody is at the counter")}</h2>
            <Form action=url::reissues() values=values.clone().or("cause", "lost").or("kind", BookletKind::Marriage.code()) id="open">
                <Hidden name="office" value=code/>
                <Field name="name" label=tr(lang, "姓名（现在的）", "Name, as it is today") autocomplete="off" width=Width::Medium/>
                <Field name="id_no" label=tr(lang, "证件号码", "Number of the document") kind=Kind::IdNumber/>
                <Select name="id_type" label=tr(lang, "证件类型", "Kind of document") options=documents(lang)
                    empty=tr(lang, "居民身份证", "Resident identity card") optional=true/>
                <Radios name="kind" legend=tr(lang, "补领哪种证", "Which certificate") options=kinds inline=true/>
                <Field name="phone" label=tr(lang, "手机号", "Phone") kind=Kind::Tel autocomplete="off"/>
                <Radios name="cause" legend=tr(lang, "补领原因", "Why") options=causes inline=true/>
                <Field name="told" label=tr(lang, "何时何地登记", "Registered when and where") optional=true
                    hint=tr(lang, "本库查不到时，据此向档案馆查档。", "If our register has nothing, the archive is asked by this.")/>
                <Field name="agent" label=tr(lang, "代理人和公证委托书号", "Agent, with the number of the notarised authority") optional=true/>
                <Checkbox name="compared" label=tr(lang, "我已核对到场的人与证件一致", "I compared the person with the document")/>
                <Button>{tr(lang, "查档案", "Look the file up")}</Button>
            </Form>
            <DataTable caption=tr(lang, "补领业务", "Re-issues") columns rows empty/>
            <Pager next=next/>
        }
    })
}

fn tone(state: StateKind) -> Tone {
    match state {
        StateKind::Issued => Tone::Good,
        StateKind::ArchiveAsked => Tone::Mind,
        StateKind::Refused => Tone::Bad,
        StateKind::Applied | StateKind::FileFound | StateKind::Aborted => Tone::Plain,
    }
}

/// One case. `values` are what was typed into the form of `act` that was refused.
pub fn case(shell: &Shell, view: &View, act: &str, values: Values) -> String {
    let lang = shell.lang;
    let (reissue, state) = (&view.reissue, view.reissue.state);
    let title = format!("{} {}", tr(lang, "补领婚姻登记证", "Re-issue"), reissue.head.case_no);
    let page = Page::staff(title.clone()).values(&values).back(url::reissues());
    let of = |form: &str| if form == act { values.clone() } else { Values::new() };
    ui::render(shell, page, || {
        let may = |action: Action| view.actions.contains(&action);
        let (office, word) = (view.office.get(lang).to_owned(), state.name().get(lang).to_owned());
        let items = facts(lang, view);
        let ask = may(Action::AskArchive).then(|| ask(lang, view));
        let found = (may(Action::Found)).then(|| found(lang, view, of("found")));
        let issue = may(Action::Issue).then(|| issue(lang, view, of("issue")));
        let prints = (state == StateKind::Issued).then(|| prints(lang, view));
        let ends = (may(Action::Refuse) || may(Action::Abort)).then(|| ends(lang, view, &of));
        let log = done(lang, &view.log, Action::name_of, |code| StateKind::from_code(code).map(StateKind::name));
        view! {
            <h1>{title}</h1>
            <p><StatusTag tone=tone(state) word/>" "{office}</p>
            <Facts items/>
            {ask}{found}{issue}{prints}{ends}{log}
        }
    })
}

fn facts(lang: Lang, view: &View) -> Vec<Fact> {
    let request = &view.reissue.request;
    let mut items = vec![
        Fact::new(tr(lang, "补领哪种证", "Which certificate"), view.reissue.kind.name().get(lang)),
        Fact::new(tr(lang, "申请人", "Applicant"), &request.name),
        Fact::new(tr(lang, "证件号码", "Number of the document"), crate::grouped(&request.id_no)),
        Fact::new(tr(lang, "手机号", "Phone"), &request.phone),
        Fact::new(tr(lang, "补领原因", "Why"), request.cause.name().get(lang)),
    ];
    for (label, text) in [(tr(lang, "何时何地登记", "Registered when and where"), &request.told), (tr(lang, "代理人", "Agent"), &request.agent)] {
        if !text.is_empty() {
            items.push(Fact::new(label, text));
        }
    }
    if let Some((on, by)) = view.reissue.asked {
        items.push(Fact::new(tr(lang, "查档", "Archive asked"), format!("{} → {}", on.text(lang), by.text(lang))));
    }
    if let Some(entry) = &view.entry {
        items.push(Fact::new(tr(lang, "原字号", "Number of the registration"), &entry.cert_no));
        items.push(Fact::new(tr(lang, "登记日期", "Registered on"), entry.registered_on.text(lang)));
        items.push(Fact::new(tr(lang, "登记时的双方", "The couple as registered"), format!("{} · {}", entry.content.a.name, entry.content.b.name)));
    }
    if let Some((number, on)) = &view.reissue.issued {
        items.push(Fact::new(tr(lang, "补发字号", "Re-issued as"), format!("{number} · {}", on.text(lang))));
    }
    items
}

fn seen(version: i64) -> AnyView {
    view! { <Hidden name="seen" value=version.to_string()/> }.into_any()
}

fn ask(lang: Lang, view: &View) -> AnyView {
    let (action, version) = (url::reissue_act(view.reissue.head.id, "ask"), view.reissue.head.version);
    view! {
        <Notice tone=Tone::Mind title=tr(lang, "本登记库没有这份档案", "Our register has no such file")>
            <p>{tr(lang, "向登记地的档案馆查档，答复期限自动计算。", "Ask the archive where it was registered; the day of its answer is counted.")}</p>
        </Notice>
        <Form action>{seen(version)}<Button>{tr(lang, "向档案馆查档", "Ask the archive")}</Button></Form>
    }
    .into_any()
}

fn found(lang: Lang, view: &View, values: Values) -> AnyView {
    let (action, version) = (url::reissue_act(view.reissue.head.id, "found"), view.reissue.head.version);
    view! {
        <Form action values id="found">
            {seen(version)}
            <Field name="cert_no" label=tr(lang, "查到的档案：证件字号", "The file that was found: certificate number") width=Width::Medium autocomplete="off"
                hint=tr(lang, "档案须已录入登记库，且登记仍然有效。", "It has to be in the register by now, and the registration to stand.")/>
            <Button kind=ButtonKind::Secondary>{tr(lang, "已查到", "It was found")}</Button>
        </Form>
    }
    .into_any()
}

fn issue(lang: Lang, view: &View, values: Values) -> AnyView {
    let (id, version) = (view.reissue.head.id, view.reissue.head.version);
    let side = view.reissue.file.map_or(Side::A, |(_, side)| side);
    let own = if side == Side::A { "serial_a" } else { "serial_b" };
    let values = values.or(own, view.serials.first().cloned().unwrap_or_default());
    // Fields are made inside the form: there they find what was typed.
    let serial = move |holder: Side| {
        let name = if holder == Side::A { "serial_a" } else { "serial_b" };
        let label = match (holder, lang) {
            (Side::A, Lang::Zh) => "男方新证印制号",
            (Side::A, Lang::En) => "Serial of his new booklet",
            (Side::B, Lang::Zh) => "女方新证印制号",
            (Side::B, Lang::En) => "Serial of her new booklet",
        };
        let hint = if holder == side { "" } else { tr(lang, "对方同时到场补领的才填。", "Only if the other party is here for it too.") };
        view! { <Field name=name label=label width=Width::Medium autocomplete="off" hint=hint optional={holder != side}/> }
    };
    // Each of the divorced gets his own certificate; a couple may come for both.
    let divorce = view.reissue.kind == BookletKind::Divorce;
    let (photo, photo_hint, photo_ok) = if divorce {
        (
            tr(lang, "本人近期单人照", "A recent photo of the applicant"),
            tr(lang, "单人、免冠、竖幅，10 MB 以内。", "One person, bareheaded, portrait, up to 10 MB."),
            tr(lang, "我确认是近期单人免冠照", "I find it recent and bareheaded, of the applicant"),
        )
    } else {
        (
            tr(lang, "双方近期合影", "A recent joint photo"),
            tr(lang, "双人、免冠、横幅，10 MB 以内。", "Both, bareheaded, landscape, up to 10 MB."),
            tr(lang, "我确认是近期双人免冠合影", "I find it joint, recent and bareheaded"),
        )
    };
    let holders: Vec<Side> = Side::BOTH.into_iter().filter(|holder| !divorce || *holder == side).collect();
    let statement = reissue_statement(view.reissue.kind);
    let clauses: Vec<_> = match lang {
        Lang::Zh => statement.clauses_zh.iter(),
        Lang::En => statement.clauses_en.iter(),
    }
    .map(|clause| view! { <li>{clause.clone()}</li> })
    .collect();
    view! {
        <h2>{tr(lang, "补发", "Re-issue")}</h2>
        <ol>{clauses}</ol>
        <p><LinkButton href=url::reissue_act(id, "statement.pdf") kind=ButtonKind::Secondary>{tr(lang, "打印声明书", "Print the statement")}</LinkButton></p>
        <Form action=url::reissue_act(id, "issue") values files=true id="issue">
            {seen(version)}
            <FileField name="statement" label=tr(lang, "签名后的声明书扫描件", "Scan of the signed statement") accept="image/jpeg,image/png,application/pdf" camera=true
                hint=tr(lang, "JPEG、PNG 或 PDF，20 MB 以内。", "JPEG, PNG or PDF, up to 20 MB.")/>
            <Checkbox name="signed" label=tr(lang, "声明书已在我面前签名", "The statement was signed before me")/>
            <FileField name="photo" label=photo accept="image/jpeg,image/png" camera=true hint=photo_hint/>
            <Checkbox name="photo_ok" label=photo_ok/>
            {holders.into_iter().map(serial).collect::<Vec<_>>()}
            <Field name="confirmation" label=tr(lang, "输入申请人姓名以确认：原证件立即失效", "Type the applicant's name to confirm: the old certificate is out of force at once")
                autocomplete="off" width=Width::Medium/>
            <Button kind=ButtonKind::Danger>{tr(lang, "补发并注销原证件", "Re-issue, and retire the old certificate")}</Button>
        </Form>
    }
    .into_any()
}

fn prints(lang: Lang, view: &View) -> AnyView {
    let id = view.reissue.head.id;
    let number = view.reissue.issued.as_ref().map(|(number, _)| number.clone()).unwrap_or_default();
    let current = view.entry.iter().flat_map(|entry| &entry.certificates).filter(|certificate| certificate.cert_no == number);
    let links: Vec<_> = current
        .map(|certificate| {
            let (file, who) = match Side::from_code(&certificate.holder) {
                Some(Side::B) => ("booklet-b.pdf", Side::B.name()),
                _ => ("booklet-a.pdf", Side::A.name()),
            };
            let words = format!("{} · {} · {}", tr(lang, "打印到证上", "Print into the booklet"), who.get(lang), certificate.print_serial);
            view! { <p><LinkButton href=url::reissue_act(id, file)>{words}</LinkButton></p> }
        })
        .collect();
    view! {
        <Notice tone=Tone::Good title=tr(lang, "已补发，原证件和原电子证照已失效", "Re-issued; the old certificate and the old electronic certificate are out of force")>
            <p>{tr(lang, "新电子证照正在制作，当事人可在“我的证照”查看。", "The new electronic certificate is being made; its holder finds it under his certificates.")}</p>
        </Notice>
        {links}
    }
    .into_any()
}

fn ends(lang: Lang, view: &View, of: &impl Fn(&str) -> Values) -> AnyView {
    let (id, version) = (view.reissue.head.id, view.reissue.head.version);
    let (refused, given_up) = (of("refuse"), of("abort"));
    view! {
        <details>
            <summary>{tr(lang, "不予补发或放弃", "Refuse, or give up")}</summary>
            <Form action=url::reissue_act(id, "refuse") values=refused id="refuse">
                {seen(version)}
                <Field name="refuse_reason" label=tr(lang, "不予补发的原因", "Why it is refused")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "不予补发", "Refuse")}</Button>
            </Form>
            <Form action=url::reissue_act(id, "abort") values=given_up id="abort">
                {seen(version)}
                <Field name="abort_reason" label=tr(lang, "当事人放弃的原因", "Why the applicant gives up")/>
                <Button kind=ButtonKind::Secondary>{tr(lang, "当事人放弃", "Given up")}</Button>
            </Form>
        </details>
    }
    .into_any()
}
