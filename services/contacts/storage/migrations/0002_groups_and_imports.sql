-- Groups of contacts, and what imports of files did.

-- `name_key` is the folded display_name, unique among the groups that are not deleted; of the others it is "-" and the name,
-- which nothing folds to.
CREATE TABLE contact_groups (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  name_key TEXT NOT NULL,
  purge_us BIGINT NOT NULL,
  etag BIGINT NOT NULL,
  actor TEXT NOT NULL,
  request_id TEXT NOT NULL,
  create_us BIGINT NOT NULL,
  update_us BIGINT NOT NULL,
  delete_us BIGINT NOT NULL,
  payload BYTES NOT NULL,
  payload_schema BIGINT NOT NULL,
  min_writer BIGINT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid)
);
CREATE UNIQUE INDEX contact_groups_by_name ON contact_groups (newsroom_uid, name);
CREATE UNIQUE INDEX contact_groups_by_name_key ON contact_groups (newsroom_uid, name_key);
CREATE INDEX contact_groups_by_purge ON contact_groups (purge_us);

-- Who is in a group: newsroom_uid and uid are the group's. `contact` is the contact that was added; `shown` the one that is
-- listed for it, another one while that contact is merged. Both are of the newsroom contact_newsroom_uid, since contacts are
-- merged within one.
CREATE TABLE group_members (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  contact_newsroom_uid TEXT NOT NULL,
  contact TEXT NOT NULL,
  shown TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, contact)
);
CREATE INDEX group_members_by_shown ON group_members (newsroom_uid, uid, shown);
CREATE INDEX group_members_by_contact ON group_members (contact);
CREATE INDEX group_members_by_contact_shown ON group_members (shown);

-- What each transaction of an import did with its cards: what a repetition of the call answers with. Without names and
-- addresses of anybody.
CREATE TABLE imports (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  etag BIGINT NOT NULL,
  actor TEXT NOT NULL,
  request_id TEXT NOT NULL,
  create_us BIGINT NOT NULL,
  update_us BIGINT NOT NULL,
  delete_us BIGINT NOT NULL,
  payload BYTES NOT NULL,
  payload_schema BIGINT NOT NULL,
  min_writer BIGINT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid)
);
CREATE UNIQUE INDEX imports_by_name ON imports (newsroom_uid, name);
CREATE INDEX imports_by_create_time ON imports (create_us);
