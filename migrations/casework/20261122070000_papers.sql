-- 机关代字: the short name of an authority at the head of its document numbers, as its bureau has fixed it.
CREATE TABLE paper_sign (
  org {bytes} NOT NULL PRIMARY KEY REFERENCES organisation (id),
  sign TEXT NOT NULL,
  set_by TEXT NOT NULL,                 -- key of the actor
  set_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX paper_sign_once ON paper_sign (sign);

-- Last number given by an authority to a kind of document in a year: taken last in the transaction of the document, so no gap.
CREATE TABLE paper_counter (
  org {bytes} NOT NULL,
  kind TEXT NOT NULL,
  year {i64} NOT NULL,
  n {i64} NOT NULL,
  PRIMARY KEY (org, kind, year)
) {strict};

-- Numbered documents of cases. What a document says is frozen when it is issued; the file follows from the outbox.
CREATE TABLE paper (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  kind TEXT NOT NULL,                   -- receipt, acceptance, rejection …
  org {bytes} NOT NULL,                 -- the authority
  region TEXT NOT NULL,
  item_code TEXT NOT NULL,              -- basic code
  year {i64} NOT NULL,
  n {i64} NOT NULL,
  number TEXT NOT NULL,                 -- as printed
  head {bytes} NOT NULL,                -- sealed JSON: authority, addressee, item, case number
  content {bytes} NOT NULL,             -- sealed JSON: what it says
  issued_at {i64} NOT NULL,
  issued_by TEXT NOT NULL,              -- key of the actor
  token_hash {bytes} NOT NULL,          -- keyed hash of the token in the QR symbol
  served_at {i64},                      -- moment of the first service that counts
  voided_at {i64},                      -- 作废: the number stays
  voided_by TEXT,
  void_reason TEXT,
  file TEXT,                            -- the PDF; null until made
  file_sm3 TEXT,
  signature TEXT,                       -- the detached signature, a file
  signer_key TEXT,
  made_at {i64}
) {strict};
CREATE UNIQUE INDEX paper_number ON paper (org, kind, year, n);
CREATE UNIQUE INDEX paper_token ON paper (token_hash);
CREATE INDEX paper_case ON paper (case_id, issued_at, id);

-- Persons to whom a document is addressed, and when each opened it on the page.
CREATE TABLE paper_addressee (
  paper_id {bytes} NOT NULL REFERENCES paper (id),
  person {bytes} NOT NULL,
  issued_at {i64} NOT NULL,
  opened_at {i64},
  PRIMARY KEY (paper_id, person)
) {strict};
CREATE INDEX paper_addressee_person ON paper_addressee (person, issued_at, paper_id);

-- Services of a document on paper: handed out, posted, brought, made public.
CREATE TABLE paper_service (
  id {bytes} NOT NULL PRIMARY KEY,
  paper_id {bytes} NOT NULL REFERENCES paper (id),
  way {i64} NOT NULL,                   -- 1 counter, 2 post, 4 brought, 5 public notice
  state TEXT NOT NULL,                  -- sent, served, returned
  receiver {bytes} NOT NULL,            -- sealed: who received it; empty while under way
  relation TEXT NOT NULL,               -- how he stands to the addressee
  receiver_id {bytes} NOT NULL,         -- sealed, masked number
  tracking_no TEXT NOT NULL,            -- of the post, empty otherwise
  sent_at {i64} NOT NULL,
  ended_at {i64},                       -- served or returned
  recorded_by TEXT NOT NULL,            -- key of the actor
  record {bytes}                        -- the record of service (送达回证), a paper
) {strict};
CREATE INDEX paper_service_paper ON paper_service (paper_id, sent_at, id);
