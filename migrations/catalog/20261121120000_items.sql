-- Items of both layers: 基本目录 (what is defined) and 实施清单 (what one body does).
CREATE TABLE catalog_item (
    id {bytes} NOT NULL PRIMARY KEY,
    layer TEXT NOT NULL,                -- basic, implementation
    code TEXT NOT NULL,                 -- 12 digits (basic) or 31 characters (implementation)
    basic_code TEXT NOT NULL,           -- the basic code in both layers
    basic_id {bytes} REFERENCES catalog_item (id), -- the basic item that an implementation claims
    org_id {bytes} REFERENCES organisation (id),   -- the body that implements it
    region TEXT NOT NULL REFERENCES region (code), -- of the body, or of the authority that defines the basic item
    service TEXT NOT NULL,              -- key of the owning service's procedure, hidden from the public
    public {bool} NOT NULL,             -- whether the item is in the public catalogue
    switch TEXT NOT NULL,               -- on, suspended, cancelled: what an authority has set
    switch_reason TEXT,                 -- and why
    shown_version {bytes},              -- the version that the search index was last told of
    shown_standing TEXT,                -- and the standing
    revision {i64} NOT NULL,            -- raised by one with every change of this row
    created_at {i64} NOT NULL           -- microseconds since 1970, UTC
) {strict};
CREATE UNIQUE INDEX catalog_item_code ON catalog_item (code);
CREATE UNIQUE INDEX catalog_item_claim ON catalog_item (basic_id, org_id) WHERE org_id IS NOT NULL;
CREATE INDEX catalog_item_region ON catalog_item (region, layer, code);
CREATE INDEX catalog_item_service ON catalog_item (service, layer, code);
CREATE INDEX catalog_item_basic ON catalog_item (basic_code, layer, region);

-- Published versions. A row never changes: triggers refuse it.
CREATE TABLE catalog_version (
    id {bytes} NOT NULL PRIMARY KEY,    -- a case keeps it for ever
    item_id {bytes} NOT NULL REFERENCES catalog_item (id),
    number {i64} NOT NULL,              -- 1, 2, 3 within the item
    basic_version_id {bytes} REFERENCES catalog_version (id), -- on which an implementation rests
    effective_from TEXT NOT NULL,       -- first day in force, ISO
    effective_to TEXT,                  -- last day in force, ISO
    text_hash TEXT NOT NULL,            -- SM3 of `elements`, hexadecimal
    published_at {i64} NOT NULL,        -- microseconds since 1970, UTC
    published_by TEXT NOT NULL,         -- name or id of the actor, as in the audit trail
    elements TEXT NOT NULL              -- JSON of the model, in the order of its members
) {strict};
CREATE UNIQUE INDEX catalog_version_number ON catalog_version (item_id, number);
CREATE INDEX catalog_version_effective ON catalog_version (effective_from, item_id);

-- The one draft that an item may have.
CREATE TABLE catalog_draft (
    id {bytes} NOT NULL PRIMARY KEY,
    item_id {bytes} NOT NULL REFERENCES catalog_item (id),
    state TEXT NOT NULL,                -- draft, department_review, legal_review, affairs_review
    revision {i64} NOT NULL,            -- raised by one with every change
    author TEXT NOT NULL,               -- key of the actor who last wrote it
    effective_from TEXT,                -- first day in force, ISO; the day of publication if absent
    effective_to TEXT,                  -- last day in force, ISO
    opinion TEXT,                       -- of the reviewer who sent it back
    changed_at {i64} NOT NULL,          -- microseconds since 1970, UTC
    elements TEXT NOT NULL              -- JSON of the model
) {strict};
CREATE UNIQUE INDEX catalog_draft_item ON catalog_draft (item_id);

-- What was done to drafts: submitted, passed, sent back, published. Added to, never changed.
CREATE TABLE catalog_review (
    id {bytes} NOT NULL PRIMARY KEY,    -- time-ordered
    item_id {bytes} NOT NULL REFERENCES catalog_item (id),
    draft_id {bytes} NOT NULL,          -- the draft, which is gone once published
    state TEXT NOT NULL,                -- in which state the draft was
    action TEXT NOT NULL,               -- submit, pass, return, publish
    actor_name TEXT NOT NULL,           -- who, as the trail shows it
    opinion TEXT,                       -- what was said
    at {i64} NOT NULL                   -- microseconds since 1970, UTC
) {strict};
CREATE INDEX catalog_review_item ON catalog_review (item_id, at, id);

-- 待更新: an implementation that has yet to take over a new version of its basic item.
CREATE TABLE catalog_update (
    item_id {bytes} NOT NULL REFERENCES catalog_item (id),           -- the implementation
    basic_version_id {bytes} NOT NULL REFERENCES catalog_version (id), -- what it has to take over
    due_on TEXT NOT NULL,               -- until when it should, ISO
    suspends_on TEXT,                   -- from this day on it is suspended unless taken over, ISO
    settled_from TEXT,                  -- first day of the version that took it over, ISO
    created_at {i64} NOT NULL,          -- microseconds since 1970, UTC
    PRIMARY KEY (item_id, basic_version_id)
) {strict};
CREATE INDEX catalog_update_open ON catalog_update (suspends_on, item_id) WHERE settled_from IS NULL;
