-- Old paper files that are entered later (补录). A batch is what one office enters from one source; its tables come in parts.
-- name: number of the batch (批次号), once in an organisation. source: paper, old_system or moved_in.
CREATE TABLE back_batch (
  id {bytes} NOT NULL PRIMARY KEY,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  name TEXT NOT NULL,
  source TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opened_name TEXT NOT NULL,
  opened_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX back_batch_name ON back_batch (org, name);
CREATE INDEX back_batch_org ON back_batch (org, id);

-- A table that was sent. file: key of the sealed file; format: csv or xlsx. state: reading, done or failed.
-- total: its lines, once counted; done: lines that have been read and written, from which a new run goes on.
-- taken: rows that were new or mended; same: rows that were there as they are; refused: rows that were sent back at once.
-- problem: why the whole table could not be read.
CREATE TABLE back_part (
  id {bytes} NOT NULL PRIMARY KEY,
  batch {bytes} NOT NULL REFERENCES back_batch (id),
  number {i64} NOT NULL,
  file TEXT NOT NULL,
  file_name TEXT NOT NULL,
  format TEXT NOT NULL,
  state TEXT NOT NULL,
  total {i64},
  done {i64} NOT NULL,
  taken {i64} NOT NULL,
  same {i64} NOT NULL,
  refused {i64} NOT NULL,
  problem TEXT,
  keyed_by TEXT NOT NULL,
  keyed_name TEXT NOT NULL,
  keyed_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX back_part_number ON back_part (batch, number);
CREATE UNIQUE INDEX back_part_file ON back_part (batch, file);
CREATE INDEX back_part_reading ON back_part (keyed_at, id) WHERE state = 'reading';

-- A row of a file: one couple, one archive number, once in an organisation whatever batch brings it.
-- state: keyed, sent_back, conflict, published or apart. confidence: 1 complete, 2 a number is missing, 3 a date is missing.
-- version: of its content. keyed_by: who sent that version; checked_by: somebody else. reason: what the second person said.
-- clashes: what a conflict is with; names nobody.
CREATE TABLE back_row (
  id {bytes} NOT NULL PRIMARY KEY,
  batch {bytes} NOT NULL REFERENCES back_batch (id),
  org {bytes} NOT NULL,
  archive_no TEXT NOT NULL,
  version {i64} NOT NULL,
  state TEXT NOT NULL,
  confidence {i64} NOT NULL,
  keyed_by TEXT NOT NULL,
  keyed_name TEXT NOT NULL,
  checked_by TEXT,
  checked_name TEXT,
  checked_at {i64},
  reason TEXT NOT NULL,
  clashes TEXT NOT NULL
) {strict};
CREATE UNIQUE INDEX back_row_archive ON back_row (org, archive_no);
CREATE INDEX back_row_state ON back_row (batch, state, archive_no);
CREATE INDEX back_row_conflict ON back_row (org, archive_no) WHERE state = 'conflict';

-- What a row said, version by version: the original text of every cell beside what it was read as, sealed. Nothing is changed in place.
CREATE TABLE back_version (
  id {bytes} NOT NULL PRIMARY KEY,
  row_id {bytes} NOT NULL REFERENCES back_row (id),
  version {i64} NOT NULL,
  content {bytes} NOT NULL,
  part {bytes} NOT NULL REFERENCES back_part (id),
  line {i64} NOT NULL,
  keyed_by TEXT NOT NULL,
  keyed_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX back_version_number ON back_version (row_id, version);

-- A line that could not be taken. cells: as sent, sealed. issues: why, by column. open: not yet mended and taken.
CREATE TABLE back_reject (
  id {bytes} NOT NULL PRIMARY KEY,
  batch {bytes} NOT NULL REFERENCES back_batch (id),
  part {i64} NOT NULL,
  line {i64} NOT NULL,
  archive_no TEXT NOT NULL,
  cells {bytes} NOT NULL,
  issues TEXT NOT NULL,
  open {bool} NOT NULL
) {strict};
CREATE UNIQUE INDEX back_reject_line ON back_reject (batch, part, line);
CREATE INDEX back_reject_open ON back_reject (batch, part, line) WHERE open;
CREATE INDEX back_reject_archive ON back_reject (batch, archive_no) WHERE open;

-- A page image of a batch, by the name that rows give. file: key of the sealed file. sm3: of its content.
CREATE TABLE back_image (
  id {bytes} NOT NULL PRIMARY KEY,
  batch {bytes} NOT NULL REFERENCES back_batch (id),
  name TEXT NOT NULL,
  file TEXT NOT NULL,
  sm3 TEXT NOT NULL,
  added_by TEXT NOT NULL,
  added_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX back_image_name ON back_image (batch, name);

-- The marriages that were published from old files (MarriageFact with source 3). state: valid or ended. confidence: 60–90 (Z.1).
-- binds: it bars another registration; a file in which a number is missing only warns. Dates are as far as the paper tells them:
-- a year, a month or a day. ended_on, end_kind, basis: as of the register, once the marriage is over.
CREATE TABLE back_fact (
  id {bytes} NOT NULL PRIMARY KEY,
  row_id {bytes} NOT NULL REFERENCES back_row (id),
  version {i64} NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  state TEXT NOT NULL,
  binds {bool} NOT NULL,
  confidence {i64} NOT NULL,
  cert_no TEXT,
  started_on TEXT,
  ended_on TEXT,
  end_kind TEXT,
  basis TEXT,
  published_by TEXT NOT NULL,
  published_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX back_fact_row ON back_fact (row_id);

-- The two of such a marriage. What the paper does not tell is null; nothing is guessed.
CREATE TABLE back_fact_party (
  id {bytes} NOT NULL PRIMARY KEY,
  fact {bytes} NOT NULL REFERENCES back_fact (id),
  side TEXT NOT NULL,
  person {bytes},
  number_hash {bytes},
  name_hash {bytes},
  birth_year {i64}
) {strict};
CREATE UNIQUE INDEX back_fact_party_side ON back_fact_party (fact, side);
CREATE INDEX back_fact_party_number ON back_fact_party (number_hash);
CREATE INDEX back_fact_party_name ON back_fact_party (name_hash);

-- Who is married now, whichever register says so: one row a person. marriage: an entry of the register; fact: one from old files.
CREATE TABLE marriage_standing (
  person {bytes} NOT NULL PRIMARY KEY,
  marriage {bytes} REFERENCES marriage (id),
  fact {bytes} REFERENCES back_fact (id)
) {strict};
INSERT INTO marriage_standing (person, marriage) SELECT person, marriage FROM marriage_party WHERE valid;
CREATE INDEX marriage_standing_marriage ON marriage_standing (marriage);
CREATE INDEX marriage_standing_fact ON marriage_standing (fact);
