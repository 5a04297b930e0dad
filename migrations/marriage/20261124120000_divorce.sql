-- The persons and the checks of a case now belong to any case of this service: marriage or divorce. Same columns as before.
CREATE TABLE marriage_case_party_of_any (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  side TEXT NOT NULL,
  person {bytes},
  snapshot {bytes} NOT NULL,
  name_hash {bytes} NOT NULL,
  number_hash {bytes} NOT NULL,
  sex TEXT NOT NULL,
  birth_year {i64} NOT NULL,
  marital_before TEXT NOT NULL,
  by_chip {bool} NOT NULL,
  entered_by {bytes} NOT NULL,
  entered_at {i64} NOT NULL,
  confirmed_by {bytes},
  confirmed_at {i64},
  identified_by {bytes},
  identified_at {i64},
  face_score {i64},
  declared {bool} NOT NULL,
  statement TEXT,
  signed_at {i64}
) {strict};
INSERT INTO marriage_case_party_of_any (id, case_id, side, person, snapshot, name_hash, number_hash, sex, birth_year, marital_before, by_chip,
  entered_by, entered_at, confirmed_by, confirmed_at, identified_by, identified_at, face_score, declared, statement, signed_at)
SELECT id, case_id, side, person, snapshot, name_hash, number_hash, sex, birth_year, marital_before, by_chip,
  entered_by, entered_at, confirmed_by, confirmed_at, identified_by, identified_at, face_score, declared, statement, signed_at
FROM marriage_case_party;
DROP TABLE marriage_case_party;
ALTER TABLE marriage_case_party_of_any RENAME TO marriage_case_party;
CREATE UNIQUE INDEX marriage_case_party_side ON marriage_case_party (case_id, side);
CREATE INDEX marriage_case_party_number ON marriage_case_party (number_hash);
CREATE INDEX marriage_case_party_name ON marriage_case_party (name_hash);
CREATE INDEX marriage_case_party_person ON marriage_case_party (person);

CREATE TABLE marriage_check_of_any (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  stage TEXT NOT NULL,
  result TEXT NOT NULL,
  findings {bytes} NOT NULL,
  checked_by TEXT NOT NULL,
  at {i64} NOT NULL
) {strict};
INSERT INTO marriage_check_of_any (id, case_id, stage, result, findings, checked_by, at)
SELECT id, case_id, stage, result, findings, checked_by, at FROM marriage_check;
DROP TABLE marriage_check;
ALTER TABLE marriage_check_of_any RENAME TO marriage_check;
CREATE INDEX marriage_check_case ON marriage_check (case_id, at);

-- A case of divorce by registration (MFA Z.1). state: code of Z.1, before the acceptance 00. What the calendar has decided since counts
-- whether or not the state says so yet: cool_end, claim_end and today decide.
-- office: where it was accepted, and the only place where it is claimed or withdrawn. booking: the appointment of the first visit.
-- shown: marriage certificate and place of the registration as shown, sealed. marriage: the entry in our register, once accepted.
-- talk, claim_talk: what both said about will and capacity at the first and at the second visit, sealed.
-- pair: both persons, the lower id first. open: accepted and not yet at an end; a pair has one such row (R-MR-26).
-- accepted_on: A. cool_end: C, the last of the thirty days. claim_end: E, the last day of the claim. provisional: a year's calendar was
-- missing. counting: how the periods were counted. claimed_at: both were identified for the claim. withdrawn_by: side.
CREATE TABLE divorce_case (
  id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  office {bytes} NOT NULL,
  state TEXT NOT NULL,
  booking {bytes},
  shown {bytes},
  marriage {bytes},
  talk {bytes},
  claim_talk {bytes},
  pair {bytes},
  open {bool} NOT NULL,
  accepted_at {i64},
  accepted_on TEXT,
  cool_end TEXT,
  claim_end TEXT,
  provisional {bool} NOT NULL,
  counting TEXT NOT NULL,
  claimed_at {i64},
  withdrawn_by TEXT,
  withdrawn_at {i64}
) {strict};
CREATE UNIQUE INDEX divorce_case_booking ON divorce_case (booking) WHERE booking IS NOT NULL;
CREATE UNIQUE INDEX divorce_case_one_open ON divorce_case (pair) WHERE open;
CREATE INDEX divorce_case_cooling ON divorce_case (state, cool_end);
CREATE INDEX divorce_case_claim ON divorce_case (state, claim_end);
CREATE INDEX divorce_case_office_cooling ON divorce_case (office, cool_end, id) WHERE open;
CREATE INDEX divorce_case_office_claim ON divorce_case (office, claim_end, id) WHERE open;
CREATE INDEX divorce_case_office_first ON divorce_case (office, id) WHERE state = '00';

-- The agreement of both, version by version; nothing is changed in place. content: children, property, debts, sealed. scan: key of the
-- signed page; signed_at: when both signed it before the registrar.
CREATE TABLE divorce_agreement (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES divorce_case (id),
  version {i64} NOT NULL,
  content {bytes} NOT NULL,
  made_by TEXT NOT NULL,
  made_at {i64} NOT NULL,
  scan TEXT,
  signed_at {i64}
) {strict};
CREATE UNIQUE INDEX divorce_agreement_version ON divorce_agreement (case_id, version);

-- The register of divorces. content: both persons as they stood, the agreement's version and its remark, sealed. marriage: the entry that
-- ended by it, where it stands in our own register. cert_no: null only inside the transaction that registers, which takes it last.
CREATE TABLE divorce (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES divorce_case (id),
  marriage {bytes},
  agreement {bytes} NOT NULL REFERENCES divorce_agreement (id),
  content {bytes} NOT NULL,
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  office {bytes} NOT NULL,
  registrar {bytes} NOT NULL,
  cert_no TEXT,
  registered_on TEXT NOT NULL,
  registered_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX divorce_case_once ON divorce (case_id);
CREATE UNIQUE INDEX divorce_cert_no ON divorce (cert_no);
CREATE INDEX divorce_office_day ON divorce (office, registered_on);
CREATE INDEX divorce_marriage ON divorce (marriage);

-- A printed divorce certificate: one booklet of one holder. state: as of marriage_certificate. current: the holder's valid one.
CREATE TABLE divorce_certificate (
  id {bytes} NOT NULL PRIMARY KEY,
  divorce {bytes} NOT NULL REFERENCES divorce (id),
  holder TEXT NOT NULL,
  cert_no TEXT NOT NULL,
  print_serial TEXT NOT NULL,
  state TEXT NOT NULL,
  current {bool} NOT NULL,
  issued_on TEXT NOT NULL,
  printed_at {i64}
) {strict};
CREATE UNIQUE INDEX divorce_certificate_serial ON divorce_certificate (print_serial);
CREATE UNIQUE INDEX divorce_certificate_current ON divorce_certificate (cert_no, holder) WHERE current;
CREATE INDEX divorce_certificate_divorce ON divorce_certificate (divorce);
