-- What the register said is added to, never changed; only the sealed part may be sealed anew with another key.
CREATE FUNCTION organization_version_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of the register are append-only';
END
$$;
CREATE TRIGGER organization_version_update BEFORE UPDATE OF id, organization, version, effective_on, recorded_at, recorded_by, reason, content
    ON organization_version FOR EACH STATEMENT EXECUTE FUNCTION organization_version_append_only();
CREATE TRIGGER organization_version_delete BEFORE DELETE OR TRUNCATE ON organization_version
    FOR EACH STATEMENT EXECUTE FUNCTION organization_version_append_only();
