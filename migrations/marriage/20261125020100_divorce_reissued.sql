-- A divorce turns void with its marriage: state valid, void.
ALTER TABLE divorce ADD COLUMN state TEXT NOT NULL DEFAULT 'valid';

-- Divorce certificates are re-issued as well. kind: J a marriage's, L a divorce's certificate is asked for. divorce: the file that was found, in
-- place of marriage. A number is that of one re-issue, whichever the kind.
ALTER TABLE marriage_reissue ADD COLUMN kind TEXT NOT NULL DEFAULT 'J';
ALTER TABLE marriage_reissue ADD COLUMN divorce {bytes};

-- Certificates are looked up by any number that they ever had.
CREATE INDEX divorce_certificate_no ON divorce_certificate (cert_no);
