-- Certificates made from the register of marriages (婚姻登记记录证明). kind: record, a documentary copy of one's own file, or none, that a search
-- found nothing. marriage: the entry copied. asker: self, lawyer or body. detail: who asked, for what, by what paper, what was searched; sealed.
-- n: number within region and year, from the counter of certificate numbers.
CREATE TABLE marriage_record (
  id {bytes} NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  marriage {bytes} REFERENCES marriage (id),
  asker TEXT NOT NULL,
  detail {bytes} NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  year {i64} NOT NULL,
  n {i64} NOT NULL,
  made_by TEXT NOT NULL,
  made_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX marriage_record_number ON marriage_record (region, year, n);
CREATE INDEX marriage_record_marriage ON marriage_record (marriage);
