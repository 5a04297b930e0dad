-- A case of marriage registration (MFA Z.1). Everything that names somebody is sealed; plain are only what rules and figures need.
-- state: code of Z.1 (10 初审 … 85 无效). kind: 1 both first, 2 one again, 3 both again, 4 the same couple again, 5 late registration.
-- booking: the appointment, if there was one. statement_version: version of the text both sign.
-- accepted_at: moment of acceptance, cleared when the case has to be accepted anew (spec README 10).
-- checked_at, check_result: last network check (0 no conflict, 1 conflict, 2 no answer, 3 to be verified).
-- interview: questions and answers, sealed. interview_flag: 0 none, 1 coercion, 2 trafficking, 3 violence suspected; sealed with the answers
-- and here as yes/no because the table of actions needs it. medical_told: both were told about the medical examination.
-- photo: key of the file; photo_width, photo_height: pixels. photo_ok: the registrar found it joint, recent, bareheaded.
-- kin_cleared_by: the registrar who looked into a possible kinship (MR-W07) and found none within the forbidden degrees.
-- registered_at, marriage: what came of it.
CREATE TABLE marriage_case (
  id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  state TEXT NOT NULL,
  booking {bytes},
  statement_version TEXT NOT NULL,
  accepted_at {i64},
  checked_at {i64},
  check_result TEXT,
  interview {bytes},
  interviewed_at {i64},
  interview_stops {bool} NOT NULL,
  medical_told {bool} NOT NULL,
  photo TEXT,
  photo_width {i64},
  photo_height {i64},
  photo_ok {bool} NOT NULL,
  photo_by {bytes},
  kin_cleared_by {bytes},
  registered_at {i64},
  marriage {bytes}
) {strict};
CREATE UNIQUE INDEX marriage_case_booking ON marriage_case (booking) WHERE booking IS NOT NULL;

-- One of the two persons of a case as the document showed him (PersonSnapshot of A.2). side: A the man's place, B the woman's.
-- person: the person, once known. snapshot: all that was entered, sealed. name_hash, number_hash: keyed hashes for exact search.
-- by_chip: read from the document's chip; else typed by entered_by and confirmed by somebody else (R-MR-20).
-- identified_at: the live identity check; face_score: null where the registrar compared by eye.
-- statement: key of the scan; declared: both declarations were made; signed_at: signed before the registrar.
CREATE TABLE marriage_case_party (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES marriage_case (id),
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
CREATE UNIQUE INDEX marriage_case_party_side ON marriage_case_party (case_id, side);
CREATE INDEX marriage_case_party_number ON marriage_case_party (number_hash);
CREATE INDEX marriage_case_party_name ON marriage_case_party (name_hash);

-- Every run of the checks, with what was found, as it was shown (sealed). stage: precheck, accept, network, register, conflict.
CREATE TABLE marriage_check (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES marriage_case (id),
  stage TEXT NOT NULL,
  result TEXT NOT NULL,
  findings {bytes} NOT NULL,
  checked_by TEXT NOT NULL,
  at {i64} NOT NULL
) {strict};
CREATE INDEX marriage_check_case ON marriage_check (case_id, at);

-- Registrars and when each last passed the examination (R-MR-19). on_duty: not suspended.
CREATE TABLE marriage_registrar (
  staff {bytes} NOT NULL PRIMARY KEY,
  registrar_no TEXT NOT NULL,
  office {bytes} NOT NULL,
  exam_on TEXT NOT NULL,
  on_duty {bool} NOT NULL,
  set_by TEXT NOT NULL,
  set_at {i64} NOT NULL
) {strict};
CREATE UNIQUE INDEX marriage_registrar_no ON marriage_registrar (registrar_no);
