-- The common head of every case, whatever the service (OVP P2.1, A1.1). Lists, clocks and search read only this.
-- id: made by the program. case_no: 22 digits (OVP P2.2). service: key of the service that owns the states.
-- item_code: basic code of the service item. item_version: version of the published item under which the case runs, if one is.
-- region: six digits of the office. org: organisation that answers for the case. office: key of the office.
-- phase: phase of P2.3 that the service's own state declares. version: grows by one with every action (E-ST02).
-- due_at: last moment of the promised limit, null where the item is done on the spot. owner: member of staff who holds the case.
-- closed_at: moment of the last phase, null while open.
CREATE TABLE case_head (
  id {bytes} NOT NULL PRIMARY KEY,
  case_no TEXT NOT NULL,
  service TEXT NOT NULL,
  item_code TEXT NOT NULL,
  item_version {bytes},
  region TEXT NOT NULL,
  org {bytes} NOT NULL,
  office {bytes} NOT NULL,
  phase TEXT NOT NULL,
  version {i64} NOT NULL,
  due_at {i64},
  owner {bytes},
  opened_at {i64} NOT NULL,
  closed_at {i64}
) {strict};
CREATE UNIQUE INDEX case_head_case_no ON case_head (case_no);
CREATE INDEX case_head_office ON case_head (office, opened_at);
CREATE INDEX case_head_region_phase ON case_head (region, phase, due_at, id);

-- What was done with a case, appended and never changed (C-19). The state of a case is what its last action left.
-- seq: the version that the action made. verb: what was done. state_from, state_to: the service's own state codes.
-- actor_kind, actor: who. at: when. reason: why, in words without personal data.
CREATE TABLE case_action (
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  seq {i64} NOT NULL,
  verb TEXT NOT NULL,
  state_from TEXT NOT NULL,
  state_to TEXT NOT NULL,
  phase TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  at {i64} NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (case_id, seq)
) {strict};

-- Last case number given in a region on a day; gaps are allowed (OVP P2.2).
CREATE TABLE case_counter (
  region TEXT NOT NULL,
  day TEXT NOT NULL,
  n {i64} NOT NULL,
  PRIMARY KEY (region, day)
) {strict};
