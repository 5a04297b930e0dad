-- Notices on the working days of a year, as imported by an administrator. The newest of a year is in force.
CREATE TABLE calendar_notice (
    id {bytes} NOT NULL PRIMARY KEY,
    year {i64} NOT NULL,
    source TEXT NOT NULL,               -- number or address of the paper
    days TEXT NOT NULL,                 -- lines date,kind,name
    imported_by TEXT NOT NULL,
    imported_at {i64} NOT NULL,
    superseded_at {i64}                 -- a later import took its place
) {strict};
CREATE UNIQUE INDEX calendar_notice_in_force ON calendar_notice (year) WHERE superseded_at IS NULL;

-- Ends of periods that somebody has been told, with what they are counted from.
CREATE TABLE deadline (
    id {bytes} NOT NULL PRIMARY KEY,
    object_kind TEXT NOT NULL,          -- what the period belongs to
    object_id TEXT NOT NULL,
    kind TEXT NOT NULL,                 -- which of its periods
    start_day TEXT NOT NULL,            -- the day of the event, not counted
    period TEXT NOT NULL,               -- unit, length and roll, JSON
    due TEXT NOT NULL,                  -- the end as last told
    provisional {bool} NOT NULL,        -- a year's notice was not known
    running {bool} NOT NULL
) {strict};
CREATE UNIQUE INDEX deadline_object ON deadline (object_kind, object_id, kind);
CREATE INDEX deadline_due ON deadline (due, id) WHERE running;
