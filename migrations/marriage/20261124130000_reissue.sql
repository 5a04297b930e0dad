-- A case of re-issue (补领婚姻登记证). state: 10 applied, 20 archive asked, 30 file found, 40 issued, 50 refused, 60 given up.
-- request: who came, why, what is told of the registration; sealed.
-- marriage, side: the file that was found and the applicant's place in it. asked_on, answer_by: the archive was asked, and its last day.
-- photo, statement: keys of the files taken at the issue. cert_no, issued_on: what was issued.
CREATE TABLE marriage_reissue (
  id {bytes} NOT NULL PRIMARY KEY REFERENCES case_head (id),
  office {bytes} NOT NULL,
  state TEXT NOT NULL,
  request {bytes} NOT NULL,
  marriage {bytes} REFERENCES marriage (id),
  side TEXT,
  asked_on TEXT,
  answer_by TEXT,
  photo TEXT,
  statement TEXT,
  cert_no TEXT,
  issued_on TEXT
) {strict};
CREATE INDEX marriage_reissue_office ON marriage_reissue (office, id);
CREATE UNIQUE INDEX marriage_reissue_cert ON marriage_reissue (cert_no);

-- Certificates are looked up by any number that they ever had.
CREATE INDEX marriage_certificate_no ON marriage_certificate (cert_no);
