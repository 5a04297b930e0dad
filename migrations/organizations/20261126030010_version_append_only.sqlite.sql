-- What the register said is added to, never changed; only the sealed part may be sealed anew with another key.
CREATE TRIGGER organization_version_update BEFORE UPDATE OF id, organization, version, effective_on, recorded_at, recorded_by, reason, content
    ON organization_version BEGIN SELECT RAISE(ABORT, 'versions of the register are append-only'); END;
CREATE TRIGGER organization_version_delete BEFORE DELETE ON organization_version
    BEGIN SELECT RAISE(ABORT, 'versions of the register are append-only'); END;
