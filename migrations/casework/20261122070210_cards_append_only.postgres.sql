-- Cards and what is said about them are added, never changed or removed.
CREATE FUNCTION supervision_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'cards are append-only';
END
$$;
CREATE TRIGGER supervision_card_change BEFORE UPDATE OR DELETE OR TRUNCATE ON supervision_card
    FOR EACH STATEMENT EXECUTE FUNCTION supervision_append_only();
CREATE TRIGGER supervision_note_change BEFORE UPDATE OR DELETE OR TRUNCATE ON supervision_note
    FOR EACH STATEMENT EXECUTE FUNCTION supervision_append_only();
