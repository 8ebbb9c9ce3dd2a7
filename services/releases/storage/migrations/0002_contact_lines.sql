-- Contact lines of editions that refer to contacts (domain/contact_printing.proto), for every edition that is decided.
-- `stale` is not 0 while there is news of a contact that it
-- depends on and that nobody has looked at.
CREATE TABLE contact_lines (
  newsroom_uid TEXT NOT NULL,
  edition TEXT NOT NULL,
  part_id TEXT NOT NULL,
  release_uid TEXT NOT NULL,
  release_name TEXT NOT NULL,
  stale BIGINT NOT NULL,
  payload BYTES NOT NULL,
  PRIMARY KEY (newsroom_uid, edition, part_id)
);
CREATE INDEX contact_lines_by_release ON contact_lines (release_uid, edition, part_id);
CREATE INDEX contact_lines_stale ON contact_lines (stale, release_name);

-- On which contacts, and organizations of contacts, each line depends.
CREATE TABLE contact_line_contacts (
  newsroom_uid TEXT NOT NULL,
  edition TEXT NOT NULL,
  part_id TEXT NOT NULL,
  contact TEXT NOT NULL,
  PRIMARY KEY (newsroom_uid, edition, part_id, contact)
);
CREATE INDEX contact_line_contacts_by_contact ON contact_line_contacts (contact, edition, part_id);

-- How often there was news of each contact or organization that anybody has asked about, to tell whether an answer is from before the
-- last one. Contacts of all newsrooms: their names say whose they are.
CREATE TABLE contact_news (
  contact TEXT NOT NULL PRIMARY KEY,
  number BIGINT NOT NULL
);
