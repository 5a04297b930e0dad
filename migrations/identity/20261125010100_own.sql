-- Persons who closed their account: what the law keeps of them is stored and used for nothing else. Gone with the next real-name step.
CREATE TABLE person_only_stored (
    person_id {bytes} NOT NULL PRIMARY KEY REFERENCES person (id),
    since {i64} NOT NULL
) {strict};

-- Consents of guardians to the handling of data of children under fourteen, given at a counter. Never deleted: withdrawn.
CREATE TABLE guardian_consent (
    id {bytes} NOT NULL PRIMARY KEY,
    child {bytes} NOT NULL REFERENCES person (id),
    guardian {bytes} NOT NULL REFERENCES person (id),
    relation TEXT NOT NULL,             -- parent or other
    org_id {bytes} NOT NULL REFERENCES organisation (id), -- where it was given
    recorded_by {bytes} NOT NULL REFERENCES staff (id),
    recorded_at {i64} NOT NULL,
    withdrawn_at {i64}
) {strict};
CREATE UNIQUE INDEX guardian_consent_once ON guardian_consent (child, guardian) WHERE withdrawn_at IS NULL;
