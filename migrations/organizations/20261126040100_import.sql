-- Registers that were kept elsewhere, imported from tables.
--   authority    the body whose register it is, where the table does not say
--   region       the division outside of which nothing is taken
--   columns      heads of the table, as JSON
--   mapping      which column is which field, as JSON
--   state        mapping (waits for it), checking (the dry run), checked, loading, done, failed, dropped
--   run          counts the dry runs: what an earlier one found no longer counts
--   total        lines of the table; done: how many the present run has looked at
--   fresh, changed, same, refused   what the present run found
--   problem      why it failed, as JSON
CREATE TABLE organization_import (
    id           {bytes} NOT NULL PRIMARY KEY,
    authority    {bytes} NOT NULL REFERENCES organisation (id),
    region       TEXT    NOT NULL REFERENCES region (code),
    file_name    TEXT    NOT NULL,
    columns      TEXT    NOT NULL,
    mapping      TEXT    NOT NULL,
    state        TEXT    NOT NULL CHECK (state IN ('mapping', 'checking', 'checked', 'loading', 'done', 'failed', 'dropped')),
    run          {i64}   NOT NULL,
    total        {i64}   NOT NULL,
    done         {i64}   NOT NULL,
    fresh        {i64}   NOT NULL,
    changed      {i64}   NOT NULL,
    same         {i64}   NOT NULL,
    refused      {i64}   NOT NULL,
    problem      TEXT,
    sent_by      TEXT    NOT NULL,
    sent_name    TEXT    NOT NULL,
    sent_at      {i64}   NOT NULL
) {strict};
CREATE INDEX organization_import_list ON organization_import (authority, id);
CREATE INDEX organization_import_open ON organization_import (sent_at, id) WHERE state IN ('checking', 'loading');

-- The lines of a table in pieces that are read one at a time, sealed files. begins: lines before this piece.
CREATE TABLE organization_import_piece (
    import_id  {bytes} NOT NULL REFERENCES organization_import (id),
    begins     {i64}   NOT NULL,
    file       TEXT    NOT NULL,
    PRIMARY KEY (import_id, begins)
) {strict};

-- In which line of a table each credit code stands first: a second line with it is refused. Written by the dry run.
CREATE TABLE organization_import_code (
    import_id  {bytes} NOT NULL REFERENCES organization_import (id),
    run        {i64}   NOT NULL,
    uscc       TEXT    NOT NULL,
    line       {i64}   NOT NULL,
    PRIMARY KEY (import_id, run, uscc)
) {strict};

-- Lines that cannot be taken, up to a limit. cells: the line, sealed; issues: why, as JSON.
CREATE TABLE organization_import_reject (
    id         {bytes} NOT NULL PRIMARY KEY,
    import_id  {bytes} NOT NULL REFERENCES organization_import (id),
    run        {i64}   NOT NULL,
    line       {i64}   NOT NULL,
    cells      {bytes} NOT NULL,
    issues     TEXT    NOT NULL
) {strict};
CREATE UNIQUE INDEX organization_import_reject_line ON organization_import_reject (import_id, run, line);

-- The mapping that was last chosen for tables with this head, to be offered again.
CREATE TABLE organization_import_mapping (
    authority  {bytes} NOT NULL REFERENCES organisation (id),
    head       TEXT    NOT NULL,
    mapping    TEXT    NOT NULL,
    PRIMARY KEY (authority, head)
) {strict};
