-- The archive package of a finished case (P2-12): made once, verified, and verified again when somebody asks.
-- due_on: last day for it. file: the package in the store of files. listed_sm3: digest of the package. damaged: name of the first file
-- in it that was found changed; empty while all is well.
CREATE TABLE archive_package (
  case_id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  finished_on TEXT NOT NULL,
  due_on TEXT NOT NULL,
  file TEXT NOT NULL,
  listed_sm3 TEXT NOT NULL,
  bytes {i64} NOT NULL,
  files {i64} NOT NULL,
  packed_at {i64} NOT NULL,
  packed_by TEXT NOT NULL,
  verified_at {i64} NOT NULL,
  damaged TEXT NOT NULL
) {strict};
CREATE INDEX archive_package_region ON archive_package (region, packed_at, case_id);
-- Finished cases that are not archived yet, the earliest first.
CREATE INDEX case_head_to_archive ON case_head (closed_at, id) WHERE closed_at IS NOT NULL;
