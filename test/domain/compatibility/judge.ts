import type { JsonValue } from '../../../src/domain/json-value.ts';
import { compileSchema } from '../../../src/probes/schema-validation/compile-schema.ts';

/** Whether the validator accepts a value; null for a schema that it can not use. */
export async function judgeOf(schema: JsonValue): Promise<((value: JsonValue) => boolean | null) | null> {
  const compiled = await compileSchema(JSON.stringify(schema));
  if (compiled.kind !== 'compiled') return null;
  return (value) => {
    const { kind } = compiled.validate(value);
    return kind === 'valid' ? true : kind === 'violations' ? false : null;
  };
}
