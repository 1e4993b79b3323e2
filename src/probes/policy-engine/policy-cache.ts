import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import type { Stats } from 'node:fs';
import { lstat, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfBytes } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { CompiledPolicies } from '../../domain/policy/compiled-policies.ts';
import type { RuleMetadata } from '../../domain/policy/rule-metadata.ts';
import { compiledPolicies } from './compiled-policies-of.ts';
import type { PoliciesText } from './evaluation-protocol.ts';

/** Compiled policies by what they were compiled from. Losing it costs a compilation. */
export interface PolicyCache {
  /** Null where there is none, one that was not written whole or for another key, or one that others could have written. */
  find(key: Digest): Promise<CompiledPolicies | null>;
  /** Safe beside other writers: each writes a file of its own and moves it into place. Where it can not be written, or others could write too, nothing is kept. */
  keep(key: Digest, policies: CompiledPolicies): Promise<void>;
}

/** The oldest go first. */
const keptFiles = 200;

/** @param folder Null for a cache that keeps nothing. */
export function policyCacheIn(folder: string | null): PolicyCache {
  if (folder === null) return { find: async () => await Promise.resolve(null), keep: async () => {} };
  const fileOf = (key: Digest): string => join(folder, `${key.slice('sha256:'.length)}.policies`);
  return {
    find: async (key) => readKept(key, await textOfOurs(folder, fileOf(key)).catch(() => '')),
    keep: async (key, policies) => {
      const unfinished = join(folder, `${randomUUID()}.unfinished`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        if (!(await isOurFolder(folder))) return;
        await writeFile(unfinished, keptText(key, policies), { flag: 'wx', mode: 0o600 });
        await rename(unfinished, fileOf(key));
        await forgetOldest(folder);
      } catch {
        await rm(unfinished, { force: true }).catch(() => {});
      }
    },
  };
}

/** Empty for what others could have written. */
async function textOfOurs(folder: string, path: string): Promise<string> {
  if (!(await isOurFolder(folder))) return '';
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const status = await file.stat();
    return status.isFile() && isOurs(status) ? await file.readFile('utf8') : '';
  } finally {
    await file.close();
  }
}

async function isOurFolder(folder: string): Promise<boolean> {
  const found = await lstat(folder);
  return found.isDirectory() && isOurs(found);
}

/** Of this user, and written by nobody else. Where the system knows no such owners it is taken as it is. */
function isOurs({ uid, mode }: Stats): boolean {
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0);
}

interface KeptText extends PoliciesText {
  readonly metadata: readonly RuleMetadata[];
}

/** The digest first: a file that somebody cut, changed or put in the place of another is none. */
function keptText(key: Digest, { wasm, data, rules, metadata = [] }: CompiledPolicies): string {
  const kept: KeptText = { wasm: Buffer.from(wasm).toString('base64'), data, rules, metadata };
  const text = JSON.stringify(kept);
  return `${digestOfBytes(`${key}\n${text}`)}\n${text}`;
}

function readKept(key: Digest, whole: string): CompiledPolicies | null {
  const end = whole.indexOf('\n');
  const text = whole.slice(end + 1);
  if (end < 0 || digestOfBytes(`${key}\n${text}`) !== whole.slice(0, end)) return null;
  const { wasm, data, rules, metadata }: KeptText = JSON.parse(text);
  return compiledPolicies(Uint8Array.from(Buffer.from(wasm, 'base64')), data, rules, metadata);
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= keptFiles) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: await stat(join(folder, name)).then(({ mtimeMs }) => mtimeMs, () => 0) })));
  const oldest = aged.toSorted((a, b) => a.at - b.at).slice(0, names.length - keptFiles);
  await Promise.all(oldest.map(async ({ name }) => await rm(join(folder, name), { force: true })));
}
