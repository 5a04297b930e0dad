-- What the pages of figures read: the counts of the newest daily file, added up for every region with all below it, so that no page reads or
-- adds up more than the few rows of one region.
--   kind       as of organization; empty for what is no organisation
--   authority  level of the registering authority: province, city, county; empty for any other
--   industry   as of organization
--   stock      how many are in existence
--   counts     everything that is counted, as JSON
CREATE TABLE organization_figure (
  day TEXT NOT NULL REFERENCES organization_daily (day),
  region TEXT NOT NULL,
  kind TEXT NOT NULL,
  authority TEXT NOT NULL,
  industry TEXT NOT NULL,
  stock {i64} NOT NULL,
  counts TEXT NOT NULL,
  PRIMARY KEY (day, region, kind, authority, industry)
) {strict};

-- The lists behind the figures of a year go by day.
CREATE INDEX organization_fact_day ON organization_fact (kind, effective_on, id);
CREATE INDEX organization_status_since ON organization (status, status_since, id);
