-- Since when a member of staff has his password; null for one that an administrator gave him and that he changes first of all.
ALTER TABLE staff ADD COLUMN password_at {i64};
UPDATE staff SET password_at = created_at;

-- The last passwords of a member of staff, the present one among them: none of them may be chosen again.
CREATE TABLE staff_password (
    id {bytes} NOT NULL PRIMARY KEY,
    staff_id {bytes} NOT NULL REFERENCES staff (id),
    password TEXT NOT NULL,             -- argon2id, PHC string
    set_at {i64} NOT NULL
) {strict};
CREATE INDEX staff_password_staff ON staff_password (staff_id, set_at);
INSERT INTO staff_password (id, staff_id, password, set_at) SELECT id, id, password, created_at FROM staff;
