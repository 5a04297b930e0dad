-- Rows of the audit trail and their seals are added, never changed or removed.
CREATE TRIGGER audit_event_update BEFORE UPDATE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_event_delete BEFORE DELETE ON audit_event BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_seal_update BEFORE UPDATE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_seal_delete BEFORE DELETE ON audit_seal BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
