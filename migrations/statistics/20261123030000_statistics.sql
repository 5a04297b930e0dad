-- What the figures keep of a case: one row for the body that answers for it, another for the body that took it in elsewhere.
-- Computed from the head and the log of the case by the nightly run; lists behind figures read these rows, and figures count them.
CREATE TABLE statistic_case (
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  side TEXT NOT NULL,                   -- owner: answers for it; receiver: took the papers in for another body
  version {i64} NOT NULL,               -- number of the last event that the row knows of
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  item TEXT NOT NULL,                   -- basic code
  channel {i64} NOT NULL,               -- digit of the case number
  received_on TEXT NOT NULL,            -- day on which it came in
  returned_on TEXT,                     -- first sent back by the precheck
  corrected_on TEXT,                    -- told what is missing
  accepted_on TEXT,
  rejected_on TEXT,                     -- 不予受理
  refused_on TEXT,                      -- 不予
  finished_on TEXT,
  withdrawn_on TEXT,                    -- withdrawn, lapsed or ended
  on_time {bool} NOT NULL,              -- of a finished case: within its promise, or without a limit
  used_days {i64} NOT NULL,             -- of a finished case: working days from acceptance to decision, without suspensions
  promise_days {i64},                   -- the same up to the end of the promise; null without one
  legal_days {i64},                     -- up to the end of the legal limit; null without one
  PRIMARY KEY (case_id, side)
) {strict};
CREATE INDEX statistic_case_received ON statistic_case (side, received_on, case_id);
CREATE INDEX statistic_case_returned ON statistic_case (side, returned_on, case_id) WHERE returned_on IS NOT NULL;
CREATE INDEX statistic_case_corrected ON statistic_case (side, corrected_on, case_id) WHERE corrected_on IS NOT NULL;
CREATE INDEX statistic_case_accepted ON statistic_case (side, accepted_on, case_id) WHERE accepted_on IS NOT NULL;
CREATE INDEX statistic_case_rejected ON statistic_case (side, rejected_on, case_id) WHERE rejected_on IS NOT NULL;
CREATE INDEX statistic_case_refused ON statistic_case (side, refused_on, case_id) WHERE refused_on IS NOT NULL;
CREATE INDEX statistic_case_finished ON statistic_case (side, finished_on, case_id) WHERE finished_on IS NOT NULL;
CREATE INDEX statistic_case_withdrawn ON statistic_case (side, withdrawn_on, case_id) WHERE withdrawn_on IS NOT NULL;

-- Figures by day and by month. A month is the sum of its days, changed in the same transaction.
CREATE TABLE statistic_figure (
  grain TEXT NOT NULL,                  -- day, month
  start TEXT NOT NULL,                  -- the day, or the first of the month
  side TEXT NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  item TEXT NOT NULL,
  channel {i64} NOT NULL,               -- 0 where it is not known
  received {i64} NOT NULL,
  returned {i64} NOT NULL,
  corrected {i64} NOT NULL,
  accepted {i64} NOT NULL,
  rejected {i64} NOT NULL,
  refused {i64} NOT NULL,
  finished {i64} NOT NULL,
  on_time {i64} NOT NULL,
  withdrawn {i64} NOT NULL,
  used_days {i64} NOT NULL,             -- sum over what was finished
  promised {i64} NOT NULL,              -- finished cases with a promise
  promise_days {i64} NOT NULL,          -- their sum
  limited {i64} NOT NULL,               -- finished cases with a legal limit
  legal_days {i64} NOT NULL,            -- their sum
  cards_yellow {i64} NOT NULL,
  cards_red {i64} NOT NULL,
  cards_cancelled {i64} NOT NULL,
  level_1 {i64} NOT NULL,               -- ratings that count, by the day on which the matter was finished
  level_2 {i64} NOT NULL,
  level_3 {i64} NOT NULL,
  level_4 {i64} NOT NULL,
  level_5 {i64} NOT NULL,
  PRIMARY KEY (grain, start, side, region, org, item, channel)
) {strict};

-- Days that have to be counted again, because a case of theirs has changed.
CREATE TABLE statistic_stale (
  day TEXT NOT NULL PRIMARY KEY
) {strict};

-- Months that are closed: what changes in them afterwards is shown as a correction.
CREATE TABLE statistic_month (
  month TEXT NOT NULL PRIMARY KEY,      -- first day
  closed_at {i64} NOT NULL
) {strict};

-- Corrections of closed months, only ever added.
CREATE TABLE statistic_correction (
  id {bytes} NOT NULL PRIMARY KEY,
  month TEXT NOT NULL REFERENCES statistic_month (month),
  day TEXT NOT NULL,
  side TEXT NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  item TEXT NOT NULL,
  channel {i64} NOT NULL,
  measure TEXT NOT NULL,                -- column of statistic_figure
  before {i64} NOT NULL,
  after {i64} NOT NULL,
  noted_at {i64} NOT NULL
) {strict};
CREATE INDEX statistic_correction_month ON statistic_correction (month, side, id);

-- The nightly run: one at a time. holder: random number of the run that has it, until claimed_until.
CREATE TABLE statistic_run (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  claimed_until {i64} NOT NULL,
  day TEXT,                             -- day of the last run that was finished
  finished_at {i64}
) {strict};
INSERT INTO statistic_run (name, holder, claimed_until) VALUES ('figures', '', 0);

-- Ratings, cards and complaints of a day.
CREATE INDEX rating_subject_finished ON rating_subject (finished_on, id);
CREATE INDEX supervision_card_effective ON supervision_card (effective_on, id);
CREATE INDEX complaint_received ON complaint (received_on, id);
