-- How documents of supervision were served: one row a record of service (送达回证), which is a document of its own.
-- paper: what was served; null for a decision that was issued before documents were. content: way, receiver, place, days and who served, sealed.
CREATE TABLE organization_service (
  record {bytes} NOT NULL PRIMARY KEY REFERENCES organization_paper (id),
  paper {bytes} REFERENCES organization_paper (id),
  content {bytes} NOT NULL
) {strict};
-- A document is served once.
CREATE UNIQUE INDEX organization_service_paper ON organization_service (paper);
