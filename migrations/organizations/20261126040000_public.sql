-- Extracts of the register: what it said at the end of a day, signed. Kept as issued; the same asked for again on the same day is the same.
--   number        of the year, without gap: TQ-2026-000001
--   as_of         the day as of which the register was read
--   content       what it said, as JSON; the files are made of it
--   fingerprint   SM3 of organisation, day, language and content: the same question has one answer a day
--   json, pdf     names of the files; with their detached signatures; absent while they are being made
--   json_sm3, pdf_sm3   SM3 of the files, by which they are recognised
--   signer_key    names the key that signed; public_key is it, so that it can be verified after a change of keys
CREATE TABLE organization_extract (
    id                {bytes} NOT NULL PRIMARY KEY,
    number            TEXT    NOT NULL,
    organization_id   {bytes} NOT NULL REFERENCES organization (id),
    as_of             TEXT    NOT NULL,
    lang              TEXT    NOT NULL CHECK (lang IN ('zh', 'en')),
    content           TEXT    NOT NULL,
    fingerprint       TEXT    NOT NULL,
    issued_at         {i64}   NOT NULL,
    json              TEXT,
    json_signature    TEXT,
    json_sm3          TEXT,
    pdf               TEXT,
    pdf_signature     TEXT,
    pdf_sm3           TEXT,
    signer_key        TEXT,
    public_key        TEXT
) {strict};
CREATE UNIQUE INDEX organization_extract_number ON organization_extract (number);
CREATE UNIQUE INDEX organization_extract_fingerprint ON organization_extract (fingerprint);
CREATE INDEX organization_extract_organization ON organization_extract (organization_id, issued_at);
CREATE INDEX organization_extract_json ON organization_extract (json_sm3);
CREATE INDEX organization_extract_pdf ON organization_extract (pdf_sm3);

-- Numbers of extracts by year; taken last in the transaction, so that none is left out.
CREATE TABLE organization_extract_counter (
    year {i64} NOT NULL PRIMARY KEY,
    n    {i64} NOT NULL
) {strict};

-- Who wants to be told when an entry changes. Nobody is told before he has confirmed by the link that was sent to him.
--   address       the mail address, sealed; address_hash finds it again
--   token         in the links to confirm and to stop, sealed; token_hash finds it
--   confirmed_at  when the link was followed
CREATE TABLE organization_follow (
    id                {bytes} NOT NULL PRIMARY KEY,
    organization_id   {bytes} NOT NULL REFERENCES organization (id),
    address           {bytes} NOT NULL,
    address_hash      {bytes} NOT NULL,
    lang              TEXT    NOT NULL CHECK (lang IN ('zh', 'en')),
    token             {bytes} NOT NULL,
    token_hash        {bytes} NOT NULL,
    asked_at          {i64}   NOT NULL,
    confirmed_at      {i64}
) {strict};
CREATE UNIQUE INDEX organization_follow_once ON organization_follow (organization_id, address_hash);
CREATE UNIQUE INDEX organization_follow_token ON organization_follow (token_hash);
CREATE INDEX organization_follow_told ON organization_follow (organization_id, id);
CREATE INDEX organization_follow_asked ON organization_follow (asked_at);

-- The daily file of everything public, in parts, so that neither making nor sending it holds it as a whole.
--   state    making, done
--   cursor   credit code of the last entry that is in a part
--   figures  what was counted on the way, by division, as JSON
CREATE TABLE organization_daily (
    day      TEXT    NOT NULL PRIMARY KEY,
    state    TEXT    NOT NULL CHECK (state IN ('making', 'done')),
    cursor   TEXT    NOT NULL,
    entries  {i64}   NOT NULL,
    figures  TEXT    NOT NULL,
    csv_bytes  {i64} NOT NULL,
    json_bytes {i64} NOT NULL,
    made_at  {i64}   NOT NULL
) {strict};
CREATE TABLE organization_daily_part (
    day      TEXT    NOT NULL REFERENCES organization_daily (day),
    number   {i64}   NOT NULL,
    csv      TEXT    NOT NULL,
    json     TEXT    NOT NULL,
    PRIMARY KEY (day, number)
) {strict};
CREATE INDEX organization_daily_part_csv ON organization_daily_part (csv);
CREATE INDEX organization_daily_part_json ON organization_daily_part (json);
