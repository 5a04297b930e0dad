//! Extracts, on both engines.

use ::store::db_test;
use documents::Settings;
use platform::Actor;

use super::*;
use crate::model::{Amendment, Kind};
use crate::register;
use crate::testing::{registered, world};

db_test!(an_extract_is_numbered_signed_and_recognised_and_a_changed_file_is_not, |db| async move {
    let w = world(db).await;
    let press = Press::new(Settings::default());
    let visitor = w.p.as_actor(Actor::Anonymous);
    let id = registered(&w, "城东区邻里互助会", Kind::Association).await;
    let entry = register::by_id(w.p.db(), id).await.expect("there");
    let uscc = entry.head.uscc.clone().expect("a code");
    let number = issue(&visitor, &press, &uscc, "").await.expect("issued");
    assert_eq!(number, "TQ-2026-000001");
    assert_eq!(issue(&visitor, &press, &uscc, "").await.expect("the same question"), number);
    for part in [Part::Pdf, Part::Json] {
        let bytes = file(&visitor, &press, &number, part).await.expect("a file");
        assert!(matches!(verify(&visitor, &bytes).await.expect("verified"), Verdict::Genuine(_)), "{part:?}");
        let mut changed = bytes.clone();
        changed[20] ^= 1;
        assert!(matches!(verify(&visitor, &changed).await.expect("verified"), Verdict::Unknown));
        let signed = if part == Part::Pdf { Part::PdfSignature } else { Part::JsonSignature };
        let signature = file(&visitor, &press, &number, signed).await.expect("a signature");
        let key = data_encoding::HEXLOWER.decode(super::key(&visitor).1.as_bytes()).expect("hexadecimal");
        assert!(platform::ports::verify_with(&key, &bytes, &signature));
    }

    // As of a past day it says what had been recorded by then, whatever came since.
    w.p.set_now(w.p.now().plus_days(10));
    let ctx = w.p.system();
    let content = crate::Content { name: "城东区邻里互助联合会".to_owned(), ..entry.content.clone() };
    let amendment = Amendment { content, private: None, uscc: None, effective_on: ctx.today().plus_days(-20), reason: "change".to_owned() };
    ctx.db()
        .write(|tx| {
            let (ctx, amendment) = (ctx.clone(), amendment.clone());
            async move { register::amend(&tx, &ctx, id, 1, amendment).await }
        })
        .await
        .expect("amended");
    let visitor = w.p.as_actor(Actor::Anonymous);
    let number = issue(&visitor, &press, &uscc, "2026-07-05").await.expect("issued");
    let json = file(&visitor, &press, &number, Part::Json).await.expect("a file");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    assert_eq!((json["number"].as_str(), json["statement"]["content"]["name"].as_str()), (Some("TQ-2026-000002"), Some("城东区邻里互助会")));
    assert_eq!(json["as_of"].as_str(), Some("2026-07-05"));
    assert!(matches!(issue(&visitor, &press, &uscc, "2020-01-01").await, Err(Error::NotFound)), "nothing was recorded by then");
});
