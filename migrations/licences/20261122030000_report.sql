-- When the present state of an entry has to be in the catalogue above at the latest (P5-8: within 24 hours); null once it has been taken
-- over, and for what was issued before reports were kept.
ALTER TABLE lic ADD COLUMN report_due {i64};
CREATE INDEX lic_report_due ON lic (report_due) WHERE report_due IS NOT NULL;
-- By what right a program read: the holder's consent, or the law that its mandate names. Empty for other ways.
ALTER TABLE lic_use ADD COLUMN basis TEXT NOT NULL DEFAULT '';
-- Mandates by law (P5-5): a program may read one type of licence without the holder's consent.
CREATE TABLE lic_mandate (
  id {bytes} NOT NULL PRIMARY KEY,
  token {bytes} NOT NULL,           -- the program's bearer token
  program TEXT NOT NULL,            -- its name at that time
  type_code TEXT NOT NULL REFERENCES lic_type (code),
  law TEXT NOT NULL CHECK (length(law) > 0),
  given_by TEXT NOT NULL,
  given_at {i64} NOT NULL,
  ended_at {i64}
) {strict};
CREATE UNIQUE INDEX lic_mandate_one ON lic_mandate (token, type_code) WHERE ended_at IS NULL;
