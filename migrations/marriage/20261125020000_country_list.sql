-- Countries and regions of the lists that an administrator keeps. list: apostille (the convention of 1961 binds them towards China),
-- record_use (annex of the circular on certificates of record). country: GB/T 2659. from_day, to_day: in force from and up to and including;
-- to_day is empty while there is no end. source: the paper that says so. An entry is ended, never removed.
CREATE TABLE marriage_country (
  list TEXT NOT NULL,
  country TEXT NOT NULL,
  from_day TEXT NOT NULL,
  to_day TEXT,
  source TEXT NOT NULL,
  set_by TEXT NOT NULL,
  set_at {i64} NOT NULL,
  PRIMARY KEY (list, country)
) {strict};
