-- A credit record that was withdrawn: by whom and why. It stays, and bars nobody any more.
ALTER TABLE case_credit ADD COLUMN withdrawn_by TEXT NOT NULL DEFAULT '';
ALTER TABLE case_credit ADD COLUMN withdrawn_reason TEXT NOT NULL DEFAULT '';
CREATE INDEX case_credit_case ON case_credit (case_id);
