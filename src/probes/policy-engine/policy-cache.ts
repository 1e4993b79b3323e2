import { randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOfBytes } from '../../domain/digest.ts';
import type { Digest } from '../../domain/digest.ts';
import type { CompiledPolicies } from '../../domain/policy/compiled-policies.ts';
import { compiledPolicies } from './compiled-policies-of.ts';
import type { PoliciesText } from './evaluation-protocol.ts';

/** Compiled policies by what they were compiled from. Losing it costs a compilation. */
export interface PolicyCache {
  /** Null where there is none, or one that was not written whole. */
  find(key: Digest): Promise<CompiledPolicies | null>;
  /** Safe beside other writers: each writes a file of its own and moves it into place. Where it can not be written nothing is kept. */
  keep(key: Digest, policies: CompiledPolicies): Promise<void>;
}

/** The oldest go first. */
const keptFiles = 200;

export function policyCacheIn(folder: string): PolicyCache {
  const fileOf = (key: Digest): string => join(folder, `${key.slice('sha256:'.length)}.policies`);
  return {
    find: async (key) => readKept(await readFile(fileOf(key), 'utf8').catch(() => '')),
    keep: async (key, policies) => {
      const unfinished = join(folder, `${randomUUID()}.unfinished`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(unfinished, keptText(policies), { flag: 'wx', mode: 0o600 });
        await rename(unfinished, fileOf(key));
        await forgetOldest(folder);
      } catch {
        await rm(unfinished, { force: true }).catch(() => {});
      }
    },
  };
}

/** The digest first: a file that somebody cut or changed is none. */
function keptText({ wasm, data, rules }: CompiledPolicies): string {
  const kept: PoliciesText = { wasm: Buffer.from(wasm).toString('base64'), data, rules };
  const text = JSON.stringify(kept);
  return `${digestOfBytes(text)}\n${text}`;
}

function readKept(whole: string): CompiledPolicies | null {
  const end = whole.indexOf('\n');
  const text = whole.slice(end + 1);
  if (end < 0 || digestOfBytes(text) !== whole.slice(0, end)) return null;
  const { wasm, data, rules }: PoliciesText = JSON.parse(text);
  return compiledPolicies(Uint8Array.from(Buffer.from(wasm, 'base64')), data, rules);
}

async function forgetOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= keptFiles) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: await stat(join(folder, name)).then(({ mtimeMs }) => mtimeMs, () => 0) })));
  const oldest = aged.toSorted((a, b) => a.at - b.at).slice(0, names.length - keptFiles);
  await Promise.all(oldest.map(async ({ name }) => await rm(join(folder, name), { force: true })));
}
