-- Annotated copies (加注件, P5-6): made by the holder for one user and one purpose, for some days. The file is not kept.
CREATE TABLE lic_copy (
  id {bytes} NOT NULL PRIMARY KEY,
  lic_id {bytes} NOT NULL REFERENCES lic (id),
  token_hash {bytes} NOT NULL,      -- keyed hash of the token in the copy's QR symbol
  used_by TEXT NOT NULL,            -- for whom it was made
  purpose TEXT NOT NULL,            -- for what
  made_at {i64} NOT NULL,
  valid_to TEXT NOT NULL            -- last day
) {strict};
CREATE UNIQUE INDEX lic_copy_token ON lic_copy (token_hash);
CREATE INDEX lic_copy_of ON lic_copy (lic_id, made_at);
