import { compileGlob } from '../../domain/glob/glob.ts';
import { instantOf } from '../../domain/instant-of.ts';
import type { PublicKey } from '../../domain/signature/public-key.ts';
import { readKeySet } from '../../domain/signature/read-key-set.ts';
import type { ContractBase } from './contract-base.ts';

/** Where the keys of a base are found. */
export type KeyBase = Pick<ContractBase, 'objects' | 'base' | 'configuration'>;

/** Keys of the base that something new may be signed with. What can not be read as a key file has none. */
export async function keysAtBase(base: KeyBase, now: Date): Promise<readonly PublicKey[]> {
  return (await allKeysAtBase(base)).filter((key) => !hasEnded(key, now));
}

/** Those too that are good for nothing new. */
export async function allKeysAtBase({ objects, base, configuration }: KeyBase): Promise<readonly PublicKey[]> {
  const globs = configuration.keys.map((glob) => compileGlob(glob));
  if (globs.length === 0) return [];
  const { entries } = await objects.tree(base.sha);
  const files = entries.filter(({ path, mode }) => mode.startsWith('100') && globs.some((glob) => glob.matches(path)));
  const contents = await objects.blobs(files);
  return files.flatMap(({ path, blob }) => {
    const content = contents.get(blob);
    const reading = content?.kind === 'bytes' ? readKeySet(content.bytes, path) : null;
    return reading?.kind === 'keys' ? reading.keys : [];
  });
}

export function hasEnded({ notAfter }: PublicKey, now: Date): boolean {
  return notAfter !== null && (instantOf(notAfter) ?? 0) <= now.getTime();
}
