-- Who created a stack, by name. Nobody was written down before.
ALTER TABLE stack ADD COLUMN username TEXT;
