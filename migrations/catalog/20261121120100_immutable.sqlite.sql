-- A published version never changes, whoever asks.
CREATE TRIGGER catalog_version_no_update BEFORE UPDATE ON catalog_version
BEGIN SELECT RAISE(ABORT, 'catalog_version is immutable'); END;
CREATE TRIGGER catalog_version_no_delete BEFORE DELETE ON catalog_version
BEGIN SELECT RAISE(ABORT, 'catalog_version is immutable'); END;
CREATE TRIGGER catalog_review_no_update BEFORE UPDATE ON catalog_review
BEGIN SELECT RAISE(ABORT, 'catalog_review is added to only'); END;
CREATE TRIGGER catalog_review_no_delete BEFORE DELETE ON catalog_review
BEGIN SELECT RAISE(ABORT, 'catalog_review is added to only'); END;
