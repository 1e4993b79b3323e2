import { createHash } from 'node:crypto';
import type { ImportsAnswer } from '../../../src/domain/module/imports-answer.ts';
import type { BlobContent } from '../../../src/domain/probe-answer.ts';
import type { FileSide } from '../../../src/domain/tree.ts';
import { lookAtImports } from '../../../src/probes/modules/look-at-imports.ts';
import type { ModuleParser } from '../../../src/probes/modules/module-parser.ts';
import { readModule } from '../../../src/probes/modules/read-module.ts';

/** Texts by path; null: nothing stands there any more. */
export type Texts = Readonly<Record<string, string | null>>;

/** The parser without its thread, which tests of its own look at. */
export const parserHere: ModuleParser = { parse: async (batch) => await Promise.resolve(batch.map(({ path, text }) => readModule(path, text))), close: async () => {} };

/** Looks at the imports of a change of a repository that has these files. */
export async function looked(base: Texts, head: Texts, parser = parserHere): Promise<ImportsAnswer> {
  const contents = new Map<string, BlobContent>();
  const sideOf = (text: string | null | undefined): FileSide | null => {
    if (typeof text !== 'string') return null;
    const blob = createHash('sha1').update(text).digest('hex');
    contents.set(blob, { kind: 'bytes', bytes: Buffer.from(text) });
    return { mode: '100644', blob, size: Buffer.byteLength(text) };
  };
  const entries = Object.entries(base).flatMap(([path, text]) => {
    const side = sideOf(text);
    return side === null ? [] : [{ path, ...side }];
  });
  const changed = Object.entries(head).map(([path, text]) => ({ path, base: sideOf(base[path]), result: sideOf(text) }));
  return await lookAtImports({ tree: async (commit) => await Promise.resolve({ commit, entries, complete: true }), blobs: async () => await Promise.resolve(contents) }, parser, { commit: 'b'.repeat(40), changed });
}

/** What is broken, as `path:line specifier name` with what is near. */
export async function broken(base: Texts, head: Texts): Promise<readonly string[]> {
  const answer = await looked(base, head);
  return answer.kind === 'looked' ? answer.broken.map(({ path, line, specifier, name, nearest }) => `${path}:${line} ${specifier} ${name ?? '-'}${nearest === null ? '' : ` ~${nearest}`}`) : [answer.why];
}
