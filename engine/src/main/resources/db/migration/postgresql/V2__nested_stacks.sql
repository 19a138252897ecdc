-- Stacks inside resources of others, what a type stood for when a resource was made, and files that
-- the definitions of such stacks share.

ALTER TABLE stack ADD COLUMN owner_id TEXT;
ALTER TABLE stack ADD COLUMN owner_resource TEXT;
ALTER TABLE stack ADD COLUMN root_id TEXT;
ALTER TABLE stack ADD COLUMN depth INTEGER;

CREATE INDEX stack_owner ON stack (owner_id);

ALTER TABLE resource ADD COLUMN implementation TEXT NOT NULL DEFAULT '';
UPDATE resource SET implementation = type;

CREATE TABLE file_set (
  digest  TEXT PRIMARY KEY,
  content TEXT NOT NULL
);

-- A definition from before names its files by its own id.
INSERT INTO file_set (digest, content) SELECT id, files FROM definition;
ALTER TABLE definition ADD COLUMN file_set TEXT NOT NULL DEFAULT '';
UPDATE definition SET file_set = id;
ALTER TABLE definition DROP COLUMN files;

CREATE INDEX definition_file_set ON definition (file_set);
