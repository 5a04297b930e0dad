-- Questions, suggestions, calls for help, complaints, reports, petitions and requests for disclosure.
CREATE TABLE complaint (
  id {bytes} NOT NULL PRIMARY KEY,
  number TEXT NOT NULL,             -- receipt number (P2.2)
  kind TEXT NOT NULL,
  source TEXT NOT NULL,             -- digit of the channel
  region TEXT NOT NULL REFERENCES region (code),      -- where it belongs
  desk_region TEXT NOT NULL REFERENCES region (code), -- whose desk has it now: moves up
  level {i64} NOT NULL,             -- how often it has moved up
  org {bytes} NOT NULL REFERENCES organisation (id),  -- what it is about
  target_id {bytes},                -- the member of staff complained of
  item TEXT NOT NULL,               -- basic code, empty where none was named
  person_id {bytes},                -- who is signed in
  party_hash {bytes},               -- the same for one and the same person; null for anonymous reports
  title {bytes} NOT NULL,           -- sealed
  words {bytes} NOT NULL,           -- sealed
  name {bytes},                     -- sealed
  phone {bytes},                    -- sealed
  code {bytes} NOT NULL,            -- sealed: six digits that open its page together with the number
  lang TEXT NOT NULL,
  secret {bool} NOT NULL,           -- a report: who reported is for named officers alone
  may_publish {bool} NOT NULL,      -- consent of whoever asked
  request_key TEXT NOT NULL,        -- one form is one complaint
  received_at {i64} NOT NULL,
  received_on TEXT NOT NULL,
  state TEXT NOT NULL,
  open {bool} NOT NULL,
  unit {bytes} REFERENCES organisation (id),          -- who answers
  handler_id {bytes},
  clock_from TEXT NOT NULL,         -- the day from which the reply is counted
  stock {bool} NOT NULL,            -- a stock answer exists: the short limit
  accept_due TEXT NOT NULL,
  accepted_on TEXT,
  sign_due TEXT,
  due TEXT,                         -- last day of the reply
  confirm_due TEXT,
  replied_on TEXT,
  on_time {bool},                   -- the first reply came in time
  extended {bool} NOT NULL,
  returned {i64} NOT NULL,
  designated {bool} NOT NULL,
  unsatisfied {i64} NOT NULL,
  satisfied {bool},
  supervised {bool} NOT NULL,
  stage {i64} NOT NULL,             -- petitions: 0 handling, 1 复查, 2 复核
  merged_into {bytes} REFERENCES complaint (id),
  ground TEXT,                      -- why it was not accepted
  told {bytes},                     -- sealed: reason and right channel, what is missing, or the proposed unit
  version {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX complaint_number ON complaint (number);
CREATE UNIQUE INDEX complaint_request ON complaint (request_key);
CREATE INDEX complaint_desk ON complaint (desk_region, id);
CREATE INDEX complaint_unit ON complaint (unit, id);
CREATE INDEX complaint_person ON complaint (person_id, id);
CREATE INDEX complaint_party ON complaint (party_hash, received_at);
CREATE INDEX complaint_merged ON complaint (merged_into);
CREATE INDEX complaint_open ON complaint (id) WHERE open;

-- Everything that happened to it; rows are only added.
CREATE TABLE complaint_event (
  id {bytes} NOT NULL PRIMARY KEY,
  complaint_id {bytes} NOT NULL REFERENCES complaint (id),
  at {i64} NOT NULL,
  verb TEXT NOT NULL,
  state TEXT NOT NULL,              -- the state after it
  staff_name TEXT NOT NULL,         -- empty for the person and for the program
  note {bytes}                      -- sealed; for staff
) {strict};
CREATE INDEX complaint_event_complaint ON complaint_event (complaint_id, id);

-- Replies; a rework adds another.
CREATE TABLE complaint_reply (
  id {bytes} NOT NULL PRIMARY KEY,
  complaint_id {bytes} NOT NULL REFERENCES complaint (id),
  at {i64} NOT NULL,
  staff_id {bytes} NOT NULL,
  words {bytes} NOT NULL,           -- sealed
  basis TEXT NOT NULL,              -- item or law with article
  sampled {bool} NOT NULL,          -- drawn for the quality check
  passed {bool}                     -- what the check found
) {strict};
CREATE INDEX complaint_reply_complaint ON complaint_reply (complaint_id, id);
CREATE INDEX complaint_reply_sample ON complaint_reply (id) WHERE sampled;

-- Officers who may see who reported.
CREATE TABLE complaint_officer (
  complaint_id {bytes} NOT NULL REFERENCES complaint (id),
  staff_id {bytes} NOT NULL REFERENCES staff (id),
  named_at {i64} NOT NULL,
  PRIMARY KEY (complaint_id, staff_id)
) {strict};

-- Questions and answers that may be read by everybody, screened.
CREATE TABLE complaint_public (
  id {bytes} NOT NULL PRIMARY KEY,
  complaint_id {bytes} NOT NULL REFERENCES complaint (id),
  region TEXT NOT NULL REFERENCES region (code),
  kind TEXT NOT NULL,
  asker TEXT NOT NULL,              -- masked
  phone TEXT NOT NULL,              -- masked
  title TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  published_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX complaint_public_once ON complaint_public (complaint_id);
