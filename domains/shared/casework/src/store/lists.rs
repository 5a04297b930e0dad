//! Lists of cases. Each reads one index from where the page before ended; no list counts more than its bound.

use kernel::{Instant, RegionCode};
use platform::{OrgId, PersonId, Result, StaffId};
use store::{Db, Query as Statement, q};

use crate::ops::Window;
use crate::{CaseId, Phase};

/// What a page is narrowed to.
pub(crate) struct Query {
    pub(crate) open: bool,
    pub(crate) phase: Option<Phase>,
    pub(crate) item: Option<String>,
    /// Ends before this moment.
    pub(crate) before: Option<i64>,
    /// Keyed hash of a full name.
    pub(crate) name: Option<Vec<u8>>,
    pub(crate) holder: Option<StaffId>,
    pub(crate) org: Option<OrgId>,
    pub(crate) after: Option<(i64, CaseId)>,
}

/// A row of a list.
#[derive(sqlx::FromRow)]
pub(crate) struct Row {
    #[sqlx(try_from = "Vec<u8>")]
    pub(crate) id: CaseId,
    pub(crate) case_no: String,
    pub(crate) case_type: String,
    pub(crate) service: String,
    pub(crate) region: String,
    pub(crate) state: String,
    pub(crate) phase: String,
    pub(crate) applicant_kind: String,
    pub(crate) applicant_name: Option<Vec<u8>>,
    pub(crate) promise_due: Option<String>,
    pub(crate) suspended_since: Option<String>,
    pub(crate) holder: Option<Vec<u8>>,
    pub(crate) accepted_at: Option<i64>,
    #[sqlx(try_from = "i64")]
    pub(crate) opened_at: Instant,
    pub(crate) rank: i64,
}

const COLUMNS: &str = "SELECT h.id, h.case_no, h.case_type, h.service, h.region, h.state, h.phase, h.applicant_kind, h.applicant_name, \
     h.promise_due, h.suspended_since, h.holder, h.accepted_at, h.opened_at, h.rank ";

/// The rows that a window of authorisation lets through, narrowed by what was asked for; a list by region reads `areas`.
fn from(statement: Statement, areas: &'static str, window: &Window, query: &Query) -> Statement {
    // What narrows most leads: the name, the holder, the body; else the region.
    let mut statement = match (&query.name, query.holder, query.org) {
        (Some(name), _, _) => within(statement.sql("FROM case_head h WHERE h.applicant_hash = ").arg(name.clone()).sql(" AND h.open = ").arg(query.open), window),
        (None, Some(holder), _) => within(statement.sql("FROM case_head h WHERE h.holder = ").arg(holder).sql(" AND h.open = ").arg(query.open), window),
        (None, None, Some(org)) => within(statement.sql("FROM case_head h WHERE h.org = ").arg(org).sql(" AND h.open = ").arg(query.open), window),
        (None, None, None) => statement
            .sql(areas)
            .sql(" WHERE a.ancestor = ")
            .arg(window.region)
            .sql(" AND a.open = ")
            .arg(query.open),
    };
    let by_area = by_area(query);
    if let Some(org) = window.org {
        statement = statement.sql(if by_area { " AND a.org = " } else { " AND h.org = " }).arg(org);
    }
    for item in [window.item.as_ref(), query.item.as_ref()].into_iter().flatten() {
        statement = statement.sql(if by_area { " AND a.item_code = " } else { " AND h.item_code = " }).arg(item);
    }
    if let (true, Some(holder)) = (query.name.is_some(), query.holder) {
        statement = statement.sql(" AND h.holder = ").arg(holder);
    }
    if let (true, Some(org)) = (query.name.is_some() || query.holder.is_some(), query.org) {
        statement = statement.sql(" AND h.org = ").arg(org);
    }
    if let Some(phase) = query.phase {
        statement = statement.sql(if by_area { " AND a.phase = " } else { " AND h.phase = " }).arg(phase.code());
    }
    if let Some(before) = query.before {
        statement = statement.sql(if by_area { " AND a.rank <= " } else { " AND h.rank <= " }).arg(before);
    }
    if let Some((rank, id)) = query.after {
        statement = match by_area {
            true => statement.sql(" AND (a.rank, a.case_id) > (").arg(rank).sql(", ").arg(id).sql(")"),
            false => statement.sql(" AND (h.rank, h.id) > (").arg(rank).sql(", ").arg(id).sql(")"),
        };
    }
    statement
}

fn within(statement: Statement, window: &Window) -> Statement {
    statement.sql(" AND EXISTS (SELECT 1 FROM region_closure c WHERE c.descendant = h.region AND c.ancestor = ").arg(window.region).sql(")")
}

fn by_area(query: &Query) -> bool {
    query.name.is_none() && query.holder.is_none() && query.org.is_none()
}

fn order(query: &Query) -> &'static str {
    if by_area(query) { " ORDER BY a.rank, a.case_id LIMIT " } else { " ORDER BY h.rank, h.id LIMIT " }
}

/// A page of what a window lets through.
pub(crate) async fn page(db: &Db, window: &Window, query: &Query, limit: i64) -> Result<Vec<Row>> {
    Ok(from(q(COLUMNS), "FROM case_area a JOIN case_head h ON h.id = a.case_id", window, query).sql(order(query)).arg(limit).all(db).await?)
}

/// How many there are, at most `bound`; the place of the page does not matter. In the order of the list, so that it is counted in the
/// list's own index: without an order the planner takes any index in which some row may soon be found.
pub(crate) async fn count(db: &Db, window: &Window, query: &Query, bound: i64) -> Result<i64> {
    let whole = Query { after: None, phase: query.phase, item: query.item.clone(), name: query.name.clone(), ..*query };
    let counted = from(q("SELECT COUNT(*) FROM (SELECT 1 "), "FROM case_area a", window, &whole).sql(order(query)).arg(bound).sql(") AS counted");
    let (n,): (i64,) = counted.one(db).await?;
    Ok(n)
}

/// A window narrowed to a region: the smaller of both where one contains the other, nothing where they do not meet.
pub(crate) async fn narrow(db: &Db, window: Window, region: RegionCode) -> Result<Option<Window>> {
    let (inside, outside): (bool, bool) = q("SELECT EXISTS (SELECT 1 FROM region_closure WHERE ancestor = $1 AND descendant = $2), \
         EXISTS (SELECT 1 FROM region_closure WHERE ancestor = $2 AND descendant = $1)")
    .bind(window.region)
    .bind(region)
    .one(db)
    .await?;
    Ok(match (inside, outside) {
        (true, _) => Some(Window { region, ..window }),
        (false, true) => Some(window),
        (false, false) => None,
    })
}

/// A row of a person's own list.
pub(crate) struct Own {
    pub(crate) row: Row,
    pub(crate) agent: bool,
}

/// Cases of a person, and those in which he acts for somebody; the newest first, from where the page before ended.
pub(crate) async fn of_person(db: &Db, person: PersonId, before: Option<(Instant, CaseId)>, limit: i64) -> Result<Vec<Own>> {
    let page = |statement: Statement| {
        let statement = match before {
            Some((at, id)) => statement.sql(" AND (h.opened_at, h.id) < (").arg(at).sql(", ").arg(id).sql(")"),
            None => statement,
        };
        statement.sql(" ORDER BY h.opened_at DESC, h.id DESC LIMIT ").arg(limit)
    };
    let own: Vec<Row> = page(q(COLUMNS).sql("FROM case_head h WHERE h.case_type <> '' AND h.applicant = ").arg(person)).all(db).await?;
    let acted: Vec<Row> = page(q(COLUMNS).sql("FROM case_head h WHERE h.agent = ").arg(person)).all(db).await?;
    let mut rows: Vec<Own> = own.into_iter().map(|row| Own { row, agent: false }).chain(acted.into_iter().map(|row| Own { row, agent: true })).collect();
    rows.sort_by_key(|own| std::cmp::Reverse((own.row.opened_at, own.row.id)));
    rows.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(rows)
}
