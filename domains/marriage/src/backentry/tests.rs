//! Back-entry on both engines.

use ::store::db_test;
use kernel::{Day, Instant, Lang};
use platform::{Ctx, Error};

mod ends;

use super::load::{CHUNK, stopped_after, to_the_end};
use super::*;
use crate::model::EndKind;
use crate::testing::{World, f1, m1, world};

const HEAD: &str = "退回行,档号,图像,证件字号,登记日期,登记机关,男方姓名,男方证件号码,男方出生日期,女方姓名,女方证件号码,女方出生日期,终止日期,终止原因,终止依据,备注";
/// M4 and F6 of the specification.
const HE: &str = "990101195001011312";
const SHE: &str = "990101194912310028";

fn csv(lines: &[String]) -> Vec<u8> {
    format!("{HEAD}\r\n{}\r\n", lines.join("\r\n")).into_bytes()
}

/// A couple of 1987 without numbers.
fn nameless(n: usize) -> String {
    format!(",G001-1987-1-{n:05},p.png,,1987年5月20日,城中公社,王某{n},不详,,李某{n},不详,,,,,")
}

/// A couple with both numbers and a date to the day.
fn whole(archive_no: &str, he: (&str, &str), she: (&str, &str)) -> String {
    format!(",{archive_no},p.png,城婚字第1号,1987-05-20,城中公社,{},{},,{},{},,,,,", he.0, he.1, she.0, she.1)
}

fn named(content: Vec<u8>) -> SentTable {
    SentTable { file_name: "1987.csv".to_owned(), content }
}

async fn opened(ctx: &Ctx, name: &str) -> BatchId {
    open(ctx, &NewBatch { name: name.to_owned(), source: "paper".to_owned() }).await.expect("opened")
}

/// A batch whose table has been read, with its page image.
async fn entered(world: &World, name: &str, lines: &[String]) -> BatchId {
    let ctx = world.registrar();
    let id = opened(&ctx, name).await;
    send(&ctx, id, named(csv(lines))).await.expect("sent");
    add_image(&ctx, id, SentImage { name: "p.png".to_owned(), content: picture() }).await.expect("an image");
    to_the_end(&world.platform.system()).await.expect("read");
    id
}

fn picture() -> Vec<u8> {
    casework::testing::PDF.to_vec()
}

async fn in_state(ctx: &Ctx, id: BatchId, state: State) -> Vec<RowLine> {
    rows(ctx, id, state, "").await.expect("listed").0
}

async fn count(ctx: &Ctx, id: BatchId, state: State) -> i64 {
    let counts = batch(ctx, id).await.expect("seen").counts;
    counts.states.into_iter().find(|(one, _)| *one == state).map_or(0, |(_, n)| n)
}

async fn only(ctx: &Ctx, id: BatchId, state: State) -> RowId {
    let found = in_state(ctx, id, state).await;
    assert_eq!(found.len(), 1, "{found:?}");
    found[0].id
}

db_test!(a_table_is_read_on_after_a_stop_and_nothing_is_there_twice, |db| async move {
    let world = world(db, 0).await;
    let (ctx, system) = (world.registrar(), world.platform.system());
    let many = 3 * CHUNK + 7;
    let mut lines: Vec<String> = (0..many).map(nameless).collect();
    lines[5] = lines[5].replace("G001-1987-1-00005", "");
    lines[CHUNK + 1] = lines[CHUNK + 1].replace("1987年5月20日", "春天");
    let id = opened(&ctx, "1987").await;
    let part = send(&ctx, id, named(csv(&lines))).await.expect("sent");
    stopped_after(&system, 1).await.expect("stopped");
    let halfway = batch(&ctx, id).await.expect("seen");
    let at = |view: &BatchView| (view.parts[0].done, view.parts[0].total, view.parts[0].reading);
    assert_eq!(at(&halfway), (CHUNK as i64, Some(many as i64), true));
    to_the_end(&system).await.expect("a new run goes on");
    let done = batch(&ctx, id).await.expect("seen");
    assert_eq!(at(&done), (many as i64, Some(many as i64), false));
    assert_eq!((done.parts[0].taken, done.parts[0].refused, done.counts.rejects), (many as i64 - 2, 2, 2));
    assert_eq!(count(&ctx, id, State::Keyed).await, many as i64 - 2);
    to_the_end(&system).await.expect("nothing is left");

    // The same file is the part that it was; the same rows in another file change nothing.
    assert_eq!(send(&ctx, id, named(csv(&lines))).await.expect("sent again"), part);
    lines.reverse();
    send(&ctx, id, named(csv(&lines))).await.expect("another file");
    to_the_end(&system).await.expect("read");
    let again = batch(&ctx, id).await.expect("seen");
    assert_eq!((again.parts[0].taken, again.parts[0].same, again.parts[0].refused), (0, many as i64 - 2, 2));
    assert_eq!(count(&ctx, id, State::Keyed).await, many as i64 - 2);
});

db_test!(r_mr_38_rejected_lines_are_told_mended_and_sent_again, |db| async move {
    let world = world(db, 0).await;
    let (ctx, system) = (world.registrar(), world.platform.system());
    let nobody = nameless(2).replace("G001-1987-1-00002", "");
    let id = entered(&world, "1987", &[nameless(1), nobody, nameless(1).replace("城中", "城东"), nameless(3).replace("1987年", "春天")]).await;
    let (rejected, _) = rejects(&ctx, id, (0, 0)).await.expect("listed");
    let codes: Vec<_> = rejected.iter().map(|one| (one.line, one.issues[0].code.as_ref())).collect();
    assert_eq!(codes, [(3, "MR-E38"), (4, "MR-E38b"), (5, "MR-E39")]);
    let file = String::from_utf8(rejected_csv(&ctx, id, Lang::Zh).await.expect("a file")).expect("text");
    assert!(file.contains("1-3,") && file.contains("[MR-E38] archive_no"), "{file}");
    // Mended in the very file that was downloaded: the two are taken, the double stays.
    let mended = file.replace(",,p.png,,1987年5月20日,城中公社,王某2", ",G001-1987-1-00002,p.png,,1987年5月20日,城中公社,王某2").replace("春天5月20日", "1987年5月20日");
    send(&ctx, id, named(mended.into_bytes())).await.expect("sent");
    to_the_end(&system).await.expect("read");
    assert_eq!(count(&ctx, id, State::Keyed).await, 3);
    let (left, _) = rejects(&ctx, id, (0, 0)).await.expect("listed");
    assert_eq!(left.iter().map(|one| one.issues[0].code.as_ref()).collect::<Vec<_>>(), ["MR-E38b"]);
});

db_test!(r_mr_38_whoever_keyed_does_not_check_and_the_page_has_to_be_there, |db| async move {
    let world = world(db, 0).await;
    let (keyer, checker) = (world.registrar(), world.colleague());
    let no_source = NewBatch { name: "1987".to_owned(), source: String::new() };
    assert!(open(&keyer, &no_source).await.expect_err("no source").has_code("MR-E38"));
    let id = opened(&keyer, "1987").await;
    send(&keyer, id, named(csv(&[nameless(1)]))).await.expect("sent");
    to_the_end(&world.platform.system()).await.expect("read");
    let row_id = only(&checker, id, State::Keyed).await;
    assert!(confirm(&keyer, row_id, 1).await.expect_err("himself").has_code("MR-E38"));
    assert!(confirm(&checker, row_id, 1).await.expect_err("no page").has_code("MR-E38"));
    add_image(&keyer, id, SentImage { name: "p.png".to_owned(), content: picture() }).await.expect("an image");
    send_back(&checker, row_id, 1, "女方姓名看错").await.expect("sent back");
    let other = nameless(1).replace("李某1", "季某1");
    send(&keyer, id, named(csv(&[other]))).await.expect("sent");
    to_the_end(&world.platform.system()).await.expect("read");
    let seen = row(&checker, row_id).await.expect("seen");
    assert_eq!((seen.version, seen.state, seen.images[0].id.is_some(), seen.reason.as_str()), (2, State::Keyed, true, "女方姓名看错"));
    assert!(matches!(confirm(&checker, row_id, 1).await, Err(Error::Stale(_))), "the version that was seen");
    assert_eq!(confirm(&checker, row_id, 2).await.expect("published"), State::Published);
    let fact = row(&checker, row_id).await.expect("seen").fact.expect("published");
    assert_eq!((fact.stands, fact.confidence), (true, 60));
    let stranger = identity::testing::staff(&world.platform, "990126", &[platform::Role::Reviewer]).await;
    let stranger = world.platform.as_actor(platform::Actor::Staff(stranger));
    assert!(matches!(row(&stranger, row_id).await, Err(Error::NotFound)));
    assert!(matches!(confirm(&stranger, row_id, 2).await, Err(Error::NotFound)));
    assert!(matches!(batch(&stranger, id).await, Err(Error::NotFound)));
});

db_test!(r_mr_37_a_second_valid_marriage_is_a_conflict_and_is_not_published, |db| async move {
    let world = world(db, 2).await;
    let (keyer, checker) = (world.registrar(), world.colleague());
    let id = entered(&world, "1987", &[
        whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE)),
        whole("G001-1987-1-00002", ("王某", HE), ("季某", "990101198709224026")),
    ])
    .await;
    let found = in_state(&checker, id, State::Keyed).await;
    let (first, second) = (found[0].id, found[1].id);
    assert_eq!(confirm(&checker, first, 1).await.expect("published"), State::Published);
    assert_eq!(confirm(&checker, second, 1).await.expect("a conflict"), State::Conflict);
    assert_eq!(conflicts(&keyer, "").await.expect("listed").0.len(), 1, "a task for a person");
    let seen = row(&checker, second).await.expect("seen");
    assert!(seen.fact.is_none(), "not published");
    assert_eq!(seen.clashes, [Clash { side: crate::model::Side::A, kind: ClashKind::Number, with: With::Row(first) }]);
    let found_out = Resolve { reason: "离婚证（1990）1号".to_owned(), ended_on: "1990-03-01".to_owned(), end_kind: "1".to_owned() };
    let twice = resolve(&checker, second, 1, Resolution::Publish, &found_out).await.expect_err("still married");
    assert!(twice.has_code("MR-E37"));
    // The earlier marriage turns out to have ended: then the later one may be published.
    note_end(&checker, first, 1, &found_out).await.expect("ended");
    assert_eq!(resolve(&checker, second, 1, Resolution::Publish, &found_out).await.expect("published"), State::Published);
    let ended = row(&checker, first).await.expect("seen").fact.expect("published");
    assert_eq!((ended.stands, ended.end_kind), (false, Some(EndKind::Divorce)));

    // At the counter the published marriage bars another one, by its file (R-MR-05).
    let he = crate::testing::person("王某", HE, "13800000011");
    let (case, seen) = world.entered(&he, &f1()).await.expect("entered");
    let refused = crate::ops::accept(&keyer, &world.ports, case, seen).await.expect_err("married");
    assert!(refused.has_code("MR-E05"), "{refused:?}");
});

db_test!(r_mr_37_our_own_register_and_old_files_share_one_marriage_a_person, |db| async move {
    let world = world(db, 2).await;
    let checker = world.colleague();
    let id = entered(&world, "2025", &[whole("G001-2025-1-00001", ("王某", HE), ("李样例", "990101200603110020"))]).await;
    world.marries(&m1(), &f1(), ["10000001", "10000002"]).await.expect("married");
    let row_id = only(&checker, id, State::Keyed).await;
    assert_eq!(confirm(&checker, row_id, 1).await.expect("a conflict"), State::Conflict);
    let clashes = row(&checker, row_id).await.expect("seen").clashes;
    assert!(matches!(clashes[..], [Clash { kind: ClashKind::Number, with: With::Marriage(_), .. }]), "{clashes:?}");
    let found_out = Resolve { reason: "错档，另卷".to_owned(), ..Resolve::default() };
    assert_eq!(resolve(&checker, row_id, 1, Resolution::Apart, &found_out).await.expect("kept apart"), State::Apart);
    assert!(conflicts(&checker, "").await.expect("listed").0.is_empty());
});

db_test!(a19_r_mr_39_a_file_without_a_number_warns_and_never_bars, |db| async move {
    let world = world(db, 2).await;
    let checker = world.colleague();
    let line = ",G001-1987-1-00019,p.png,,1987-05-20,,张测试,不详,2004-05-20,李某,990101194912310028,,,,,";
    let like = ",G001-1988-1-00001,p.png,,1988,,张测试,不详,,季某,不详,,,,,";
    let id = entered(&world, "1987", &[line.to_owned(), like.to_owned()]).await;
    let found = in_state(&checker, id, State::Keyed).await;
    assert_eq!((found[0].class, found[1].class), (Class::NoNumber, Class::NoNumber));
    assert_eq!(confirm(&checker, found[0].id, 1).await.expect("nobody is like him"), State::Published);
    let shown = row(&checker, found[0].id).await.expect("seen");
    let his = shown.fields.iter().find(|field| field.column == "a_id_no").expect("a field");
    assert_eq!((his.original.as_str(), his.value.as_ref()), ("不详", None), "unknown stays unknown");
    assert_eq!(shown.fact.expect("published").confidence, 60);
    assert!(shown.warnings.iter().all(|issue| issue.code == "MR-W39" && issue.field.as_deref() == Some("b_birth")), "derived from the number");
    assert_eq!(confirm(&checker, found[1].id, 1).await.expect("a likeness"), State::Conflict, "name and birth may be the same: a task");
    let clashes = row(&checker, found[1].id).await.expect("seen").clashes;
    assert_eq!((clashes[0].kind, clashes[0].with), (ClashKind::Likeness, With::Row(found[0].id)));
    let other = Resolve { reason: "同名，另一人".to_owned(), ..Resolve::default() };
    assert_eq!(resolve(&checker, found[1].id, 1, Resolution::Publish, &other).await.expect("another person"), State::Published);

    // The couple of today is warned of and marries.
    let (case, seen) = world.entered(&m1(), &f1()).await.expect("entered");
    let view = crate::ops::view(&world.registrar(), &world.ports, case).await.expect("the case");
    let warned = view.findings.iter().filter_map(|finding| finding.issue.as_ref()).any(|issue| issue.code == "MR-W05");
    assert!(warned, "the desk tells it");
    let seen = world.examined(case, seen).await.expect("nothing stands in the way");
    world.registers(case, seen, "张测试 李样例", ["10000001", "10000002"]).await.expect("married");
});

db_test!(a_workbook_says_the_same_as_a_csv_and_what_is_no_table_is_told_whole, |db| async move {
    let world = world(db, 0).await;
    let (ctx, system) = (world.registrar(), world.platform.system());
    let lines: Vec<String> = (0..3).map(nameless).collect();
    let id = entered(&world, "1987", &lines).await;
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip([HEAD.to_owned()].iter().chain(&lines)) {
        for (column, cell) in (0..).zip(line.split(',')) {
            sheet.write_string(row, column, cell).expect("written");
        }
    }
    let workbook = SentTable { file_name: "1987.xlsx".to_owned(), content: book.save_to_buffer().expect("a workbook") };
    send(&ctx, id, workbook).await.expect("sent");
    for wrong in [&b"\xB5\xB5\xBA\xC5"[..], b"a,b\r\n1,2\r\n", b"PK\x03\x04"] {
        send(&ctx, id, named(wrong.to_vec())).await.expect("stored");
    }
    to_the_end(&system).await.expect("read");
    let parts = batch(&ctx, id).await.expect("seen").parts;
    assert_eq!((parts[3].taken, parts[3].same), (0, 3), "the workbook");
    assert!(parts[..3].iter().all(|part| part.problem.as_ref().is_some_and(|issue| issue.code == "MR-E38d")), "{parts:?}");
});

db_test!(nothing_that_names_somebody_stands_in_clear, |db| async move {
    let world = world(db, 0).await;
    let id = entered(&world, "1987", &[whole("G001-1987-1-00001", ("王某", HE), ("李某", SHE)), whole("G001-1987-1-00002", ("王某", "1"), ("李某", SHE))]).await;
    let checker = world.colleague();
    world.platform.set_now(Instant::at(Day::ymd(2026, 5, 21), 600));
    confirm(&checker, only(&checker, id, State::Keyed).await, 1).await.expect("published");
    let raw: Vec<(Vec<u8>, Vec<u8>)> = ::store::q("SELECT v.content, r.cells FROM back_version v, back_reject r").all(world.platform.db()).await.expect("read");
    let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(!raw.is_empty() && raw.iter().all(|(content, cells)| !holds(content, HE) && !holds(content, "王某") && !holds(cells, SHE)));
});

db_test!(p8_a_published_old_file_is_in_the_copy_of_ones_data_and_names_nobody_else, |db| async move {
    let world = world(db, 0).await;
    let (him, her) = identity::testing::couple(&world.platform, 2).await;
    let line = whole("G001-1987-1-00001", (&him.name, &him.number), (&her.name, &her.number));
    let other = whole("G001-1987-1-00002", ("王某", HE), ("季某", "990101198709224026"));
    let id = entered(&world, "1987", &[line.replace("1987-05-20", "2015-05-20"), other]).await;
    let his = world.platform.as_actor(him.actor());
    let files = async || {
        let sections = crate::own_data(&his).await.expect("his copy");
        sections.into_iter().find(|section| section.key == "old_files").expect("a section")
    };
    assert!(files().await.rows.is_empty(), "what was keyed is not yet published");
    let checker = world.colleague();
    for row in in_state(&checker, id, State::Keyed).await {
        assert_eq!(confirm(&checker, row.id, 1).await.expect("checked"), State::Published);
    }
    let found = files().await;
    assert_eq!(found.rows, [["G001-1987-1-00001", "城婚字第1号", "2015-05-20", "valid", ""]]);
    assert!(found.kept.is_some_and(|kept| kept.until.is_none()), "a register keeps it for good");
});
