-- A personal token of a member of staff acts as him, with less than his own rights.
ALTER TABLE api_token ADD COLUMN staff_id {bytes} REFERENCES staff (id);
-- When a program last used the token; written at most once a minute.
ALTER TABLE api_token ADD COLUMN last_used {i64};
CREATE INDEX api_token_staff ON api_token (staff_id, created_at) WHERE staff_id IS NOT NULL;
CREATE INDEX api_token_account ON api_token (account_id, created_at) WHERE account_id IS NOT NULL;
