-- The audit trail: added to, never changed. Sealed in batches by a job.
CREATE TABLE audit_event (
    seq {serial},                       -- grows; on PostgreSQL not in the order of commit
    txid {txid},                        -- PostgreSQL: the writing transaction, by which rows are sealed
    id {bytes} NOT NULL,                -- time-ordered
    at {i64} NOT NULL,                  -- microseconds since 1970, UTC
    actor_kind TEXT NOT NULL,           -- anonymous, citizen, staff, program, system
    actor_id TEXT NOT NULL,             -- id of account, staff or token; name of the job
    actor_name TEXT,                    -- name of staff as the trail shows it
    org_id {bytes},                     -- where that member of staff works
    ip TEXT,                            -- address of the visitor
    request_id TEXT NOT NULL,           -- the same as in the log
    action TEXT NOT NULL,               -- noun.verb
    object_kind TEXT NOT NULL,          -- what was acted upon
    object_id TEXT NOT NULL,
    person_id {bytes},                  -- whose data it was about
    region TEXT,                        -- where
    reason TEXT,                        -- reason or purpose given
    detail TEXT NOT NULL                -- JSON; no names or numbers of persons
) {strict};
CREATE UNIQUE INDEX audit_event_id ON audit_event (id);
CREATE INDEX audit_event_txid ON audit_event (txid, seq);
CREATE INDEX audit_event_at ON audit_event (at, id);
CREATE INDEX audit_event_object ON audit_event (object_kind, object_id, at);
CREATE INDEX audit_event_person ON audit_event (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX audit_event_actor ON audit_event (actor_kind, actor_id, at);

-- Seals over the audit trail: each covers all rows of a range of positions (SQLite: seq; PostgreSQL: txid) and the seal before
-- it. The key of the MAC is kept outside the database.
CREATE TABLE audit_seal (
    number {i64} NOT NULL PRIMARY KEY,  -- 1, 2, 3 … without a gap
    range_from {i64} NOT NULL,          -- first position covered
    range_to {i64} NOT NULL,            -- last position covered
    row_count {i64} NOT NULL,           -- rows covered
    root {bytes} NOT NULL,              -- SM3 over the rows
    previous {bytes} NOT NULL,          -- MAC of the seal before; empty for the first
    mac {bytes} NOT NULL,               -- SM3-HMAC over all of the above
    at {i64} NOT NULL                   -- when it was sealed
) {strict};
