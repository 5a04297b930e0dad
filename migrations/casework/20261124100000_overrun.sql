-- Limits that were over when a case moved on (corrections told, decided, closed, handed to another body): its head no longer has them, and
-- the nightly run issues their cards all the same, however many runs were missed in between.
CREATE TABLE case_overrun (
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  seq {i64} NOT NULL,                   -- number of the event with which it moved on
  left_on TEXT NOT NULL,                -- the day of that event
  region TEXT NOT NULL,                 -- of the body that answered for it until then
  org {bytes} NOT NULL,
  holder {bytes},                       -- who held it until then
  phase TEXT NOT NULL,                  -- the phase in which it was
  accepted_on TEXT,
  promise_due TEXT,                     -- last days that were missed; null for those that were not
  legal_due TEXT,
  step_due TEXT,
  notice_due TEXT,
  told_on TEXT,                         -- the day on which corrections were told, if that was the event
  judged {bool} NOT NULL,               -- whether a run has looked at it
  PRIMARY KEY (case_id, seq)
) {strict};
CREATE INDEX case_overrun_waiting ON case_overrun (case_id, seq) WHERE NOT judged;
