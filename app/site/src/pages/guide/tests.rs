use super::*;

const ADDRESS: &str = "http://127.0.0.1:3000/items/x";

fn shown(lang: Lang, guide: &Guide) -> (String, String) {
    let regions = [("990101".to_owned(), "城中区".to_owned()), ("990102".to_owned(), "城东区".to_owned())];
    let data = GuideData { guide, offices: &[], regions: &regions, address: ADDRESS, apply: false };
    (page(&Shell::sample(lang), data), print(&Shell::sample(lang), data))
}

#[test]
fn it_answers_who_where_bring_how_long_and_cost() {
    let guide = catalog::testing::sample_guide("marriage.registration");
    let (html, _) = shown(Lang::Zh, &guide);
    for words in ["谁可以办", "到哪里办", "要带", "不用带", "要多久", "当场办结", "多少钱", "免费", "全国通办", "户口簿", "预约"] {
        assert!(html.contains(words), "{words}");
    }
    assert_eq!(html.matches("class=\"button\"").count(), 1, "one primary button");
}

#[test]
fn page_and_print_show_the_same_version_and_hash() {
    let guide = catalog::testing::sample_guide("marriage.registration");
    for lang in [Lang::Zh, Lang::En] {
        let (html, paper) = shown(lang, &guide);
        for text in [html, paper] {
            assert!(text.contains(&guide.item.version.text_hash) && text.contains(&guide.item.version.id.to_string()));
        }
    }
}

#[test]
fn a_suspended_item_says_so_and_has_no_button() {
    let mut guide = catalog::testing::sample_guide("marriage.registration");
    guide.item.standing = catalog::states::Standing::Suspended;
    guide.notice = guide.item.standing.public_notice();
    let (html, _) = shown(Lang::Zh, &guide);
    assert!(html.contains("事项调整中"));
    assert!(!html.contains(&url::book(&guide.item.code)));
}

#[test]
fn markup_in_an_element_is_shown_as_text() {
    let mut guide = catalog::testing::sample_guide("marriage.registration");
    guide.item.version.elements.summary = kernel::Text::same("</textarea><script>alert(1)</script>");
    guide.item.version.elements.faq[0].q = kernel::Text::same("<img src=x onerror=alert(1)>");
    let (html, paper) = shown(Lang::Zh, &guide);
    for text in [html, paper] {
        assert!(!text.contains("<script>alert") && !text.contains("<img src=x"), "{text}");
    }
}

#[test]
fn the_plain_text_says_the_same_with_letters_and_plain_signs_alone() {
    let guide = catalog::testing::sample_guide("marriage.registration");
    for lang in [Lang::Zh, Lang::En] {
        let sheet = Sheet::new(lang, &guide, &[]);
        let text = plain(lang, &sheet, ADDRESS);
        for words in [&sheet.title, &sheet.bring[0].0, &sheet.steps[0].0, &guide.item.version.text_hash, &ADDRESS.to_owned()] {
            assert!(text.contains(words.as_str()), "{words} is not in {text}");
        }
        let strange = text.chars().find(|c| !c.is_alphanumeric() && !"\n ，。：；、（）《》〔〕“”’？！%,.:;()/-'?!+\"".contains(*c));
        assert_eq!(strange, None, "{text}");
        assert!(!text.contains("\n\n\n") && text.lines().all(|line| line == line.trim()), "{text}");
    }
}

#[test]
fn the_internal_words_of_the_house_are_not_shown() {
    let guide = catalog::testing::sample_guide("marriage.registration");
    let (html, _) = shown(Lang::Zh, &guide);
    assert!(!html.contains("marriage.registration"));
}

#[test]
fn an_article_that_is_unsure_is_marked_and_not_printed() {
    let guide = catalog::testing::sample_guide("marriage.registration");
    let (html, paper) = shown(Lang::Zh, &guide);
    for text in [html, paper] {
        assert!(text.contains("条款号待核") && !text.contains("第七条至第十条"));
    }
}
