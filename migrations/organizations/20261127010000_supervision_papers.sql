-- Numbered documents of supervision: notices and decisions.

-- The last number of a kind of document of an authority in a year, taken in the transaction that issues it: no gap.
CREATE TABLE organization_paper_counter (
  org {bytes} NOT NULL REFERENCES organisation (id),
  kind TEXT NOT NULL,
  year {i64} NOT NULL,
  n {i64} NOT NULL,
  PRIMARY KEY (org, kind, year)
) {strict};
DROP TABLE organization_decision_number;

-- A document. words: what it says in both languages, fixed when it was issued, sealed. token: in the address of its symbol, sealed; token_hash
-- finds it. voided_at: from when it no longer counts; its number stays. file, signature: names of the stored files; null until somebody wants it.
CREATE TABLE organization_paper (
  id {bytes} NOT NULL PRIMARY KEY,
  proceeding {bytes} NOT NULL REFERENCES organization_proceeding (id),
  kind TEXT NOT NULL,
  org {bytes} NOT NULL REFERENCES organisation (id),
  year {i64} NOT NULL,
  n {i64} NOT NULL,
  number TEXT NOT NULL,
  words {bytes} NOT NULL,
  issued_at {i64} NOT NULL,
  token {bytes} NOT NULL,
  token_hash {bytes} NOT NULL,
  voided_at {i64},
  file TEXT,
  file_sm3 TEXT,
  signature TEXT,
  signer_key TEXT
) {strict};
CREATE UNIQUE INDEX organization_paper_number ON organization_paper (org, kind, year, n);
CREATE UNIQUE INDEX organization_paper_token ON organization_paper (token_hash);
CREATE INDEX organization_paper_of ON organization_paper (proceeding, id);
