-- Until when a certificate counts at most; null where it does not run out by itself.
ALTER TABLE organization_paper ADD COLUMN until_on TEXT;
