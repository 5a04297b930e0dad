-- A document of a court about a marriage. kind: code of the end it brings (2 judgment, 3 mediation, 6 annulled, 7 declared void).
-- state: entered, applied or rejected. detail: both persons as the document names them, sealed. marriage: the registration it speaks of.
-- effective_on: from when the document has effect. by_program: it came through the interface. checked_by: somebody else than entered it.
CREATE TABLE marriage_court_notice (
  id {bytes} NOT NULL PRIMARY KEY,
  doc_no TEXT NOT NULL,
  court TEXT NOT NULL,
  kind TEXT NOT NULL,
  effective_on TEXT NOT NULL,
  marriage {bytes} NOT NULL REFERENCES marriage (id),
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
CREATE UNIQUE INDEX marriage_court_notice_doc ON marriage_court_notice (doc_no) WHERE state <> 'rejected';
CREATE INDEX marriage_court_notice_org ON marriage_court_notice (org, id);
CREATE INDEX marriage_court_notice_marriage ON marriage_court_notice (marriage);
