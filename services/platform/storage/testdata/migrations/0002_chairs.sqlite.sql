-- compatible from: 1
CREATE TABLE chairs (
  desk_uid TEXT NOT NULL REFERENCES desks (uid) ON DELETE CASCADE,
  number BIGINT NOT NULL,
  label TEXT NOT NULL,
  PRIMARY KEY (desk_uid, number)
);
