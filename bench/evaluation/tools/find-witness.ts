import { compileSchema } from '../../../src/probes/schema-validation/compile-schema.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { documentNear } from './document-near.ts';
import type { Random } from './random.ts';

const documents = 1_000;

/** Looks for a document that the validator accepts under the older and refuses under the newer schema. Null: none among so many, which proves nothing. */
export async function findWitness(older: JsonValue, newer: JsonValue, random: Random): Promise<{ readonly document: JsonValue } | null> {
  const [before, after] = [await compileSchema(JSON.stringify(older)), await compileSchema(JSON.stringify(newer))];
  if (before.kind !== 'compiled' || after.kind !== 'compiled') return null;
  for (let count = 0; count < documents; count += 1) {
    const document = documentNear(count % 2 === 0 ? older : newer, random);
    if (before.validate(document).kind === 'valid' && after.validate(document).kind === 'violations') return { document };
  }
  return null;
}
