-- Periods that stood still at times or were extended once: counted again with all of it.
-- suspensions: JSON list of first day and day of resumption. extension: a further period that begins where the first ends, JSON, null if there is none.
ALTER TABLE deadline ADD COLUMN suspensions TEXT NOT NULL DEFAULT '[]';
ALTER TABLE deadline ADD COLUMN extension TEXT;
