-- A published version never changes, whoever asks.
CREATE FUNCTION catalog_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is added to only', TG_TABLE_NAME;
END
$$;
CREATE TRIGGER catalog_version_immutable BEFORE UPDATE OR DELETE ON catalog_version
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
CREATE TRIGGER catalog_review_immutable BEFORE UPDATE OR DELETE ON catalog_review
    FOR EACH ROW EXECUTE FUNCTION catalog_refuse_change();
