-- How somebody wants to see the pages, on whatever device he signs in.
CREATE TABLE view_choice (
    holder {bytes} NOT NULL PRIMARY KEY, -- id of the account or of the member of staff
    lang TEXT,                          -- zh or en; null where he never chose
    mode TEXT,                          -- normal or large
    contrast TEXT                       -- plain or strong
) {strict};
