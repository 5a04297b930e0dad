-- The audit trail: added to, never changed. Sealed in batches by a job.
CREATE TABLE audit_event (
    id {bytes} NOT NULL PRIMARY KEY,    -- time-ordered
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
CREATE INDEX audit_event_at ON audit_event (at, id);
CREATE INDEX audit_event_object ON audit_event (object_kind, object_id, at);
CREATE INDEX audit_event_person ON audit_event (person_id, at) WHERE person_id IS NOT NULL;
CREATE INDEX audit_event_actor ON audit_event (actor_kind, actor_id, at);
