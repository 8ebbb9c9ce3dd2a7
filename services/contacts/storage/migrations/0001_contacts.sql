-- The tables of the contacts service. Resources are kept as resource_table.h says; ids in `name` columns are never used
-- again, so the rows of deleted and purged resources stay, emptied.

-- What this service keeps of the newsrooms of the releases service. `generation` is that of the listing that brought it.
CREATE TABLE newsrooms (
  name TEXT NOT NULL PRIMARY KEY,
  uid TEXT NOT NULL,
  parent_newsroom TEXT NOT NULL,
  source_language TEXT NOT NULL,
  time_zone TEXT NOT NULL,
  generation BIGINT NOT NULL
);
CREATE INDEX newsrooms_by_parent ON newsrooms (parent_newsroom);

CREATE TABLE organizations (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  kind BIGINT NOT NULL,
  parent_organization TEXT NOT NULL,
  country TEXT NOT NULL,
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
CREATE UNIQUE INDEX organizations_by_name ON organizations (newsroom_uid, name);
CREATE INDEX organizations_by_parent ON organizations (parent_organization);
CREATE INDEX organizations_by_purge ON organizations (purge_us);
CREATE TABLE organization_mail_domains (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
CREATE INDEX organization_mail_domains_by_value ON organization_mail_domains (newsroom_uid, value);
-- What organizations are found by: the words of their names, folded.
CREATE TABLE organization_keys (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
CREATE INDEX organization_keys_by_value ON organization_keys (newsroom_uid, value);

CREATE TABLE contacts (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  kind BIGINT NOT NULL,
  relation BIGINT NOT NULL,
  state BIGINT NOT NULL,
  visibility BIGINT NOT NULL,
  organization TEXT NOT NULL,
  substitute TEXT NOT NULL,
  valid_from_us BIGINT NOT NULL,
  valid_until_us BIGINT NOT NULL,
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
CREATE UNIQUE INDEX contacts_by_name ON contacts (newsroom_uid, name);
CREATE INDEX contacts_by_organization ON contacts (organization);
CREATE INDEX contacts_by_substitute ON contacts (substitute);
CREATE INDEX contacts_by_purge ON contacts (purge_us);
CREATE TABLE contact_languages (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
CREATE INDEX contact_languages_by_value ON contact_languages (newsroom_uid, value);
-- What contacts are found by: the words of their names and roles, folded; and whole mail addresses and numbers.
CREATE TABLE contact_keys (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
CREATE INDEX contact_keys_by_value ON contact_keys (newsroom_uid, value);
CREATE TABLE contact_addresses (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
CREATE INDEX contact_addresses_by_value ON contact_addresses (newsroom_uid, value);

CREATE TABLE merges (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  contact TEXT NOT NULL,
  undone BIGINT NOT NULL,
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
CREATE UNIQUE INDEX merges_by_name ON merges (newsroom_uid, name);
CREATE INDEX merges_by_contact ON merges (newsroom_uid, contact);
