-- The register of social organisations (社会组织): one row each, what lists and the search read. Its truth is the newest version beside it.
-- uscc: unified social credit code; null while it is being founded, never given to another (also not after its end).
-- kind: 1 social association, 2 social service institution, 3 foundation. subtype, industry: codes of data/organizations/codes.toml.
-- authority: the registering body. supervisor: name of the unit in charge of its business; empty where it registers directly.
-- status: 10 preparing, 20 under examination, 30 in existence, 31 suspended, 32 in liquidation, 40 deregistered, 41 registration
-- withdrawn, 42 certificate revoked, 43 registration by fraud undone; status_since: the day from which it holds.
-- level: result of the evaluation, 1 to 5 (A to AAAAA), 0 none. list_flag: '', abnormal or serious. legal_rep: the only person of whom a name
-- is public. funds: registered funds in fen. version: of the newest row of organization_version.
CREATE TABLE organization (
  id {bytes} NOT NULL PRIMARY KEY,
  uscc TEXT,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  subtype TEXT NOT NULL,
  industry TEXT NOT NULL,
  region TEXT NOT NULL REFERENCES region (code),
  authority {bytes} NOT NULL REFERENCES organisation (id),
  supervisor TEXT NOT NULL,
  status TEXT NOT NULL,
  status_since TEXT NOT NULL,
  established_on TEXT,
  charity {bool} NOT NULL,
  fundraising {bool} NOT NULL,
  level {i64} NOT NULL,
  list_flag TEXT NOT NULL,
  legal_rep TEXT NOT NULL,
  funds {i64} NOT NULL,
  version {i64} NOT NULL,
  updated_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX organization_uscc ON organization (uscc);
CREATE INDEX organization_by_name ON organization (name);
CREATE INDEX organization_authority ON organization (authority, status, id);
CREATE INDEX organization_authority_newest ON organization (authority, id);
CREATE INDEX organization_region ON organization (region, id);

-- What the register said, version by version; added to, never changed. content: the public base data, JSON. sealed: what is kept beside it and
-- never shown in public, sealed; null where nothing is known. effective_on: from when it holds; recorded_at: when it was entered: what stood on a day is the last version that was entered before its end.
CREATE TABLE organization_version (
  id {bytes} NOT NULL PRIMARY KEY,
  organization {bytes} NOT NULL REFERENCES organization (id),
  version {i64} NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at {i64} NOT NULL,
  recorded_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  content TEXT NOT NULL,
  sealed {bytes}
) {strict};
CREATE UNIQUE INDEX organization_version_number ON organization_version (organization, version);
