//! Signing in, opening an account, a forgotten password.

use leptos::prelude::*;
use ui::{Button, Checkbox, Field, Form, Hidden, Kind, Notice, Page, Shell, Tone, Values, Width, tr, url};

/// Both ways in on one page: citizens, and staff below. What was typed goes back to the form that it came from.
pub fn sign_in(shell: &Shell, back: &str, citizen: Values, staff: Values) -> String {
    let lang = shell.lang;
    let wrong = if staff.has_errors() { &staff } else { &citizen };
    let page = Page::public(tr(lang, "登录", "Sign in")).values(wrong);
    let (back, demo) = (url::local(back), shell.site.demo);
    let staff_open = staff.has_errors() || !staff.get("username").is_empty();
    ui::render(shell, page, move || {
        let again = back.clone();
        view! {
            <h1>{tr(lang, "登录", "Sign in")}</h1>
            <section aria-labelledby="citizen-head">
                <h2 id="citizen-head">{tr(lang, "个人办事", "Citizens")}</h2>
                <Form action=url::sign_in() values=citizen id="citizen">
                    <Hidden name="back" value=back/>
                    <Field name="contact" label=tr(lang, "手机号或电子邮箱", "Mobile number or e-mail address") autocomplete="username"/>
                    <Field name="password" label=tr(lang, "密码", "Password") kind=Kind::Password autocomplete="current-password"/>
                    <Button>{tr(lang, "登录", "Sign in")}</Button>
                </Form>
                <p>
                    <a href=url::sign_up()>{tr(lang, "没有账号，去注册", "Open an account")}</a>" · "
                    <a href=url::reset()>{tr(lang, "忘记密码", "Forgotten password")}</a>
                </p>
            </section>
            <details open=staff_open>
                <summary>{tr(lang, "工作人员登录", "Staff")}</summary>
                <Form action=url::sign_in_staff() values=staff id="staff">
                    <Hidden name="back" value=again/>
                    <Field name="username" label=tr(lang, "用户名", "User name") autocomplete="username" width=Width::Medium/>
                    <Field name="staff_password" label=tr(lang, "密码", "Password") kind=Kind::Password autocomplete="current-password"/>
                    <Field name="totp" label=tr(lang, "动态口令", "Code of your authenticator app") kind=Kind::Code optional=demo
                        hint=tr(lang, "身份验证器应用上的6位数字。", "The six digits that the app shows.")/>
                    <Button kind=ui::ButtonKind::Secondary>{tr(lang, "工作人员登录", "Sign in as staff")}</Button>
                </Form>
            </details>
        }
    })
}

/// The first step to an account.
pub fn sign_up(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::public(tr(lang, "注册账号", "Open an account")).values(&values).back(url::sign_in());
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "注册账号", "Open an account")}</h1>
            <p>{tr(lang, "用手机号或电子邮箱注册，我们会发一个验证码。", "With a mobile number or an e-mail address; we send a code to it.")}</p>
            <Form action=url::sign_up() values>
                <Field name="contact" label=tr(lang, "手机号或电子邮箱", "Mobile number or e-mail address") autocomplete="username"/>
                <Field name="password" label=tr(lang, "设置密码", "Choose a password") kind=Kind::Password autocomplete="new-password"
                    hint=tr(lang, "至少8个字符，可以是一句话。", "At least 8 characters; a short sentence is good.")/>
                <Checkbox name="agree" label=tr(lang, "我已阅读并同意隐私说明", "I have read the privacy notice and agree")/>
                <p><a href=url::privacy()>{tr(lang, "查看隐私说明", "Read the privacy notice")}</a></p>
                <Button>{tr(lang, "获取验证码", "Send me a code")}</Button>
            </Form>
        }
    })
}

/// The second step: the code. The page is the same whether the number has an account already or not.
pub fn sign_up_code(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let contact = values.get("contact").to_owned();
    let page = Page::public(tr(lang, "填写验证码", "Enter the code")).values(&values).back(url::sign_up());
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "填写验证码", "Enter the code")}</h1>
            {sent_notice(lang, &contact)}
            <Form action=url::sign_up_code() values>
                <Hidden name="contact" value=contact/>
                <Field name="code" label=tr(lang, "验证码", "Code") kind=Kind::Code/>
                <Button>{tr(lang, "完成注册", "Open the account")}</Button>
            </Form>
        }
    })
}

/// A forgotten password: where the code goes.
pub fn reset(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let page = Page::public(tr(lang, "重置密码", "Reset your password")).values(&values).back(url::sign_in());
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "重置密码", "Reset your password")}</h1>
            <Form action=url::reset() values>
                <Field name="contact" label=tr(lang, "注册时用的手机号或电子邮箱", "The number or address of your account") autocomplete="username"/>
                <Button>{tr(lang, "获取验证码", "Send me a code")}</Button>
            </Form>
            <p>{tr(
                lang,
                "工作人员忘记密码，请联系本单位安全管理员。",
                "Staff who forgot a password ask the security administrator of their office.",
            )}</p>
        }
    })
}

/// The code and the new password.
pub fn reset_code(shell: &Shell, values: Values) -> String {
    let lang = shell.lang;
    let contact = values.get("contact").to_owned();
    let page = Page::public(tr(lang, "设置新密码", "Choose a new password")).values(&values).back(url::reset());
    ui::render(shell, page, move || {
        view! {
            <h1>{tr(lang, "设置新密码", "Choose a new password")}</h1>
            {sent_notice(lang, &contact)}
            <Form action=url::reset_code() values>
                <Hidden name="contact" value=contact/>
                <Field name="code" label=tr(lang, "验证码", "Code") kind=Kind::Code/>
                <Field name="password" label=tr(lang, "新密码", "New password") kind=Kind::Password autocomplete="new-password"
                    hint=tr(lang, "至少8个字符。设置后，其他设备需要重新登录。", "At least 8 characters. Other devices have to sign in again.")/>
                <Button>{tr(lang, "设置新密码", "Set the new password")}</Button>
            </Form>
        }
    })
}

/// Says where a message went, and what to do if none comes. The words are the same for a number that is unknown here.
pub(super) fn sent_notice(lang: kernel::Lang, contact: &str) -> impl IntoView + use<> {
    let to = contact.to_owned();
    view! {
        <Notice tone=Tone::Plain title=tr(lang, "请查收", "Look for the message")>
            <p>
                {tr(lang, "如果可以发送，验证码已发往 ", "If it can be sent, a code is on its way to ")}<strong>{to}</strong>
                {tr(lang, "，10 分钟内有效。没有收到，请返回核对号码，一分钟后再试。", ". It is good for 10 minutes. If nothing comes, go back, compare what you typed, and try again in a minute.")}
            </p>
        </Notice>
    }
}
