-- A batch of older licences (存量证照, P5-9), read from a table, looked at by a second person, then loaded.
-- state: reading (its rows are being written), waiting (for the second person), loading, done, refused (too many errors were found).
CREATE TABLE lic_stock (
  id {bytes} NOT NULL PRIMARY KEY,
  name TEXT NOT NULL CHECK (length(name) > 0),
  origin TEXT NOT NULL CHECK (length(origin) > 0),   -- where the data come from
  region TEXT NOT NULL,             -- of whoever entered it
  digest TEXT NOT NULL,             -- SM3 of the table
  state TEXT NOT NULL,
  entered_by TEXT NOT NULL,         -- key of the actor
  entered_name TEXT NOT NULL,
  entered_at {i64} NOT NULL,
  lines {i64} NOT NULL,             -- in the table, without its head
  refused {i64} NOT NULL,           -- of them that cannot be loaded
  loaded {i64} NOT NULL,
  reviewed_by TEXT,
  reviewed_name TEXT,
  reviewed_at {i64},
  compared {i64},                   -- lines that the second person compared with the papers
  wrong {i64}                       -- of them that differed
) {strict};
CREATE UNIQUE INDEX lic_stock_name ON lic_stock (name);
CREATE INDEX lic_stock_state ON lic_stock (state, entered_at);
-- One line of a batch. state: ready, loaded, refused. content: sealed; null once it is loaded or refused.
CREATE TABLE lic_stock_line (
  id {bytes} NOT NULL PRIMARY KEY,
  batch {bytes} NOT NULL REFERENCES lic_stock (id),
  line {i64} NOT NULL,              -- in the table; its head is line 1
  state TEXT NOT NULL,
  content {bytes},
  issue TEXT,                       -- why it was refused: JSON
  lic_id {bytes} REFERENCES lic (id)
) {strict};
CREATE UNIQUE INDEX lic_stock_line_number ON lic_stock_line (batch, line);
CREATE INDEX lic_stock_line_state ON lic_stock_line (batch, state, line);
