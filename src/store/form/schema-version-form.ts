import type { SchemaVersion } from '../../domain/schema/schema-version.ts';
import { object, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

export const schemaVersionForm = storedForm<SchemaVersion>('a version of a schema', object({ entry: text, path: text, contentHash: text, blob: text, commit: text, origin: text }));
