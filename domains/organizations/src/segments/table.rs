//! Segments from a table: all of its lines are taken in, or none; what is here already is left as it is, so that twice changes nothing.

use std::io::Cursor;
use std::sync::Arc;

use kernel::{Issue, RegionCode, Refusal};
use platform::{Ctx, Error, OrgId, Result, audit};
use serde_json::json;
use sheets::{Fault, Limits, Row, Table};

use super::{KEEPERS, Segment, scope, segment};
use crate::issues;
use crate::store::segments as rows;

/// Lines of one table at most.
const LINES: u64 = 1_000;
/// Bytes to which a workbook may unpack.
const UNPACKED: u64 = 16 << 20;

/// Names of the columns: first code, last code, paper of the allotment.
const COLUMNS: [&[&str]; 3] = [&["起", "起始代码", "起始", "first"], &["止", "截止代码", "截止", "last"], &["分配文号", "来源", "source"]];

/// What a table brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received {
    /// Segments taken in.
    pub new: usize,
    /// Segments that were here before.
    pub known: usize,
}

/// A line as it was typed.
#[derive(Debug, Clone)]
struct Line {
    number: u64,
    cells: [String; 3],
}

/// Takes the segments of a table in (CSV or XLSX; columns 起, 止, 分配文号).
///
/// # Errors
/// `E-P805`; `E-TAB01` … for what is no table; `E-D74` without a table or its columns; of every line that cannot be taken `E-D63` or `E-D64`
/// with the number of the line: then nothing is taken in.
pub async fn receive_table(ctx: &Ctx, authority: OrgId, bytes: Vec<u8>) -> Result<Received> {
    let (scope, region) = scope(ctx, authority).await?;
    ctx.require(KEEPERS, &scope).await?;
    let lines = tokio::task::spawn_blocking(move || read(bytes)).await.map_err(Error::internal)?.map_err(told)?;
    let (mut segments, mut found) = (Vec::with_capacity(lines.len()), Vec::new());
    for line in &lines {
        let [first, last, source] = &line.cells;
        match segment(ctx, (authority, region), first, last, source) {
            Ok(segment) => segments.push((line.number, segment)),
            Err(issue) => found.push(issues::of_line(issue, line.number)),
        }
    }
    if !found.is_empty() {
        return Err(Refusal(found).into());
    }
    write(ctx, region, segments).await
}

async fn write(ctx: &Ctx, region: RegionCode, segments: Vec<(u64, Segment)>) -> Result<Received> {
    let segments = Arc::new(segments);
    ctx.db()
        .write_serializable(|tx| {
            let (ctx, segments) = (ctx.clone(), segments.clone());
            async move {
                let (mut received, mut found): (_, Vec<Issue>) = (Received { new: 0, known: 0 }, Vec::new());
                for (number, segment) in segments.iter() {
                    if rows::is_here(&tx, segment).await? {
                        received.known += 1;
                    } else if rows::insert(&tx, &ctx, segment).await? {
                        received.new += 1;
                        audit::record(&tx, &ctx, super::received(segment, &region)).await?;
                    } else {
                        found.push(issues::of_line(issues::segment_known(), *number));
                    }
                }
                if !found.is_empty() {
                    return Err(Error::from(Refusal(found)));
                }
                let event = audit::Event::new("code_segment.import", "code_segment", "table").region(&region);
                audit::record(&tx, &ctx, event.detail(json!({ "new": received.new, "known": received.known }))).await?;
                Ok(received)
            }
        })
        .await
}

fn read(bytes: Vec<u8>) -> Result<Vec<Line>, Fault> {
    if bytes.is_empty() {
        return Err(Fault::Refused(issues::segment_table("请选择码段表格", "Choose the table")));
    }
    let limits = Limits { rows: LINES, unpacked: UNPACKED, shared: UNPACKED, ..Limits::default() };
    let mut table = Table::open(Cursor::new(bytes), limits)?;
    let mut rows = table.rows()?;
    let head = rows.head()?;
    let [Some(first), Some(last), Some(source)] = COLUMNS.map(|names| head.find(names)) else {
        return Err(Fault::Refused(issues::segment_table("表格首行应有“起”“止”“分配文号”三列", "The first line names the columns first, last and source")));
    };
    let line = |row: Row| Line { number: row.number, cells: [first, last, source].map(|place| row.cell(place).to_owned()) };
    rows.map(|row| row.map(line)).collect()
}

fn told(fault: Fault) -> Error {
    match fault {
        Fault::Refused(issue) => issue.field("table").into(),
        Fault::Unread(error) => Error::internal(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segments::stock;
    use crate::testing::world;

    store::db_test!(d_2_a_table_of_segments_is_taken_in_whole_or_not_at_all_and_once, |db| async move {
        let w = world(db).await;
        let keeper = w.as_staff(&w.administrator);
        let send = |text: &str| receive_table(&keeper, w.authority, text.as_bytes().to_vec());
        assert!(send("").await.expect_err("nothing").has_code("E-D74"));
        assert!(send("代码,来源\nYY1,一\n").await.expect_err("other columns").has_code("E-D74"));
        let wrong = send("起,止,分配文号\nYY900001,YY900009,一\nYY900019,YY900011,二\nYY900005,YY900007,\n").await.expect_err("two lines");
        let told: Vec<_> = wrong.issues().iter().map(|issue| (issue.code.as_ref(), issue.params["line"].as_str())).collect();
        assert_eq!(told, [("E-D63", "3"), ("E-D63", "4")]);
        let twice = send("起,止,分配文号\nYY900001,YY900009,一\nYY900009,YY900019,二\n").await.expect_err("they overlap");
        assert_eq!((twice.issues()[0].code.as_ref(), twice.issues()[0].params["line"].as_str()), ("E-D64", "3"));
        assert_eq!(stock(&keeper, w.authority).await.expect("stock").segments, [], "nothing half done");
        let good = "起,止,分配文号\nYY900001,YY900009,一\nYY900010,YY900019,二\n";
        assert_eq!(send(good).await.expect("taken in"), Received { new: 2, known: 0 });
        assert_eq!(send(good).await.expect("again"), Received { new: 0, known: 2 });
        assert_eq!(stock(&keeper, w.authority).await.expect("stock").left, 19);
        assert!(receive_table(&w.as_staff(&w.clerk), w.authority, good.as_bytes().to_vec()).await.is_err(), "not by a clerk");
    });
}
