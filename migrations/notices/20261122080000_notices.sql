-- What somebody has been told. Removed after the time that data/notices/topics.toml gives to its topic.
CREATE TABLE notice (
    id {bytes} NOT NULL PRIMARY KEY,
    holder {bytes},                     -- account, person or member of staff; null for an address without an account
    topic TEXT NOT NULL,
    dedupe TEXT NOT NULL,               -- two notices with the same key are one
    words {bytes} NOT NULL,             -- title and text in both languages, sealed
    link TEXT,                          -- path of the page it is about
    urgent {bool} NOT NULL,
    told_at {i64} NOT NULL,
    visible_at {i64} NOT NULL,          -- until then it can be taken back, and nobody sees it
    read_at {i64}
) {strict};
CREATE UNIQUE INDEX notice_dedupe ON notice (dedupe);
CREATE INDEX notice_holder ON notice (holder, id) WHERE holder IS NOT NULL;
CREATE INDEX notice_unread ON notice (holder) WHERE holder IS NOT NULL AND read_at IS NULL;
CREATE INDEX notice_told ON notice (topic, told_at);

-- How a notice went out beside the page: one row a channel.
CREATE TABLE notice_delivery (
    id {bytes} NOT NULL PRIMARY KEY,
    notice_id {bytes} NOT NULL REFERENCES notice (id),
    channel TEXT NOT NULL,              -- sms or mail
    address TEXT,                       -- masked; null where nothing is sent
    state TEXT NOT NULL,                -- waiting, sent, failed, unwanted, nowhere
    reason TEXT,                        -- of a failure: refused or unreachable
    due_at {i64},                       -- not before this moment; null where nothing is sent
    ended_at {i64}                      -- sent or failed
) {strict};
CREATE UNIQUE INDEX notice_delivery_channel ON notice_delivery (notice_id, channel);

-- Which topics somebody wants by which channel. Without a row, what data/notices/topics.toml says.
CREATE TABLE notice_preference (
    account_id {bytes} NOT NULL REFERENCES account (id),
    topic TEXT NOT NULL,
    sms {bool} NOT NULL,
    mail {bool} NOT NULL,
    PRIMARY KEY (account_id, topic)
) {strict};

-- Accounts that want messages at night, too.
CREATE TABLE notice_no_quiet (
    account_id {bytes} NOT NULL PRIMARY KEY REFERENCES account (id),
    set_at {i64} NOT NULL
) {strict};
