-- What is to be done after a change: mails, short messages, documents.
CREATE TABLE outbox (
    id {bytes} NOT NULL PRIMARY KEY,    -- time-ordered
    kind TEXT NOT NULL,                 -- names the handler
    dedupe TEXT NOT NULL,               -- two messages of a kind with the same key are one
    payload {bytes} NOT NULL,           -- JSON, sealed
    created_at {i64} NOT NULL,
    due_at {i64} NOT NULL,              -- waiting: not before this moment; taken: the end of the lease
    attempts {i64} NOT NULL,            -- tries begun so far
    state TEXT NOT NULL,                -- waiting, taken, done, dead, dismissed
    lease {bytes},                      -- random number of the worker that has it
    done_at {i64},                      -- when it was done or given up
    last_error TEXT                     -- for the administrator
) {strict};
CREATE UNIQUE INDEX outbox_dedupe ON outbox (kind, dedupe);
CREATE INDEX outbox_due ON outbox (state, due_at, id);
