-- Thresholds of lights and cards (P2.5), by region: the nearest region above a case that has a row decides.
CREATE TABLE supervision_threshold (
  region TEXT NOT NULL PRIMARY KEY,     -- empty: where no region has its own
  warn_workdays {i64} NOT NULL,         -- yellow light from so many working days before the end
  warn_percent {i64} NOT NULL,          -- or from so much of the period left
  red_workdays {i64} NOT NULL,          -- red card when over the promise by more than so many working days
  answer_workdays {i64} NOT NULL,       -- a card is answered within so many
  source TEXT NOT NULL,                 -- who fixed them, by which paper
  set_by TEXT NOT NULL,
  set_at {i64} NOT NULL
) {strict};
INSERT INTO supervision_threshold (region, warn_workdays, warn_percent, red_workdays, answer_workdays, source, set_by, set_at) VALUES
  ('', 1, 20, 3, 3, '平台默认值（行政效能电子监察规则，各市可另行规定）', 'migration', 0);

-- The light of an open case as the last nightly run left it; green cases have no row. Pages compute the light from the clock.
CREATE TABLE case_light (
  case_id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  light TEXT NOT NULL,                  -- yellow, late
  due TEXT NOT NULL,                    -- the end that it is about
  since TEXT NOT NULL                   -- day of the run that saw it first
) {strict};

-- Nightly runs: one a day, begun again where it broke off.
CREATE TABLE supervision_run (
  day TEXT NOT NULL PRIMARY KEY,
  started_at {i64} NOT NULL,
  finished_at {i64},
  cases {i64} NOT NULL,                 -- open cases looked at
  lights {i64} NOT NULL,                -- lights changed
  cards {i64} NOT NULL                  -- cards issued
) {strict};

-- Yellow and red cards (表11). Only ever added: what is said about a card is in supervision_note.
CREATE TABLE supervision_card (
  id {bytes} NOT NULL PRIMARY KEY,
  number TEXT NOT NULL,                 -- 监察编号
  rule TEXT NOT NULL,                   -- M01 … M12
  colour TEXT NOT NULL,                 -- yellow, red
  cause TEXT NOT NULL,                  -- what makes it one: two cards of a rule and colour with the same cause are one
  case_id {bytes} REFERENCES case_head (id), -- null for matters that are no case (ratings, complaints)
  subject TEXT NOT NULL,                -- number of the case or matter, as people know it
  region TEXT NOT NULL,
  org {bytes} NOT NULL,                 -- 责任部门
  item_code TEXT NOT NULL,
  clerk {bytes},                        -- who held the matter
  effective_on TEXT NOT NULL,           -- the day on which the clock made it due, whenever the run took place
  due TEXT,                             -- the end that was missed
  over {i64} NOT NULL,                  -- working days over it
  words TEXT NOT NULL,                  -- what happened, without personal data
  issued_at {i64} NOT NULL,
  issued_by TEXT NOT NULL,              -- key of the actor
  answer_due TEXT NOT NULL
) {strict};
CREATE UNIQUE INDEX supervision_card_number ON supervision_card (number);
CREATE UNIQUE INDEX supervision_card_once ON supervision_card (rule, colour, cause);
CREATE INDEX supervision_card_org ON supervision_card (org, issued_at, id);
CREATE INDEX supervision_card_region ON supervision_card (region, issued_at, id);
CREATE INDEX supervision_card_case ON supervision_card (case_id, issued_at);

-- What was said about a card: answers, the cancellation. Only ever added.
CREATE TABLE supervision_note (
  id {bytes} NOT NULL PRIMARY KEY,
  card_id {bytes} NOT NULL REFERENCES supervision_card (id),
  kind TEXT NOT NULL,                   -- answer, cancel
  text TEXT NOT NULL,
  author {bytes} NOT NULL,
  author_name TEXT NOT NULL,
  at {i64} NOT NULL
) {strict};
CREATE INDEX supervision_note_card ON supervision_note (card_id, at, id);
CREATE UNIQUE INDEX supervision_note_cancel ON supervision_note (card_id) WHERE kind = 'cancel';

-- To whom a card was delivered, and when each opened it.
CREATE TABLE supervision_delivery (
  card_id {bytes} NOT NULL REFERENCES supervision_card (id),
  staff {bytes} NOT NULL,
  as_role TEXT NOT NULL,                -- clerk, head, supervisor
  delivered_at {i64} NOT NULL,
  read_at {i64},
  PRIMARY KEY (card_id, staff)
) {strict};
CREATE INDEX supervision_delivery_staff ON supervision_delivery (staff, delivered_at, card_id);

-- Last number of the cards of a day.
CREATE TABLE supervision_counter (
  day TEXT NOT NULL PRIMARY KEY,
  n {i64} NOT NULL
) {strict};

-- For the wall: open cases under a promise by organisation and last day.
CREATE INDEX case_head_promise ON case_head (promise_due, org, accepted_at) WHERE open;
-- For the nightly run: open cases by id, and refusals of the last days.
CREATE INDEX case_head_open ON case_head (id) WHERE open;
CREATE INDEX case_head_refused ON case_head (decided_at, id) WHERE result = 'refused';
