-- A member of staff. The name is plain: the audit trail and the desk show it.
CREATE TABLE staff (
    id {bytes} NOT NULL PRIMARY KEY,
    username TEXT NOT NULL,             -- lower case
    name TEXT NOT NULL,
    org_id {bytes} NOT NULL REFERENCES organisation (id),
    password TEXT NOT NULL,             -- argon2id, PHC string
    totp {bytes} NOT NULL,              -- secret of the second factor, sealed
    totp_step {i64} NOT NULL,           -- last step that was used: a code serves once
    created_at {i64} NOT NULL,
    suspended_at {i64}
) {strict};
CREATE UNIQUE INDEX staff_username ON staff (username);
CREATE INDEX staff_org ON staff (org_id, username);

-- What a member of staff may do, where, and until when. Never deleted: revoked.
CREATE TABLE staff_grant (
    id {bytes} NOT NULL PRIMARY KEY,
    staff_id {bytes} NOT NULL REFERENCES staff (id),
    role TEXT NOT NULL,
    region TEXT NOT NULL REFERENCES region (code), -- and everything below it
    org_id {bytes} REFERENCES organisation (id),   -- only for this organisation; null for all
    item TEXT,                          -- only for this basic code; null for all
    granted_by TEXT NOT NULL,           -- actor
    granted_at {i64} NOT NULL,
    until {i64},
    revoked_at {i64}
) {strict};
CREATE INDEX staff_grant_staff ON staff_grant (staff_id, granted_at);

-- Sessions of citizens and staff. The token itself is only in the person's cookie.
CREATE TABLE session (
    id {bytes} NOT NULL PRIMARY KEY,
    token_hash {bytes} NOT NULL,
    account_id {bytes} REFERENCES account (id),
    staff_id {bytes} REFERENCES staff (id),
    started_at {i64} NOT NULL,
    last_seen {i64} NOT NULL,           -- written at most once a minute
    ends_at {i64} NOT NULL              -- whatever is done
) {strict};
CREATE UNIQUE INDEX session_token ON session (token_hash);
CREATE INDEX session_account ON session (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX session_staff ON session (staff_id) WHERE staff_id IS NOT NULL;
CREATE INDEX session_ends ON session (ends_at);

-- Bearer tokens of programs.
CREATE TABLE api_token (
    id {bytes} NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,                 -- which system uses it
    token_hash {bytes} NOT NULL,
    account_id {bytes} REFERENCES account (id), -- the citizen for whom a personal token acts
    region TEXT REFERENCES region (code),       -- scope of a system token
    org_id {bytes} REFERENCES organisation (id),
    items TEXT NOT NULL,                -- basic codes, JSON; an empty list means all
    roles TEXT NOT NULL,                -- codes of roles, JSON
    created_by TEXT NOT NULL,
    created_at {i64} NOT NULL,
    until {i64} NOT NULL,
    revoked_at {i64}
) {strict};
CREATE UNIQUE INDEX api_token_hash ON api_token (token_hash);
CREATE INDEX api_token_created ON api_token (created_at);
