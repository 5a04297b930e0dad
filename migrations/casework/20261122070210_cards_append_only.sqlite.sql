-- Cards and what is said about them are added, never changed or removed.
CREATE TRIGGER supervision_card_update BEFORE UPDATE ON supervision_card BEGIN SELECT RAISE(ABORT, 'cards are append-only'); END;
CREATE TRIGGER supervision_card_delete BEFORE DELETE ON supervision_card BEGIN SELECT RAISE(ABORT, 'cards are append-only'); END;
CREATE TRIGGER supervision_note_update BEFORE UPDATE ON supervision_note BEGIN SELECT RAISE(ABORT, 'cards are append-only'); END;
CREATE TRIGGER supervision_note_delete BEFORE DELETE ON supervision_note BEGIN SELECT RAISE(ABORT, 'cards are append-only'); END;
