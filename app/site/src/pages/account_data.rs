//! One's own data taken away or let go of, and the consent of guardians at the counter.

use kernel::{Issue, Lang};
use leptos::prelude::*;
use ui::{Button, ButtonKind, Checkbox, Choice, Field, Form, Kind, LinkButton, Notice, Page, Radios, Shell, Tone, Values, Width, tr, url};

/// Where the copy is taken, and where the account is closed.
pub(super) fn ways(lang: Lang) -> impl IntoView {
    view! {
        <h2>{tr(lang, "取走或者删除", "Take it away, or have it deleted")}</h2>
        <ul class="link-list">
            <li><a href=url::my_copy_pdf()>{tr(lang, "全部信息的副本（PDF）", "A copy of everything (PDF)")}</a></li>
            <li><a href=url::my_copy_json()>{tr(lang, "全部信息的副本（JSON，可转移）", "A copy of everything (JSON, for other systems)")}</a></li>
            <li><a href=url::close_account()>{tr(lang, "注销账号", "Close my account")}</a>
                <p class="hint">{tr(lang, "删除可以删除的，依法须保存的只存档", "What may go is deleted; what the law keeps is only stored")}</p></li>
        </ul>
    }
}

fn words(lang: Lang, kept: &[Issue]) -> Vec<impl IntoView + use<>> {
    kept.iter()
        .map(|issue| {
            let basis = issue.legal_basis.as_ref().map(ToString::to_string).unwrap_or_default();
            view! { <li>{issue.message.get(lang).to_owned()}<p class="hint">{basis}</p></li> }
        })
        .collect()
}

/// Asks before the account is closed: what goes, what stays and until when.
pub fn close(shell: &Shell, kept: &[Issue], values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "注销账号", "Close my account");
    let stays = words(lang, kept);
    ui::render(shell, Page::public(title).back(url::my_data()).values(&values), move || {
        view! {
            <h1>{title}</h1>
            <h2>{tr(lang, "会删除", "What is deleted")}</h2>
            <p>{tr(lang, "手机号、邮箱、密码、登录记录、通知、草稿、候补和个人令牌；受托代办的委托书同时撤销。", "Number, address, password, sign-ins, notices, drafts, waiting list and personal tokens; letters under which you act are revoked.")}</p>
            <p>{tr(lang, "正在办理的事项不受影响，之后凭受理编号和查询码查询，或者到窗口办理。", "Applications under way go on: follow them by number and query code, or at a counter.")}</p>
            <h2>{tr(lang, "依法须保存", "What the law keeps")}</h2>
            {if stays.is_empty() {
                view! { <p>{tr(lang, "没有依法须保存的信息。", "Nothing of it has to be kept.")}</p> }.into_any()
            } else {
                view! { <ul class="plain-list">{stays}</ul> }.into_any()
            }}
            <Form action=url::close_account() values>
                <Field name="current" label=tr(lang, "当前密码", "Your present password") kind=Kind::Password/>
                <Checkbox name="sure" label=tr(lang, "我已了解，注销后不能恢复", "I understand that this cannot be undone")/>
                <Button kind=ButtonKind::Danger>{tr(lang, "注销账号", "Close my account")}</Button>
            </Form>
        }
    })
}

/// The account is closed.
pub fn closed(shell: &Shell, kept: &[Issue]) -> String {
    let lang = shell.lang;
    let title = tr(lang, "账号已注销", "Your account is closed");
    let stays = words(lang, kept);
    ui::render(shell, Page::public(title), move || {
        view! {
            <h1>{title}</h1>
            <Notice tone=Tone::Good title=tr(lang, "您已退出登录", "You are signed out")>
                <p>{tr(lang, "可以删除的信息已经删除。", "What may be deleted is deleted.")}</p>
            </Notice>
            {(!stays.is_empty()).then(|| view! { <h2>{tr(lang, "依法须保存", "What the law keeps")}</h2><ul class="plain-list">{stays}</ul> })}
            <p><LinkButton href=url::home() kind=ButtonKind::Secondary>{tr(lang, "回到首页", "Back to the front page")}</LinkButton></p>
        }
    })
}

/// A guardian consents at the counter, or takes his consent back.
pub fn guardian(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let title = tr(lang, "监护人同意", "Consent of a guardian");
    let page = Page::staff(title).values(&values).back(url::desk_identity());
    ui::render(shell, page, move || {
        let relations = vec![Choice::new("parent", tr(lang, "父亲或者母亲", "Father or mother")), Choice::new("other", tr(lang, "其他监护人", "Another guardian"))];
        let acts = vec![Choice::new("give", tr(lang, "同意", "Consents")), Choice::new("withdraw", tr(lang, "撤回同意", "Takes the consent back"))];
        view! {
            <h1>{title}</h1>
            <p>{tr(
                lang,
                "处理不满十四周岁未成年人的信息，须先取得监护人同意。请核对双方证件和监护关系材料。",
                "Data of children under fourteen are handled once a guardian has consented. Compare both documents and the papers on guardianship.",
            )}</p>
            <Form action=url::desk_guardian() values=values.or("act", "give")>
                <Radios name="act" legend=tr(lang, "监护人", "The guardian") options=acts inline=true/>
                <Field name="child_name" label=tr(lang, "未成年人姓名", "Name of the child") width=Width::Medium autocomplete="off"/>
                <Field name="child_id_no" label=tr(lang, "未成年人身份证号码", "Identity number of the child") kind=Kind::IdNumber/>
                <Field name="guardian_name" label=tr(lang, "监护人姓名", "Name of the guardian") width=Width::Medium autocomplete="off"/>
                <Field name="guardian_id_no" label=tr(lang, "监护人身份证号码", "Identity number of the guardian") kind=Kind::IdNumber/>
                <Radios name="relation" legend=tr(lang, "与未成年人的关系", "How he stands to the child") options=relations inline=true/>
                <Checkbox name="seen" label=tr(lang, "已核对监护关系材料，监护人已签字同意", "The papers were seen and the guardian has signed")/>
                <Button>{tr(lang, "登记", "Note it")}</Button>
            </Form>
        }
    })
}
