-- What can be rated: something that a service has finished at one of its service points.
CREATE TABLE rating_subject (
  id {bytes} NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,               -- kind of thing (case)
  ref TEXT NOT NULL,                -- its id within the kind
  point TEXT NOT NULL,              -- service point
  number TEXT NOT NULL,             -- number that people know
  item TEXT NOT NULL,               -- basic code
  item_zh TEXT NOT NULL,
  item_en TEXT NOT NULL,
  org {bytes} NOT NULL REFERENCES organisation (id),
  region TEXT NOT NULL REFERENCES region (code),
  office TEXT NOT NULL,             -- public code of the office
  office_zh TEXT NOT NULL,
  office_en TEXT NOT NULL,
  staff_id {bytes},                 -- who served
  token_hash {bytes} NOT NULL,      -- keyed hash of the token in message, receipt and QR symbol
  token {bytes} NOT NULL,           -- sealed
  phone {bytes},                    -- sealed: where the invitation goes
  lang TEXT NOT NULL,
  finished_at {i64} NOT NULL,
  finished_on TEXT NOT NULL,
  invited {i64} NOT NULL,           -- invitations sent
  invite_at {i64}                   -- when the next one is due; null when none is to come
) {strict};
CREATE UNIQUE INDEX rating_subject_once ON rating_subject (kind, ref, point);
CREATE UNIQUE INDEX rating_subject_token ON rating_subject (token_hash);
CREATE INDEX rating_subject_office ON rating_subject (office, finished_on);
CREATE INDEX rating_subject_region ON rating_subject (region, finished_on);
CREATE INDEX rating_subject_invite ON rating_subject (invite_at) WHERE invite_at IS NOT NULL;
CREATE INDEX rating_subject_number ON rating_subject (number);

-- Who may rate it: applicants and agent.
CREATE TABLE rating_right (
  subject_id {bytes} NOT NULL REFERENCES rating_subject (id),
  person_id {bytes} NOT NULL REFERENCES person (id),
  PRIMARY KEY (subject_id, person_id)
) {strict};
CREATE INDEX rating_right_person ON rating_right (person_id, subject_id);

-- A rating. One a subject; changed at most once.
CREATE TABLE rating (
  id {bytes} NOT NULL PRIMARY KEY,
  subject_id {bytes} NOT NULL REFERENCES rating_subject (id),
  region TEXT NOT NULL REFERENCES region (code),
  office TEXT NOT NULL,
  level {i64} NOT NULL CHECK (level BETWEEN 1 AND 5), -- 1 非常满意 … 5 非常不满意
  channel TEXT NOT NULL,
  named {bool} NOT NULL,            -- false: anonymous, for the trend alone
  person_id {bytes},                -- the person who rated, where signed in
  tags TEXT NOT NULL,               -- codes, separated by spaces
  words {bytes},                    -- sealed
  rated_at {i64} NOT NULL,
  rated_on TEXT NOT NULL,
  changed_at {i64},
  counted {bool} NOT NULL,          -- named and within the window
  removed {bool} NOT NULL,          -- taken out after a review; supervision sees it all the same
  public_words TEXT,                -- screened words, once published
  published_at {i64}
) {strict};
CREATE UNIQUE INDEX rating_once ON rating (subject_id);
CREATE INDEX rating_region ON rating (region, id);
CREATE INDEX rating_office ON rating (office, rated_on);
CREATE INDEX rating_published ON rating (office, published_at) WHERE public_words IS NOT NULL;

-- What is done about a bad rating that bears a name.
CREATE TABLE rating_follow_up (
  id {bytes} NOT NULL PRIMARY KEY REFERENCES rating (id),
  region TEXT NOT NULL REFERENCES region (code),
  org {bytes} NOT NULL REFERENCES organisation (id),
  state TEXT NOT NULL,
  open {bool} NOT NULL,
  handler_id {bytes},
  opened_on TEXT NOT NULL,
  contact_due TEXT NOT NULL,
  contacted_on TEXT,
  complicated {bool} NOT NULL,
  fix_due TEXT,
  fixed_on TEXT,
  review_due TEXT,
  called_back_on TEXT,
  version {i64} NOT NULL
) {strict};
CREATE INDEX rating_follow_up_list ON rating_follow_up (region, state, id);
CREATE INDEX rating_follow_up_open ON rating_follow_up (id) WHERE open;

-- Everything that happened to a rating; rows are only added.
CREATE TABLE rating_event (
  id {bytes} NOT NULL PRIMARY KEY,
  rating_id {bytes} NOT NULL REFERENCES rating (id),
  at {i64} NOT NULL,
  verb TEXT NOT NULL,
  state TEXT NOT NULL,              -- the state after it; empty where there is no follow-up
  staff_name TEXT NOT NULL,         -- empty for the rater
  note {bytes}                      -- sealed
) {strict};
CREATE INDEX rating_event_rating ON rating_event (rating_id, id);

-- Published figures of an office and month; never changed afterwards.
CREATE TABLE rating_month (
  month TEXT NOT NULL,              -- 2026-07
  office TEXT NOT NULL,
  office_zh TEXT NOT NULL,
  office_en TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (code),
  finished {i64} NOT NULL,
  rated {i64} NOT NULL,
  level_1 {i64} NOT NULL,
  level_2 {i64} NOT NULL,
  level_3 {i64} NOT NULL,
  level_4 {i64} NOT NULL,
  level_5 {i64} NOT NULL,
  published_at {i64} NOT NULL,
  PRIMARY KEY (month, office)
) {strict};
CREATE INDEX rating_month_region ON rating_month (region, month);
