import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BlobContent } from '../../src/domain/probe-answer.ts';
import type { FileSide, Sha, Tree } from '../../src/domain/tree.ts';

/** Source text of a package as if it were a repository, with texts that a change brings. */
export class CodeBase {
  readonly #sides = new Map<string, FileSide>();
  readonly #contents = new Map<Sha, Uint8Array>();

  /** @param folder Of the package. @param pattern Of its files, from there. */
  constructor(folder: string, pattern: string) {
    const files = globSync(pattern, { cwd: folder }).filter((file) => !file.includes('node_modules/')).toSorted();
    for (const file of files) this.#sides.set(file.replaceAll('\\', '/'), this.keep(readFileSync(join(folder, file))));
  }

  get paths(): readonly string[] {
    return [...this.#sides.keys()];
  }

  sideOf(path: string): FileSide | null {
    return this.#sides.get(path) ?? null;
  }

  textOf(path: string): string {
    return Buffer.from(this.#contents.get(this.#sides.get(path)?.blob ?? '') ?? []).toString('utf8');
  }

  /** Takes in a content, under the name that git gives it. */
  keep(bytes: Uint8Array): FileSide {
    const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    this.#contents.set(blob, bytes);
    return { mode: '100644', blob, size: bytes.length };
  }

  async tree(commit: Sha): Promise<Tree> {
    return await Promise.resolve({ commit, entries: [...this.#sides].map(([path, side]) => ({ path, ...side })), complete: true });
  }

  async blobs(wanted: readonly { readonly blob: Sha }[]): Promise<ReadonlyMap<Sha, BlobContent>> {
    return await Promise.resolve(new Map(wanted.map(({ blob }) => [blob, { kind: 'bytes', bytes: this.#contents.get(blob) ?? new Uint8Array() }])));
  }
}
