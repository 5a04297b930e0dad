-- A document of a court may speak of a marriage that is known from an old file only: marriage is an entry of the register or a published
-- marriage of the old files, whose ids do not overlap. Columns otherwise as before.
CREATE TABLE marriage_court_notice_of_either (
  id {bytes} NOT NULL PRIMARY KEY,
  doc_no TEXT NOT NULL,
  court TEXT NOT NULL,
  kind TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  marriage {bytes} NOT NULL,
  detail {bytes} NOT NULL,
  state TEXT NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  by_program {bool} NOT NULL,
  entered_by TEXT NOT NULL,
  received_at {i64} NOT NULL,
  checked_by TEXT,
  checked_at {i64},
  reason TEXT NOT NULL
) {strict};
INSERT INTO marriage_court_notice_of_either (id, doc_no, court, kind, effective_on, marriage, detail, state, region, org, by_program, entered_by,
  received_at, checked_by, checked_at, reason)
SELECT id, doc_no, court, kind, effective_on, marriage, detail, state, region, org, by_program, entered_by, received_at, checked_by, checked_at, reason
FROM marriage_court_notice;
DROP TABLE marriage_court_notice;
ALTER TABLE marriage_court_notice_of_either RENAME TO marriage_court_notice;
CREATE UNIQUE INDEX marriage_court_notice_doc ON marriage_court_notice (doc_no) WHERE state <> 'rejected';
CREATE INDEX marriage_court_notice_org ON marriage_court_notice (org, id);
CREATE INDEX marriage_court_notice_marriage ON marriage_court_notice (marriage);
