//! Organisations of the register in the search.

use ::organizations::model::{Flags, ListFlag};
use ::organizations::testing::{registered, world};
use ::organizations::{Amendment, Content, register};
use server::search::{Found, asked_facets, counted_facets, facets, sources};

use super::*;

struct Register {
    w: ::organizations::testing::World,
    search: Search,
    _folder: TempDir,
}

impl Register {
    async fn new(db: store::Db) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let search = Search::open(folder.path(), "", sources()).expect("the folder opens");
        Self { w: world(db).await, search, _folder: folder }
    }

    fn ctx(&self) -> Ctx {
        self.w.p.system()
    }

    async fn follow(&self) {
        settled(self.w.p.db()).await;
        self.search.step(&self.ctx()).await.expect("follows");
    }

    async fn ask(&self, request: Request) -> Found {
        self.search.answer(&self.ctx(), request, None).await.expect("answers")
    }

    async fn names(&self, text: &str) -> Vec<String> {
        let found = self.ask(Request { kind: Some(Kind::Organization), ..Request::new(text) }).await;
        found.answer.hits.into_iter().map(|hit| hit.entry.title).collect()
    }
}

store::db_test!(an_organisation_is_found_by_name_code_sound_and_former_name, |db| async move {
    let r = Register::new(db).await;
    let id = registered(&r.w, "城东区摄影协会", ::organizations::Kind::Association).await;
    registered(&r.w, "城东区康乐养老院", ::organizations::Kind::ServiceInstitution).await;
    r.follow().await;
    let known = register::by_id(r.w.p.db(), id).await.expect("read");
    let code = known.head.uscc.clone().expect("a code");
    for question in ["摄影协会", "sheyingxiehui", "cdsyxh", "摄影协汇", code.as_str(), &code[..10]] {
        assert_eq!(r.names(question).await.first().map(String::as_str), Some("城东区摄影协会"), "{question}");
    }
    let (ctx, content) = (r.ctx(), Content { name: "城东区影像艺术协会".to_owned(), ..known.content });
    let amendment = Amendment { content, private: None, uscc: None, effective_on: ctx.today(), reason: "change of name".to_owned() };
    let write = |tx| {
        let (ctx, amendment) = (ctx.clone(), amendment.clone());
        async move { register::amend(&tx, &ctx, id, known.head.version, amendment).await }
    };
    ctx.db().write(write).await.expect("changed");
    r.follow().await;
    assert_eq!(r.names("摄影协会").await[0], "城东区影像艺术协会");
    let found = r.ask(Request::new(code)).await.answer;
    let told = serde_json::to_string(&found).expect("plain data");
    for hidden in ["990102199003070011", "张测试", "和平路"] {
        assert!(!told.contains(hidden), "{hidden}: {told}");
    }
});

store::db_test!(lists_and_types_are_counted_and_filtered, |db| async move {
    let r = Register::new(db).await;
    let id = registered(&r.w, "城东区书法协会", ::organizations::Kind::Association).await;
    registered(&r.w, "城东区书法培训学校", ::organizations::Kind::ServiceInstitution).await;
    let ctx = r.ctx();
    let write = |tx| {
        let ctx = ctx.clone();
        async move { register::set_flags(&tx, &ctx, id, Flags { list: ListFlag::Abnormal, level: 3, ..Flags::default() }, "listed").await }
    };
    ctx.db().write(write).await.expect("listed");
    r.follow().await;
    let kind = Some(Kind::Organization);
    let wanted = asked_facets(kind, |key| if key == "list" { "abnormal" } else { "" });
    let request = Request { kind, facets: wanted.clone(), count: counted_facets(kind), ..Request::new("书法") };
    let answer = r.ask(request).await.answer;
    assert_eq!((answer.total, answer.hits[0].entry.level), (1, 3));
    let shown = facets(kind, &wanted, Some(&answer));
    let list = shown.iter().find(|facet| facet.key == "list").expect("counted");
    assert!(list.values.iter().any(|value| value.chosen && value.count == 1), "{list:?}");
    let browsing = r.ask(Request { kind, ..Request::new("") }).await.answer;
    assert_eq!(browsing.total, 2);
});

store::db_test!(without_an_index_the_register_answers_for_exact_names_and_codes, |db| async move {
    let r = Register::new(db).await;
    registered(&r.w, "城东区钓鱼协会", ::organizations::Kind::Association).await;
    let found = r.ask(Request::new("城东区钓鱼协会")).await;
    assert_eq!((found.origin, found.answer.total), (Origin::Database, 1));
    assert_eq!(r.search.made(), None);
});
