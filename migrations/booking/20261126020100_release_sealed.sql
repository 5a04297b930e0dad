-- sealed_at: from when nobody gets onto the list of a draw any more. Whoever is writing a join at that moment is waited for, so that everybody
-- who was told that he joined is on the list.
ALTER TABLE slot_release ADD COLUMN sealed_at {i64};
