-- Answers to writing calls of programs, by the key that the caller gave: the same call again gets the same answer.
CREATE TABLE kept_answer (
    id {bytes} NOT NULL PRIMARY KEY,
    caller TEXT NOT NULL,               -- who acts
    key_hash {bytes} NOT NULL,          -- keyed hash of the Idempotency-Key
    request {bytes} NOT NULL,           -- keyed hash of method, address, version named and content
    begun_at {i64} NOT NULL,
    status {i64},                       -- HTTP status; absent while the call runs
    kind TEXT,                          -- media type of the content
    tag TEXT,                           -- ETag
    content {bytes}                     -- sealed
) {strict};
CREATE UNIQUE INDEX kept_answer_once ON kept_answer (caller, key_hash);
CREATE INDEX kept_answer_age ON kept_answer (begun_at);
