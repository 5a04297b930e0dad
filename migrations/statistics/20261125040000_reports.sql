-- What services count of their cases and registers beyond the common figures: a row for each figure in which an entry counts.
CREATE TABLE statistic_count (
  entry {bytes} NOT NULL,               -- id of the case, or of another row of the service
  tally TEXT NOT NULL,                  -- report and figure: marriage.pairs
  day TEXT NOT NULL,                    -- on which it counts
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  item TEXT NOT NULL,                   -- basic code
  n {i64} NOT NULL,                     -- how much: persons of a couple count two
  PRIMARY KEY (entry, tally)
) {strict};
CREATE INDEX statistic_count_day ON statistic_count (day, tally);
CREATE INDEX statistic_count_list ON statistic_count (tally, day, entry);

-- Their sums by day and by month. A month is the sum of its days, changed in the same transaction.
CREATE TABLE statistic_tally (
  grain TEXT NOT NULL,                  -- day, month
  tally TEXT NOT NULL,
  start TEXT NOT NULL,                  -- the day, or the first of the month
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  item TEXT NOT NULL,
  n {i64} NOT NULL,
  PRIMARY KEY (grain, tally, start, region, org, item)
) {strict};
CREATE INDEX statistic_tally_day ON statistic_tally (grain, start, tally);

-- Since when a report is counted: months that were closed before that are filled in late, which is no correction.
CREATE TABLE statistic_report (
  code TEXT NOT NULL PRIMARY KEY,
  since {i64} NOT NULL
) {strict};

-- Corrections are reported in the period in which they were noted.
CREATE INDEX statistic_correction_measure ON statistic_correction (measure, month);

-- Every case is looked at once more, so that what is declared from now on is counted of the past too.
UPDATE statistic_case SET version = -1;
