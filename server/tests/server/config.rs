//! `tongban.toml`.

use server::config::Config;

#[test]
fn the_example_is_a_configuration() {
    let text = include_str!("../../tongban.example.toml");
    let config: Config = toml::from_str(text).expect("the example is well formed");
    assert_eq!(config.listen.port(), 3000);
}

#[test]
fn a_partner_is_opened_with_its_token_and_refused_where_numbers_would_travel_in_clear() {
    let folder = tempfile::tempdir().expect("a folder");
    let token = folder.path().join("token");
    std::fs::write(&token, "secret\n").expect("a token");
    let opened = |origin: &str| {
        let text = format!("[[partners]]\nname = {{ zh = \"乙省\", en = \"Province B\" }}\norigin = \"{origin}\"\ntoken_file = {token:?}\n");
        toml::from_str::<Config>(&text).expect("well formed").partners[0].open().map(drop)
    };
    assert!(opened("https://b.example").is_ok());
    assert!(opened("http://b.example").is_err());
    std::fs::remove_file(&token).expect("gone");
    assert!(opened("https://b.example").is_err());
}

#[test]
fn a_misspelt_setting_is_named() {
    let error = toml::from_str::<Config>("lisen = \"127.0.0.1:1\"").expect_err("refused");
    assert!(error.to_string().contains("lisen"), "{error}");
}
