//! What the site says about itself: privacy, access.

use leptos::prelude::*;
use ui::{Page, Shell, tr, url};

/// What is kept about a person, why, and how they can look at it.
pub fn privacy(shell: &Shell) -> String {
    let lang = shell.lang;
    let bureau = shell.site.bureau.get(lang).to_owned();
    ui::render(shell, Page::public(tr(lang, "隐私说明", "Privacy")).indexed(), move || {
        view! {
            <h1>{tr(lang, "隐私说明", "Privacy")}</h1>
            <p class="lead">{tr(lang, "我们只收集办理您的事所需的信息。", "We collect only what your matter needs.")}</p>
            <h2>{tr(lang, "谁在处理", "Who handles your data")}</h2>
            <p>{bureau}</p>
            <h2>{tr(lang, "怎样保存", "How they are kept")}</h2>
            <ul>
                <li>{tr(lang, "证件号码加密保存，页面上只显示一部分。", "Identity numbers are stored encrypted and shown only in part.")}</li>
                <li>{tr(lang, "工作人员每次查看都有记录。", "Each time a member of staff looks at them is recorded.")}</li>
                <li>{tr(lang, "本网站不使用第三方统计，也不投放广告。", "There is no tracking by others on this site and no advertising.")}</li>
            </ul>
            <h2>{tr(lang, "您可以做什么", "What you can do")}</h2>
            <p><a href=url::my_data()>{tr(lang, "查看自己的信息，以及谁看过它们", "See your data and who looked at them")}</a></p>
            <h2>Cookie</h2>
            <p>{tr(
                lang,
                "只用于登录、语言、字号，以及保护您提交的表单。",
                "Used only for signing in, for language and size of type, and to protect the forms you send.",
            )}</p>
        }
    })
}

/// How the site can be used, and whom to tell when it cannot.
pub fn accessibility(shell: &Shell) -> String {
    let (lang, phone) = (shell.lang, shell.site.phone.clone());
    ui::render(shell, Page::public(tr(lang, "无障碍说明", "Accessibility")).indexed(), move || {
        let call = (!phone.is_empty()).then(|| {
            view! { <p>{tr(lang, "请拨打 ", "Call ")}<a href=url::telephone(&phone)>{phone.clone()}</a>{tr(lang, "，我们会帮您办。", " and we will help you.")}</p> }
        });
        view! {
            <h1>{tr(lang, "无障碍说明", "Accessibility")}</h1>
            <ul>
                <li>{tr(lang, "页首的“长辈版”把文字放大到 24 像素，按钮也更大。", "“Large type” at the top of each page sets text at 24 pixels and makes buttons larger.")}</li>
                <li>{tr(lang, "所有页面只用键盘就能操作，也适合读屏软件。", "All pages can be used with the keyboard alone and with a screen reader.")}</li>
                <li>{tr(lang, "关闭脚本也能办理每一件事。", "Everything works without scripts.")}</li>
                <li>{tr(lang, "没有手机也可以带身份证到任何窗口办理。", "Without a phone you can come to any counter with your identity card.")}</li>
            </ul>
            <h2>{tr(lang, "遇到困难", "If something is in your way")}</h2>
            {call}
        }
    })
}
