import schema from '../../../schemas/behavior.schema.json' with { type: 'json' };
import { keysOfSchema } from '../configuration/configuration-key.ts';

/** A behaviour file, read from its JSON Schema. What is not marked there may go any way: it is looked at as a change, and loosens nothing. */
export const behaviorKeys = keysOfSchema(schema, 'free');
