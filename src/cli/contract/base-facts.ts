import { findBuiltinSchema } from '../../domain/contract/builtin-schemas.ts';
import { policyChecksumOf } from '../../domain/contract/policy-checksum.ts';
import type { Digest } from '../../domain/digest.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { policiesAt } from '../../flows/policies-at.ts';
import type { ContractBase } from './contract-base.ts';

/** The schemas that govern a path, as they stand at the base. One that can not be read there says nothing about changes. */
export async function schemasFor(base: ContractBase, path: string): Promise<readonly JsonValue[]> {
  const names = base.setsFor(path).flatMap(({ schema }) => (schema === null ? [] : [schema]));
  const found = await Promise.all(names.map(async (name) => await schemaNamed(base, name)));
  return found.filter((schema) => schema !== null);
}

/** A schema by the name that a configuration gives it; null where it can not be read. */
export async function schemaNamed(base: ContractBase, name: string): Promise<JsonValue | null> {
  if (name.startsWith('org:')) return null;
  if (name.startsWith('builtin:')) return findBuiltinSchema(name.slice('builtin:'.length)) ?? null;
  const bytes = await base.bytesAtBase(name);
  const reading = bytes === null ? null : readDocument(bytes, formatOf(name));
  return reading?.kind === 'document' ? reading.document.value : null;
}

/** What a contract that is released now states as `policyBundleChecksum`: the repository's own policies in the base's tree. */
export async function policyChecksumAt({ objects, base, configuration }: ContractBase): Promise<Digest> {
  return policyChecksumOf(await policiesAt(objects, base.sha, configuration));
}
