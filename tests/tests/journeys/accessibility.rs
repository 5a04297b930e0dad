//! Everybody can use it: what is wrong is told, nobody reads a picture to prove himself, guides come in every form, nothing is foreign.

use platform::Role;
use server::http::{Access, table};

use crate::{
    journey,
    kit::{Site, Visitor},
};

/// The pages without parameters that this kind of visitor may enter.
fn pages(enters: impl Fn(Access) -> bool) -> Vec<&'static str> {
    let is_page = |path: &str| !path.contains('{') && !path.starts_with("/api/");
    table().iter().filter(|route| route.method == "GET" && is_page(route.path) && enters(route.access)).map(|route| route.path).collect()
}

/// What follows each `name="` of a page.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    html.split(&format!(" {name}=\"")).skip(1).filter_map(|rest| rest.split_once('"')).map(|(value, _)| value).collect()
}

journey!(p11_4_a_wrong_number_is_told_aloud_at_the_top_and_at_its_field, |site| {
    let (_, mut li) = site.citizen(1).await;
    let typed = [("name", "王小明"), ("id_no", "990101200405200018")];
    li.opens("/real-name").await.submits("/real-name", &typed).await.is(422).sees("身份证号码校验位不正确");
    let html = li.html();
    let (before, summary) = html.split_once("id=\"summary\"").expect("a summary");
    let tag = before.rsplit('<').next().unwrap_or_default();
    assert!(tag.contains("role=\"alert\""), "screen readers say it at once: {tag}");
    assert!(summary.starts_with(" tabindex=\"-1\" autofocus"), "the focus is there: {}", &summary[..80]);
    assert!(summary.contains("href=\"#id_no\"") && html.contains("id=\"id_no\""), "and leads to the field");
    assert!(html.contains("<title>有误："), "the title says it, too");
    assert_eq!((li.value("/real-name", "name").as_str(), li.value("/real-name", "id_no").as_str()), ("王小明", "990101200405200018"));
});

journey!(p11_5_whoever_is_slowed_down_reads_the_wait_in_words_and_never_a_picture, |site| {
    let mut li = site.visitor();
    for path in pages(|access| access == Access::Anyone) {
        let html = li.opens(path).await.html();
        assert!(!html.to_lowercase().contains("captcha"), "{path}");
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            assert!(!form.contains("<img") && !form.contains("<canvas"), "a picture in a form of {path}");
        }
    }
    for n in 0..6 {
        li.opens("/reset").await.submits("/reset", &[("contact", "13812345678")]).await;
        assert_eq!(li.status() == 429, n == 5, "the sixth code within the hour");
    }
    li.sees("60分钟后再试").sees_no("图片");
    assert_eq!(li.header("retry-after"), "3600");
});

journey!(p11_8_pages_load_nothing_from_anybody_else, |site| {
    catalog::testing::all(&site.platform).await.expect("the catalogue");
    let (_, citizen) = site.citizen(2).await;
    let roles = [Role::Clerk, Role::Registrar, Role::Supervisor, Role::Head];
    type Enters = fn(Access) -> bool;
    let visitors: [(Visitor, Enters); 3] = [
        (site.visitor(), |access| access == Access::Anyone),
        (citizen, |access| matches!(access, Access::Citizen | Access::SignedIn)),
        (site.staff("990100", &roles).await, |access| matches!(access, Access::Staff(_) | Access::SignedIn)),
    ];
    for (mut visitor, enters) in visitors {
        for path in pages(enters) {
            visitor.opens(path).await;
            let policy = visitor.header("content-security-policy").to_owned();
            assert!(!policy.contains("http") && !policy.contains('*'), "{path}: {policy}");
            let html = visitor.html();
            if !visitor.header("content-type").starts_with("text/html") {
                continue;
            }
            for name in ["src", "srcset", "action", "formaction", "data", "poster", "data-js", "data-wasm"] {
                for value in attributes(&html, name) {
                    assert!(value.starts_with('/') && !value.starts_with("//"), "{path} has {name}={value}");
                }
            }
            for link in html.split("<link").skip(1) {
                let href = attributes(link, "href").first().copied().unwrap_or_default();
                assert!(href.starts_with('/') && !href.starts_with("//"), "{path} links {href}");
            }
            assert!(!html.contains("<iframe") && !html.contains("<object") && !html.contains("<embed"), "{path} holds somebody else's page");
        }
    }
});

/// The guide of the marriage registration in the test district.
async fn guide(site: &Site, li: &mut Visitor) -> String {
    catalog::testing::all(&site.platform).await.expect("the catalogue");
    li.opens("/items").await.is(200).clicks("内地居民结婚登记").await.is(200).path().to_owned()
}

journey!(a_guide_is_read_on_paper_in_large_type_and_as_text_for_braille, |site| {
    let mut li = site.visitor();
    let page = guide(&site, &mut li).await;
    li.opens(&format!("{page}/print")).await.is(200);
    assert!(li.html().contains("<article class=\"guide-sheet\">"));
    li.opens(&page).await.clicks("下载纯文本").await.is(200);
    assert_eq!(li.header("content-type"), "text/plain; charset=utf-8");
    assert!(li.header("content-disposition").starts_with("attachment; filename=\""));
    let text = String::from_utf8(li.bytes().to_vec()).expect("UTF-8");
    assert!(text.contains("要带\n（1）") && text.contains("谁可以办：") && !text.contains('<'), "{text}");
    li.opens(&format!("{page}/guide.txt?x=1")).await.is(200);
    li.opens("/items/nothing/guide.txt").await.is(404);
});
