//! By what results can be narrowed.

use search_index::Kind;
use server::search::{asked_facets, facets, words};

#[test]
fn only_known_values_of_the_kind_shown_are_asked_for() {
    let typed = |key: &str| match key {
        "type" => "1,3,9",
        "reach" => "province",
        "list" => "abnormal'--",
        _ => "",
    };
    assert_eq!(asked_facets(Some(Kind::Organization), typed), ["type/1", "type/3"]);
    assert_eq!(asked_facets(None, typed), ["reach/province"]);
    assert!(asked_facets(Some(Kind::Office), typed).is_empty());
}

#[test]
fn every_value_has_a_name_in_both_languages() {
    // What was chosen is shown, whether or not it occurs. One value is never said beside a result.
    let chosen: Vec<String> = words().into_iter().map(|word| word.facet).chain(["reach/province".to_owned()]).collect();
    let mut named = Vec::new();
    for facet in Kind::ALL.into_iter().flat_map(|kind| facets(Some(kind), &chosen, None)) {
        for (code, name) in facet.values.into_iter().map(|value| (value.code, value.name)).chain([(String::new(), facet.title)]) {
            assert!(!name.zh.is_empty() && !name.en.is_empty(), "{} {code}", facet.key);
            named.push(format!("{}/{code}", facet.key));
        }
    }
    assert!(chosen.iter().all(|value| named.contains(value)), "{chosen:?}: {named:?}");
}
