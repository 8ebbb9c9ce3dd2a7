CREATE TABLE desks (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  desk_id TEXT NOT NULL,
  title TEXT NOT NULL,
  seats BIGINT NOT NULL,
  kind BIGINT NOT NULL,
  open BIGINT NOT NULL,
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
CREATE UNIQUE INDEX desks_by_id ON desks (newsroom_uid, desk_id);
CREATE TABLE desk_topics (
  newsroom_uid TEXT NOT NULL,
  uid TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, uid, value)
);
