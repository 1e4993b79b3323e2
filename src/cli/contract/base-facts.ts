import { findBuiltinSchema } from '../../domain/contract/builtin-schemas.ts';
import { policyChecksumOf } from '../../domain/contract/policy-checksum.ts';
import type { Digest } from '../../domain/digest.ts';
import { digestOfBytes } from '../../domain/digest.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { bytesOfBlob } from './contract-base.ts';
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
  const globs = configuration.policyPaths.map((glob) => compileGlob(glob));
  if (globs.length === 0) return policyChecksumOf([]);
  const tree = await objects.tree(base.sha);
  if (!tree.complete) throw new Failure('SNAPSHOT_UNREADABLE', 'Cannot tell the policies of the base: its tree could not be read whole, expected all of it.');
  const files = tree.entries.filter(({ path, mode }) => (mode === '100644' || mode === '100755') && globs.some((glob) => glob.matches(path)));
  return policyChecksumOf(await Promise.all(files.map(async ({ path, blob }) => ({ path, digest: digestOfBytes(await bytesOfBlob(objects, blob, path)) }))));
}
