-- Whether an operation looks at what is there before it decides what to do.

ALTER TABLE operation ADD COLUMN converge BOOLEAN NOT NULL DEFAULT FALSE;
