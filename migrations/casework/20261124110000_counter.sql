-- What a clerk has begun to take in at the counter: typed and scanned so far, lost by no error. Gone once it is a case, or after some days.
CREATE TABLE counter_sheet (
  id {bytes} NOT NULL PRIMARY KEY,
  staff {bytes} NOT NULL,               -- the clerk, who alone sees it
  impl_code TEXT NOT NULL,
  form {bytes} NOT NULL,                -- sealed JSON: who, how, answers and papers, as typed
  version {i64} NOT NULL,               -- grows with every save: two pages do not overwrite each other
  updated_at {i64} NOT NULL
) {strict};
CREATE INDEX counter_sheet_staff ON counter_sheet (staff, updated_at, id);
CREATE INDEX counter_sheet_age ON counter_sheet (updated_at, id);

-- The code that stands on the receipt, sealed: it can be had again by the applicant and on a reprint. Cases before this have the hash alone.
ALTER TABLE case_head ADD COLUMN query_code {bytes};
