-- Cases taken in for the body of another region (跨域通办). Where they were taken in is intake_region and intake_org of the head, who answers
-- for them is its region and org; this table says how they go from the one to the other.
CREATE TABLE cross_case (
  case_id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  mode TEXT NOT NULL,                   -- nearby 就近办, online 全程网办, proxy 异地代收代办, joint 多地联办
  residence TEXT,                       -- region in which the applicant lives or is registered, where the counter asked
  identity_method TEXT,                 -- how the counter made sure who the applicant is; null until it did
  identity_by {bytes},                  -- member of staff
  identity_name TEXT NOT NULL,
  identity_at {i64},
  recheck_by {bytes},                   -- second check by the body that answers, only ever with a reason
  recheck_name TEXT NOT NULL,
  recheck_reason {bytes},               -- sealed
  recheck_at {i64},
  delivery TEXT NOT NULL,               -- how the result comes back: digit of the list of ways of delivery
  opened_at {i64} NOT NULL
) {strict};

-- What goes from the receiving place to the body that answers: scans at once, papers by post. Corrections are further packets.
CREATE TABLE cross_packet (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES cross_case (case_id),
  n {i64} NOT NULL,                     -- 1, 2, … within the case
  kind TEXT NOT NULL,                   -- scan, paper
  from_region TEXT NOT NULL,            -- the receiving place
  from_org {bytes} NOT NULL,
  to_region TEXT NOT NULL,              -- the body that answers; follows the case when another one takes its place
  to_org {bytes} NOT NULL,
  item_code TEXT NOT NULL,              -- basic code
  made_at {i64} NOT NULL,
  send_by {i64} NOT NULL,               -- first moment at which it is late
  sent_at {i64},
  sent_by {bytes},                      -- member of staff
  sender TEXT NOT NULL,
  express_no TEXT NOT NULL,             -- of the post; empty for scans
  manifest {bytes},                     -- sealed list of what is in it; null until sent
  digest TEXT NOT NULL,                 -- SM3 over that list; empty until sent
  sign_by {i64},                        -- first moment at which signing in is late
  signed_at {i64},
  signed_by {bytes},
  signer TEXT NOT NULL,
  failed_at {i64}                       -- what arrived is not what was sent: another packet takes its place
) {strict};
CREATE UNIQUE INDEX cross_packet_n ON cross_packet (case_id, n);
CREATE INDEX cross_packet_out ON cross_packet (from_org, made_at, id);
CREATE INDEX cross_packet_in ON cross_packet (to_org, made_at, id);
CREATE INDEX cross_packet_late ON cross_packet (send_by, id) WHERE signed_at IS NULL AND failed_at IS NULL;

-- Where an open case was before its region was merged into another: history keeps the old code.
CREATE TABLE case_moved (
  id {bytes} NOT NULL PRIMARY KEY,
  case_id {bytes} NOT NULL REFERENCES case_head (id),
  from_region TEXT NOT NULL,
  from_org {bytes} NOT NULL,
  to_region TEXT NOT NULL,
  to_org {bytes} NOT NULL,
  on_day TEXT NOT NULL,                 -- day of the change of boundaries
  reason TEXT NOT NULL,                 -- the paper that says so
  at {i64} NOT NULL
) {strict};
CREATE INDEX case_moved_case ON case_moved (case_id, at);
-- Open cases of a region, for the change of boundaries; cases by where they were taken in, for figures.
CREATE INDEX case_head_region_open ON case_head (region, id) WHERE open;
CREATE INDEX case_head_intake ON case_head (intake_org, opened_at) WHERE intake_org IS NOT NULL;
