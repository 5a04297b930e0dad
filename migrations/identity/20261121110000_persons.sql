-- A natural person, whatever accounts or documents he has. Names are sealed; sex and birth year are plain, because rules and
-- statistics need them.
CREATE TABLE person (
    id {bytes} NOT NULL PRIMARY KEY,
    name {bytes} NOT NULL,              -- full name, sealed
    name_hash {bytes} NOT NULL,         -- keyed hash of the normalised name, for exact search
    sex TEXT NOT NULL,                  -- GB/T 2261.1
    birth {bytes},                      -- date of birth, ISO, sealed; null where a document does not tell it
    birth_year {i64},
    created_at {i64} NOT NULL
) {strict};
CREATE INDEX person_name ON person (name_hash);

-- The documents of a person: an identity number in its 18-digit form, renewed passports beside old ones.
CREATE TABLE person_identifier (
    id {bytes} NOT NULL PRIMARY KEY,
    person_id {bytes} NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,                 -- GA/T 517, or our own value
    country TEXT NOT NULL,              -- ISO 3166 alpha-3 of the issuing country or region
    number {bytes} NOT NULL,            -- sealed
    hash {bytes} NOT NULL,              -- keyed hash of the number, with kind and country where it is no citizen number
    added_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX person_identifier_hash ON person_identifier (hash);
CREATE INDEX person_identifier_person ON person_identifier (person_id, added_at);

-- The account of a citizen.
CREATE TABLE account (
    id {bytes} NOT NULL PRIMARY KEY,
    phone {bytes},                      -- sealed
    phone_hash {bytes},                 -- keyed hash
    email {bytes},                      -- sealed
    email_hash {bytes},                 -- keyed hash
    password TEXT NOT NULL,             -- argon2id, PHC string
    lang TEXT NOT NULL,                 -- zh or en: the language of messages
    person_id {bytes} REFERENCES person (id), -- after the real-name step
    level {i64} NOT NULL,               -- level of assurance, 1 to 3
    vouched_by TEXT,                    -- who vouched for name and number
    created_at {i64} NOT NULL,
    closed_at {i64}
) {strict};
CREATE UNIQUE INDEX account_phone ON account (phone_hash) WHERE phone_hash IS NOT NULL;
CREATE UNIQUE INDEX account_email ON account (email_hash) WHERE email_hash IS NOT NULL;
CREATE UNIQUE INDEX account_person ON account (person_id) WHERE person_id IS NOT NULL;

-- Somebody gave a number that another account is bound to. A clerk settles it with both documents at a counter.
CREATE TABLE binding_dispute (
    id {bytes} NOT NULL PRIMARY KEY,
    account_id {bytes} NOT NULL REFERENCES account (id), -- who asked
    person_id {bytes} NOT NULL REFERENCES person (id),   -- whose number it is
    opened_at {i64} NOT NULL,
    settled_at {i64},
    outcome TEXT                        -- moved: the person is now bound to the account that asked
) {strict};
CREATE UNIQUE INDEX binding_dispute_open ON binding_dispute (account_id, person_id) WHERE settled_at IS NULL;

-- Codes sent by short message or mail, one a purpose and address.
CREATE TABLE one_time_code (
    id {bytes} NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,              -- sign_up, reset
    contact_hash {bytes} NOT NULL,
    code_hash {bytes} NOT NULL,         -- keyed hash; of no code at all where none was sent
    payload {bytes} NOT NULL,           -- what waits for the confirmation, sealed
    expires_at {i64} NOT NULL,
    tries {i64} NOT NULL                -- wrong codes so far
) {strict};
CREATE UNIQUE INDEX one_time_code_contact ON one_time_code (purpose, contact_hash);

-- Counters of failures and requests, by keyed hash of what they count: an account name, an address, a network.
CREATE TABLE guard (
    key {bytes} NOT NULL PRIMARY KEY,
    count {i64} NOT NULL,
    until {i64} NOT NULL                -- the count starts again at this moment
) {strict};
CREATE INDEX guard_until ON guard (until);
