import { isLifecycle, lifecycles } from '../contract/lifecycle.ts';
import { versionKey } from '../contract/version.ts';
import { isDigest } from '../digest.ts';
import { quoted } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import type { ContractField } from './configuration.ts';
import type { Violation } from './describe-violation.ts';

interface FixedForm {
  readonly field: ContractField;
  readonly expected: string;
  readonly accepts: (value: string) => boolean;
}

const forms: readonly FixedForm[] = [
  { field: 'contractVersion', expected: 'a semantic version', accepts: (value) => versionKey(value) !== null },
  { field: 'previousContractRef', expected: '"sha256:" and 64 hex digits', accepts: isDigest },
  { field: 'lifecycle', expected: `one of ${lifecycles.join(', ')}`, accepts: isLifecycle },
  { field: 'emergencyFlags', expected: 'a JSON pointer: flags are no text', accepts: () => false },
];

/** Fixed values with which no document of the set could ever be a contract. */
export function impossibleFields(value: JsonValue): readonly Violation[] {
  const sets = isJsonObject(value) ? value['contracts'] : undefined;
  return Array.isArray(sets) ? sets.flatMap((set: JsonValue, index) => forms.flatMap((form) => impossibleField(set, index, form))) : [];
}

function impossibleField(set: JsonValue, index: number, { field, expected, accepts }: FixedForm): readonly Violation[] {
  const fixed = fixedValue(set, field);
  if (fixed === null || accepts(fixed)) return [];
  const key = `contracts.${index}.fields.${field}.value`;
  const found = quoted(fixed);
  return [{ pointer: `/${key.replaceAll('.', '/')}`, message: `Cannot use \`${key}\`: found ${found}, expected ${expected}.`, expected, found, next: `Correct \`${key}\`.` }];
}

function fixedValue(set: JsonValue, field: ContractField): string | null {
  const fields = isJsonObject(set) ? set['fields'] : undefined;
  const source = isJsonObject(fields) ? fields[field] : undefined;
  const value = isJsonObject(source) ? source['value'] : undefined;
  return typeof value === 'string' ? value : null;
}
