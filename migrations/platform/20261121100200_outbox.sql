-- What is to be done after a change: mails, short messages, documents.
CREATE TABLE outbox (
    id {bytes} NOT NULL PRIMARY KEY,    -- time-ordered
    kind TEXT NOT NULL,                 -- names the handler
    dedupe TEXT NOT NULL,               -- two messages of a kind with the same key are one
    payload {bytes} NOT NULL,           -- JSON, sealed
    created_at {i64} NOT NULL,
    due_at {i64} NOT NULL,              -- not before this moment; moved on by every failure
    attempts {i64} NOT NULL,            -- failures so far
    state TEXT NOT NULL,                -- waiting, taken, done, dead, dismissed
    leased_until {i64},                 -- a worker has it until then
    done_at {i64},                      -- when it was done or given up
    last_error TEXT                     -- for the administrator
) {strict};
CREATE UNIQUE INDEX outbox_dedupe ON outbox (kind, dedupe);
CREATE INDEX outbox_due ON outbox (state, due_at, id);
