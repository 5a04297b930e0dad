-- The engine of cases: what the head of a case keeps beside its phase, so that lists, clocks and search need no other table.
-- state: the service's own state. case_type: key of the declaration. impl_code: 实施编码 under which it runs, empty for internal matters.
-- channel: digit of the case number. pledge: handled by 告知承诺.
ALTER TABLE case_head ADD COLUMN state TEXT NOT NULL DEFAULT '';
ALTER TABLE case_head ADD COLUMN case_type TEXT NOT NULL DEFAULT '';
ALTER TABLE case_head ADD COLUMN impl_code TEXT NOT NULL DEFAULT '';
ALTER TABLE case_head ADD COLUMN channel {i64} NOT NULL DEFAULT 2;
ALTER TABLE case_head ADD COLUMN pledge {bool} NOT NULL DEFAULT {false};
-- applicant_kind: person or organisation. applicant: the person, where one is known here. applicant_uscc: credit code of an organisation.
-- applicant_name, applicant_number, contact: sealed. applicant_hash: keyed hash of the full name, for exact search.
-- number_hash: keyed hash of the document number or credit code, for search and for "the same applicant".
-- agent: the person who acts with a letter of authority. account: the account that submitted.
-- query_code_hash: keyed hash of number and query code, for those who have no account.
ALTER TABLE case_head ADD COLUMN applicant_kind TEXT NOT NULL DEFAULT 'person';
ALTER TABLE case_head ADD COLUMN applicant {bytes};
ALTER TABLE case_head ADD COLUMN applicant_uscc TEXT;
ALTER TABLE case_head ADD COLUMN applicant_name {bytes};
ALTER TABLE case_head ADD COLUMN applicant_number {bytes};
ALTER TABLE case_head ADD COLUMN contact {bytes};
ALTER TABLE case_head ADD COLUMN applicant_hash {bytes};
ALTER TABLE case_head ADD COLUMN number_hash {bytes};
ALTER TABLE case_head ADD COLUMN agent {bytes};
ALTER TABLE case_head ADD COLUMN agent_letter {bytes};
ALTER TABLE case_head ADD COLUMN account {bytes};
ALTER TABLE case_head ADD COLUMN query_code_hash {bytes};
-- Moments of the life-cycle; an automatic acceptance has the moment of receipt.
ALTER TABLE case_head ADD COLUMN submitted_at {i64};
ALTER TABLE case_head ADD COLUMN received_at {i64};
ALTER TABLE case_head ADD COLUMN accepted_at {i64};
ALTER TABLE case_head ADD COLUMN decided_at {i64};
ALTER TABLE case_head ADD COLUMN auto_accepted {bool} NOT NULL DEFAULT {false};
-- Members of staff: who accepted, examined, reviewed, decided, and who holds it now (owner is who opened it at the counter).
ALTER TABLE case_head ADD COLUMN acceptor {bytes};
ALTER TABLE case_head ADD COLUMN examiner {bytes};
ALTER TABLE case_head ADD COLUMN reviewer {bytes};
ALTER TABLE case_head ADD COLUMN decider {bytes};
ALTER TABLE case_head ADD COLUMN holder {bytes};
-- Last days: of the promise, of the law, of the one-time notice, of the present step (precheck, resubmission, supply, delivery), of
-- papers that were promised. Null where that clock does not run. provisional: a year's notice was not known.
ALTER TABLE case_head ADD COLUMN promise_due TEXT;
ALTER TABLE case_head ADD COLUMN legal_due TEXT;
ALTER TABLE case_head ADD COLUMN notice_due TEXT;
ALTER TABLE case_head ADD COLUMN step_due TEXT;
ALTER TABLE case_head ADD COLUMN paper_due TEXT;
ALTER TABLE case_head ADD COLUMN provisional {bool} NOT NULL DEFAULT {false};
-- extended: how often the limit was extended. suspended_since: day on which the clock stopped. corrected_on: day of the one-time notice.
ALTER TABLE case_head ADD COLUMN extended {i64} NOT NULL DEFAULT 0;
ALTER TABLE case_head ADD COLUMN suspended_since TEXT;
ALTER TABLE case_head ADD COLUMN corrected_on TEXT;
-- parent: the joint case (并联审批) that this one is a part of. result: granted or refused, null until decided.
-- intake_region, intake_org: where the papers were taken in, if elsewhere than at the body that answers for the case.
ALTER TABLE case_head ADD COLUMN parent {bytes} REFERENCES case_head (id);
ALTER TABLE case_head ADD COLUMN result TEXT;
ALTER TABLE case_head ADD COLUMN intake_region TEXT;
ALTER TABLE case_head ADD COLUMN intake_org {bytes};
-- rank: what comes first in lists. Open cases by the end of their nearest running period, closed ones the newest first (negative).
ALTER TABLE case_head ADD COLUMN open {bool} NOT NULL DEFAULT {true};
ALTER TABLE case_head ADD COLUMN rank {i64} NOT NULL DEFAULT 0;
CREATE INDEX case_head_org_list ON case_head (org, open, rank, id);
CREATE INDEX case_head_holder_list ON case_head (holder, open, rank, id);
CREATE INDEX case_head_applicant ON case_head (applicant, opened_at, id);
CREATE INDEX case_head_agent ON case_head (agent, opened_at, id);
CREATE INDEX case_head_name ON case_head (applicant_hash, id);
CREATE INDEX case_head_number ON case_head (number_hash, open, id);
CREATE INDEX case_head_parent ON case_head (parent, id);
CREATE INDEX case_head_notice ON case_head (notice_due, id) WHERE open;
CREATE INDEX case_head_step ON case_head (step_due, id) WHERE open;
CREATE INDEX case_head_paper ON case_head (paper_due, id) WHERE open;

-- What an action of the log changed beyond the state, as JSON without personal data: days, kinds, who holds it. The log alone gives
-- the state of the case.
ALTER TABLE case_action ADD COLUMN detail TEXT NOT NULL DEFAULT '{}';

-- A case under every region above its own, itself included: what lists by region read. Written anew with every change of its columns.
CREATE TABLE case_area (
  ancestor TEXT NOT NULL,               -- a region at or above that of the case
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  open {bool} NOT NULL,
  rank {i64} NOT NULL,
  phase TEXT NOT NULL,
  item_code TEXT NOT NULL,              -- basic code
  org {bytes} NOT NULL,
  PRIMARY KEY (case_id, ancestor)
) {strict};
CREATE INDEX case_area_list ON case_area (ancestor, open, rank, case_id);
CREATE INDEX case_area_item ON case_area (ancestor, open, item_code, rank, case_id);
CREATE INDEX case_area_phase ON case_area (ancestor, open, phase, rank, case_id);

-- What a citizen has begun and not submitted: one an account and item, the same on every device.
CREATE TABLE case_draft (
  id {bytes} NOT NULL PRIMARY KEY,
  case_type TEXT NOT NULL,
  impl_code TEXT NOT NULL,
  item_version {bytes} NOT NULL,        -- published version under which it was last saved
  account {bytes} NOT NULL,
  person {bytes} NOT NULL,              -- the person behind the account
  answers {bytes} NOT NULL,             -- sealed JSON
  applicant {bytes} NOT NULL,           -- sealed JSON: for whom, and with which letter
  version {i64} NOT NULL,               -- grows with every save: two devices do not overwrite each other
  created_at {i64} NOT NULL,
  updated_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX case_draft_one ON case_draft (account, impl_code);

-- Answers of a case, a version with every change; the newest counts, the others stay.
CREATE TABLE case_data (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  version {i64} NOT NULL,
  schema {i64} NOT NULL,                -- version of the form under which they were given
  answers {bytes} NOT NULL,             -- sealed JSON
  actor_kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX case_data_version ON case_data (case_id, version);

-- Papers of a case or of a draft.
CREATE TABLE case_material (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} REFERENCES case_head (id),
  draft_id {bytes},                     -- until it is submitted
  key TEXT NOT NULL,                    -- key of the material in the item version
  state TEXT NOT NULL,                  -- offered, received, defective, promised, replaced
  source TEXT NOT NULL,                 -- upload, held, shared, counter
  person {bytes},                       -- whose paper it is: offered again in later matters
  file TEXT,                            -- content in the store of files; null for papers seen on paper or promised
  file_name {bytes},                    -- sealed: what the sender called it
  media_type TEXT,
  bytes {i64} NOT NULL,
  sm3 TEXT,
  originals {i64} NOT NULL,             -- originals and copies taken in at the counter
  copies {i64} NOT NULL,
  from_material {bytes},                -- the earlier paper that was offered again
  promise_due TEXT,                     -- last day for a paper that was promised
  received_at {i64} NOT NULL,
  received_by TEXT NOT NULL,            -- key of the actor
  note TEXT NOT NULL                    -- what is wrong with it, without personal data
) {strict};
CREATE INDEX case_material_case ON case_material (case_id, received_at, id);
CREATE INDEX case_material_draft ON case_material (draft_id, received_at, id);
CREATE INDEX case_material_person ON case_material (person, key, received_at, id);

-- Times that do not count: special procedures and corrections.
CREATE TABLE case_suspension (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  kind TEXT NOT NULL,                   -- digit of the list of special procedures, or correction
  basis TEXT NOT NULL,                  -- legal basis or reason, without personal data
  estimated_days {i64} NOT NULL,        -- what the applicant was told; 0 for corrections
  from_day TEXT NOT NULL,               -- not counted
  until_day TEXT,                       -- counted again; null while it lasts
  outcome TEXT NOT NULL,                -- what came of it, empty while it lasts
  started_by TEXT NOT NULL,
  started_at {i64} NOT NULL
) {strict};
CREATE INDEX case_suspension_case ON case_suspension (case_id, started_at);

-- What members of staff found: opinions of examination, review and decision, reports of inspections. Only ever added.
CREATE TABLE case_opinion (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  seq {i64} NOT NULL,                   -- the action of the log that it belongs to
  verb TEXT NOT NULL,
  outcome TEXT NOT NULL,                -- pass, back, granted, refused; empty where the verb says it
  opinion {bytes} NOT NULL,             -- sealed
  remedies TEXT NOT NULL,               -- of a refusal: what the applicant may do
  inspectors TEXT NOT NULL,             -- staff ids of an inspection on the spot, JSON
  author {bytes},                       -- member of staff
  author_name TEXT NOT NULL,
  at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX case_opinion_seq ON case_opinion (case_id, seq);

-- The one-time notice on what is missing or defective (补正告知), and the lists of a precheck that was sent back.
CREATE TABLE case_correction (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  kind TEXT NOT NULL,                   -- notice or precheck
  told_on TEXT NOT NULL,
  due TEXT NOT NULL,                    -- last day for the applicant
  list {bytes} NOT NULL,                -- sealed JSON: what, what is wrong, how to mend it, when supplied
  told_by TEXT NOT NULL,
  told_at {i64} NOT NULL,
  closed_at {i64}                       -- all supplied, or given up
) {strict};
CREATE INDEX case_correction_case ON case_correction (case_id, told_at);

-- Fields that a person has given before, with where and when: offered again, never asked again.
CREATE TABLE case_held (
  id {bytes} NOT NULL PRIMARY KEY,
  person {bytes} NOT NULL,
  key TEXT NOT NULL,                    -- what the field is about, the same in all services
  value {bytes} NOT NULL,               -- sealed
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX case_held_one ON case_held (person, key);

-- Letters of authority: who may act for whom, in which items, until when.
CREATE TABLE case_letter (
  id {bytes} NOT NULL PRIMARY KEY,
  principal_kind TEXT NOT NULL,         -- person or organisation
  principal {bytes} NOT NULL,           -- keyed hash of the document number or credit code
  principal_name {bytes} NOT NULL,      -- sealed
  principal_number {bytes} NOT NULL,    -- sealed
  principal_person {bytes},             -- the person, where he is known here
  agent {bytes} NOT NULL,               -- the person who acts
  items TEXT NOT NULL,                  -- basic codes, JSON; an empty list means all
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,              -- last day
  file TEXT NOT NULL,                   -- the signed letter
  made_at {i64} NOT NULL,
  revoked_at {i64}
) {strict};
CREATE INDEX case_letter_agent ON case_letter (agent, principal);

-- 告知承诺: the text that was shown and signed, and the check afterwards.
CREATE TABLE case_pledge (
  case_id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  text_zh TEXT NOT NULL,
  text_en TEXT NOT NULL,
  signed_at {i64} NOT NULL,
  check_due TEXT NOT NULL,              -- last day of the check afterwards
  checked_at {i64},
  kept {bool}                           -- whether what was pledged is true; null until checked
) {strict};
CREATE INDEX case_pledge_check ON case_pledge (check_due, case_id) WHERE checked_at IS NULL;

-- Applicants with a record of broken pledges: no 告知承诺 for them.
CREATE TABLE case_credit (
  id {bytes} NOT NULL PRIMARY KEY,
  subject {bytes} NOT NULL,             -- keyed hash of the document number or credit code
  reason TEXT NOT NULL,
  source TEXT NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT,                       -- last day, null for no end
  recorded_by TEXT NOT NULL,
  recorded_at {i64} NOT NULL,
  withdrawn_at {i64}
) {strict};
CREATE INDEX case_credit_subject ON case_credit (subject);

-- Absences with delegation: who stands in for whom, 30 days at most.
CREATE TABLE case_absence (
  id {bytes} NOT NULL PRIMARY KEY,
  staff {bytes} NOT NULL,
  delegate {bytes} NOT NULL,
  from_day TEXT NOT NULL,
  until_day TEXT NOT NULL,              -- last day
  reason TEXT NOT NULL,
  made_by TEXT NOT NULL,
  made_at {i64} NOT NULL,
  ended_at {i64}                        -- ended early
) {strict};
CREATE INDEX case_absence_staff ON case_absence (staff, until_day);
CREATE INDEX case_absence_delegate ON case_absence (delegate, until_day);
