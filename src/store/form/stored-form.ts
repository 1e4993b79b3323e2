import { Ajv } from 'ajv';
import type { SchemaObject, ValidateFunction } from 'ajv';
import { Failure } from '../../domain/failure.ts';

/** How a value stands in a column: JSON text that is checked when it is read back. */
export interface StoredForm<Value> {
  write(value: Value): string;
  /** @throws Failure STORE_INCONSISTENT when the text is not what this version writes. */
  read(text: string): Value;
}

const ajv = new Ajv({ strict: false, useDefaults: true });

export function storedForm<Value>(what: string, schema: SchemaObject): StoredForm<Value> {
  let compiled: ValidateFunction<Value> | null = null;
  const isValid = (): ValidateFunction<Value> => (compiled ??= ajv.compile<Value>(schema));
  return {
    write: (value) => JSON.stringify(value),
    read(text) {
      const value = parsed(what, text);
      const check = isValid();
      if (check(value)) return value;
      throw new Failure('STORE_INCONSISTENT', `Cannot read ${what} from the store: ${ajv.errorsText(check.errors)}. Its row was written by another version or by hand.`);
    },
  };
}

function parsed(what: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('STORE_INCONSISTENT', `Cannot read ${what} from the store: it is no JSON.`, { cause });
  }
}
