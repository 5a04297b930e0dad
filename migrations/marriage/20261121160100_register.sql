-- The register of marriages. state: valid, ended or void. ended_on, end_kind: 1 divorce registered … 4 death … 7 annulled (Z.1).
-- cert_no: one number for the registration, shared by both booklets (spec README 9); null only inside the transaction that
-- registers, which takes the number last. registered_at: the marriage exists from here.
-- recorded_at of the versions says when the register learned it.
CREATE TABLE marriage (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  version {i64} NOT NULL,
  state TEXT NOT NULL,
  kind TEXT NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  office {bytes} NOT NULL,
  registrar {bytes} NOT NULL,
  cert_no TEXT,
  started_on TEXT NOT NULL,
  registered_at {i64} NOT NULL,
  ended_on TEXT,
  end_kind TEXT
) {strict};
CREATE UNIQUE INDEX marriage_cert_no ON marriage (cert_no);
CREATE UNIQUE INDEX marriage_case_once ON marriage (case_id);
CREATE INDEX marriage_office_day ON marriage (office, started_on);

-- The two of a marriage. valid: the marriage stands; the partial unique key lets a person have one such row and no more.
CREATE TABLE marriage_party (
  id {bytes} NOT NULL PRIMARY KEY,
  marriage {bytes} NOT NULL REFERENCES marriage (id),
  side TEXT NOT NULL,
  person {bytes} NOT NULL,
  valid {bool} NOT NULL,
  number_hash {bytes} NOT NULL,
  name_hash {bytes} NOT NULL,
  sex TEXT NOT NULL,
  birth_year {i64} NOT NULL,
  marital_before TEXT NOT NULL
) {strict};
CREATE UNIQUE INDEX marriage_party_side ON marriage_party (marriage, side);
CREATE UNIQUE INDEX marriage_party_one_valid ON marriage_party (person) WHERE valid;
CREATE INDEX marriage_party_number ON marriage_party (number_hash);
CREATE INDEX marriage_party_name ON marriage_party (name_hash);

-- What the register said, version by version (spec README 10). content: both persons and the remark, sealed. effective_on: from when it
-- holds; recorded_at: when it was entered; reason: why, from the closed list; recorded_by: who.
CREATE TABLE marriage_version (
  id {bytes} NOT NULL PRIMARY KEY,
  marriage {bytes} NOT NULL REFERENCES marriage (id),
  version {i64} NOT NULL,
  content {bytes} NOT NULL,
  effective_on TEXT NOT NULL,
  recorded_at {i64} NOT NULL,
  reason TEXT NOT NULL,
  recorded_by TEXT NOT NULL
) {strict};
CREATE UNIQUE INDEX marriage_version_number ON marriage_version (marriage, version);

-- A printed certificate: one booklet of one holder. state: 1 valid, 2 spoiled, 3 replaced, 4 ended by divorce, 5 revoked or void (Z.1).
-- print_serial: number printed in the blank booklet; empty until the booklet is printed. current: the holder's valid one.
CREATE TABLE marriage_certificate (
  id {bytes} NOT NULL PRIMARY KEY,
  marriage {bytes} NOT NULL REFERENCES marriage (id),
  holder TEXT NOT NULL,
  cert_no TEXT NOT NULL,
  print_serial TEXT NOT NULL,
  state TEXT NOT NULL,
  current {bool} NOT NULL,
  issued_on TEXT NOT NULL,
  printed_at {i64}
) {strict};
CREATE UNIQUE INDEX marriage_certificate_serial ON marriage_certificate (print_serial);
CREATE UNIQUE INDEX marriage_certificate_current ON marriage_certificate (cert_no, holder) WHERE current;
CREATE INDEX marriage_certificate_marriage ON marriage_certificate (marriage);

-- Last certificate number given for a prefix, a registering region and a year (R-MR-32, R-MR-34). Taken last in the transaction that
-- registers, so that a rolled back registration gives its number back.
CREATE TABLE marriage_cert_counter (
  prefix TEXT NOT NULL,
  region TEXT NOT NULL,
  year {i64} NOT NULL,
  n {i64} NOT NULL,
  PRIMARY KEY (prefix, region, year)
) {strict};

-- Deliveries of blank booklets. first_serial, last_serial: inclusive, equal length, digits.
CREATE TABLE booklet_range (
  id {bytes} NOT NULL PRIMARY KEY,
  office {bytes} NOT NULL,
  kind TEXT NOT NULL,
  first_serial TEXT NOT NULL,
  last_serial TEXT NOT NULL,
  count {i64} NOT NULL,
  received_by TEXT NOT NULL,
  received_at {i64} NOT NULL
) {strict};
CREATE INDEX booklet_range_office ON booklet_range (office, received_at);

-- One blank booklet. state: stock, used, spoiled or returned; it leaves stock once and never comes back (R-MR-33).
-- reason: why it was spoiled or returned. moved_by, moved_at: who took it out of stock, when.
CREATE TABLE booklet (
  serial TEXT NOT NULL PRIMARY KEY,
  range_id {bytes} NOT NULL REFERENCES booklet_range (id),
  office {bytes} NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  reason TEXT NOT NULL,
  moved_by TEXT,
  moved_at {i64}
) {strict};
CREATE INDEX booklet_office_state ON booklet (office, kind, state, serial);
