-- The tables of the releases service. Resources are kept as resource_table.h says; ids in `name` columns are never used
-- again, so the rows of deleted and purged resources stay.

CREATE TABLE newsrooms (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  display_name TEXT NOT NULL,
  parent_newsroom TEXT NOT NULL,
  source_language TEXT NOT NULL,
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
CREATE UNIQUE INDEX newsrooms_by_name ON newsrooms (newsroom_uid, name);

CREATE TABLE sections (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  title_key TEXT NOT NULL,
  parent_section TEXT NOT NULL,
  position BIGINT NOT NULL,
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
CREATE UNIQUE INDEX sections_by_name ON sections (newsroom_uid, name);

CREATE TABLE boilerplates (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  title TEXT NOT NULL,
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
CREATE UNIQUE INDEX boilerplates_by_name ON boilerplates (newsroom_uid, name);

CREATE TABLE boilerplate_revisions (
  newsroom_uid TEXT NOT NULL,
  boilerplate TEXT NOT NULL,
  number BIGINT NOT NULL,
  payload BYTES NOT NULL,
  PRIMARY KEY (newsroom_uid, boilerplate, number)
);
CREATE UNIQUE INDEX boilerplate_revisions_by_name ON boilerplate_revisions (boilerplate, number);

-- `state` and `pending_state` as stored (see release_record.proto); `public_since_us` is the greatest number while
-- publication is not decided or has no time yet; `purge_us` is 0 unless deleted, and -1 once purged.
CREATE TABLE releases (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  name TEXT NOT NULL,
  state BIGINT NOT NULL,
  pending_state BIGINT NOT NULL,
  public_since_us BIGINT NOT NULL,
  purge_us BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  language TEXT NOT NULL,
  headline TEXT NOT NULL,
  creator TEXT NOT NULL,
  last_editor TEXT NOT NULL,
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
CREATE UNIQUE INDEX releases_by_name ON releases (newsroom_uid, name);
CREATE INDEX releases_by_update ON releases (newsroom_uid, update_us, uid);
CREATE INDEX releases_by_purge ON releases (purge_us, uid);

CREATE TABLE release_topics (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);

CREATE TABLE release_revisions (
  newsroom_uid TEXT NOT NULL,
  release_uid TEXT NOT NULL,
  number BIGINT NOT NULL,
  digest TEXT NOT NULL,
  payload BYTES NOT NULL,
  PRIMARY KEY (newsroom_uid, release_uid, number)
);

-- Every state of every edition. A row is in force from public_since_us until public_until_us, the beginning of the
-- edition's next row, or the greatest number. `payload` is the reply to a reader, `card` what lists show.
CREATE TABLE editions (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  newsroom TEXT NOT NULL,
  release_uid TEXT NOT NULL,
  release_name TEXT NOT NULL,
  name TEXT NOT NULL,
  locale TEXT NOT NULL,
  number BIGINT NOT NULL,
  public_since_us BIGINT NOT NULL,
  public_until_us BIGINT NOT NULL,
  publish_us BIGINT NOT NULL,
  changed_us BIGINT NOT NULL,
  visibility BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  slug TEXT NOT NULL,
  reference_number TEXT NOT NULL,
  etag TEXT NOT NULL,
  verb BIGINT NOT NULL,
  announced BIGINT NOT NULL,
  payload BYTES NOT NULL,
  card BYTES NOT NULL,
  PRIMARY KEY (newsroom_uid, uid)
);
CREATE UNIQUE INDEX editions_by_name ON editions (name, number);
CREATE INDEX editions_by_release ON editions (release_name, locale, number);
CREATE INDEX editions_by_release_uid ON editions (release_uid, public_since_us);
CREATE INDEX editions_by_newsroom ON editions (newsroom, publish_us, name);
CREATE INDEX editions_by_publication ON editions (publish_us, name);
CREATE INDEX editions_by_beginning ON editions (newsroom, public_since_us);
CREATE INDEX editions_to_announce ON editions (announced, public_since_us, name);
CREATE INDEX editions_by_slug ON editions (newsroom_uid, locale, slug);

CREATE TABLE edition_topics (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
