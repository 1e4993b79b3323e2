import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written as soon as a corpus is done, one file each: a run of some keeps what is known of the others. */
export function kept<Result extends { readonly corpus: string }>(folder: string, results: readonly Result[]): readonly Result[] {
  mkdirSync(folder, { recursive: true });
  const [first] = results;
  if (first !== undefined) writeFileSync(join(folder, `${first.corpus.replaceAll('/', '-')}.json`), JSON.stringify(results, null, 1));
  return results;
}
