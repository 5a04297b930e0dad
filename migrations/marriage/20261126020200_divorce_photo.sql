-- The photo of each holder on his certificate (2 inches, one person): key of the stored file; none where none was handed in.
ALTER TABLE divorce ADD COLUMN photo_a TEXT;
ALTER TABLE divorce ADD COLUMN photo_b TEXT;
