-- The case of which a broken pledge was found: the record's subject is computed again from it when the key of search hashes changes.
ALTER TABLE case_credit ADD COLUMN case_id {bytes} REFERENCES case_head (id);
