-- Supervision of organisations: what is done about one (or about an illegal one), what of it stands in public, and what it is measured by.

-- A proceeding: a listing, a penalty, an annual report, an evaluation, a qualification, an inspection, an illegal organisation.
-- organization: null for an illegal one. subject: its name, as lists show it. due: the day by which somebody has to act next; null when nothing runs.
-- year: the year of an annual report, else 0. content: what is known so far, sealed. open: not ended.
CREATE TABLE organization_proceeding (
  id {bytes} NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  organization {bytes} REFERENCES organization (id),
  subject TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (code),
  year {i64} NOT NULL,
  state TEXT NOT NULL,
  open {bool} NOT NULL,
  due TEXT,
  content {bytes} NOT NULL,
  opened_at {i64} NOT NULL,
  version {i64} NOT NULL
) {strict};
CREATE INDEX organization_proceeding_region ON organization_proceeding (region, id);
CREATE INDEX organization_proceeding_kind ON organization_proceeding (kind, region, id);
CREATE INDEX organization_proceeding_of ON organization_proceeding (organization, id);
CREATE INDEX organization_proceeding_due ON organization_proceeding (due, id) WHERE open;
-- One report of a year, one listing for a report that is missing, one evaluation and one qualification under way at a time.
CREATE UNIQUE INDEX organization_proceeding_year ON organization_proceeding (organization, kind, year) WHERE year > 0;
CREATE UNIQUE INDEX organization_proceeding_one ON organization_proceeding (organization, kind) WHERE open AND kind IN ('evaluation', 'fundraising');

-- Everything that happened in a proceeding; rows are only added. staff: null for the organisation itself and for jobs. note: sealed.
CREATE TABLE organization_proceeding_event (
  id {bytes} NOT NULL PRIMARY KEY,
  proceeding {bytes} NOT NULL REFERENCES organization_proceeding (id),
  at {i64} NOT NULL,
  act TEXT NOT NULL,
  state TEXT NOT NULL,
  staff {bytes},
  who TEXT NOT NULL,
  note {bytes}
) {strict};
CREATE INDEX organization_proceeding_event_of ON organization_proceeding_event (proceeding, id);

-- What stands about an organisation since some day: an entry in a list, a penalty, the result of a year, a level, the qualification.
-- code: which list, which result. effective_on: from when it holds; until_on: until when at most, where it runs out by itself.
-- recorded_at: when it was entered. published_at: from when the public reads it; null for not yet. ended_on, ended_at: from when it no longer
-- holds, and when that was entered; null while it stands. detail: the public words, JSON.
CREATE TABLE organization_fact (
  id {bytes} NOT NULL PRIMARY KEY,
  organization {bytes} NOT NULL REFERENCES organization (id),
  proceeding {bytes} NOT NULL REFERENCES organization_proceeding (id),
  kind TEXT NOT NULL,
  code TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  until_on TEXT,
  recorded_at {i64} NOT NULL,
  published_at {i64},
  ended_on TEXT,
  ended_at {i64},
  detail TEXT NOT NULL
) {strict};
CREATE INDEX organization_fact_of ON organization_fact (organization, recorded_at, id);
CREATE INDEX organization_fact_standing ON organization_fact (kind, code, effective_on, id) WHERE ended_at IS NULL;

-- Illegal organisations of which it is decided. published_at, withdrawn_at: when the public read it first, and no longer.
CREATE TABLE organization_illegal (
  id {bytes} NOT NULL PRIMARY KEY REFERENCES organization_proceeding (id),
  name TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (code),
  kind TEXT NOT NULL,
  disposition TEXT NOT NULL,
  decided_on TEXT NOT NULL,
  facts TEXT NOT NULL,
  published_at {i64} NOT NULL,
  withdrawn_at {i64}
) {strict};
CREATE INDEX organization_illegal_public ON organization_illegal (id) WHERE withdrawn_at IS NULL;
CREATE INDEX organization_illegal_region ON organization_illegal (region, id) WHERE withdrawn_at IS NULL;

-- The last day for the annual report of a year where an authority has postponed it by a notice. class: class digits of the credit code.
CREATE TABLE organization_report_window (
  region TEXT NOT NULL REFERENCES region (code),
  year {i64} NOT NULL,
  class TEXT NOT NULL,
  due TEXT NOT NULL,
  source TEXT NOT NULL,
  entered_by TEXT NOT NULL,
  entered_at {i64} NOT NULL,
  PRIMARY KEY (region, year, class)
) {strict};

-- Numbers of decisions: one row a year, region and kind of document, taken last in the transaction of the decision. No gap.
CREATE TABLE organization_decision_number (
  region TEXT NOT NULL,
  year {i64} NOT NULL,
  kind TEXT NOT NULL,
  last {i64} NOT NULL,
  PRIMARY KEY (region, year, kind)
) {strict};

-- Which organisation a complaint is about, and the proceeding that came of it.
CREATE TABLE organization_complaint (
  complaint {bytes} NOT NULL PRIMARY KEY REFERENCES complaint (id),
  organization {bytes} NOT NULL REFERENCES organization (id),
  region TEXT NOT NULL REFERENCES region (code),
  proceeding {bytes} REFERENCES organization_proceeding (id)
) {strict};
CREATE INDEX organization_complaint_list ON organization_complaint (region, complaint);
CREATE INDEX organization_complaint_of ON organization_complaint (organization, complaint);
