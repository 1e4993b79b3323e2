import { indexText } from '../../domain/retrieval/indexed-text.ts';
import type { IndexedText } from '../../domain/retrieval/indexed-text.ts';
import { searchTexts } from '../../domain/retrieval/search-texts.ts';
import { textKindOf } from '../../domain/support/text-kind.ts';
import type { Sha } from '../../domain/tree.ts';
import type { RetrievableFile, Retriever } from '../ports/retriever.ts';

/** Files that are read together, and that are indexed before the process turns to something else: one takes about a millisecond. */
const atOnce = { read: 50, indexed: 8 } as const;

/** By words (BM25). Keeps what it made of each blob, up to about so many bytes; what was used longest ago goes first. */
export function createLexicalRetriever(mostBytes: number): Retriever {
  const kept = new Map<string, IndexedText>();
  let bytes = 0;
  const recall = (key: string): IndexedText | null => {
    const text = kept.get(key);
    if (text === undefined) return null;
    kept.delete(key);
    kept.set(key, text);
    return text;
  };
  const keep = (key: string, text: IndexedText): void => {
    if (kept.has(key) || text.bytes > mostBytes / 4) return;
    kept.set(key, text);
    bytes += text.bytes;
    for (const [oldest, { bytes: freed }] of kept) {
      if (bytes <= mostBytes) return;
      kept.delete(oldest);
      bytes -= freed;
    }
  };
  return {
    async retrieve({ tenant, query, k, files, texts }) {
      const found = new Map<RetrievableFile, IndexedText>();
      for (const file of files) {
        const known = recall(keyOf(tenant, file));
        if (known !== null) found.set(file, known);
      }
      for (const missing of inParts(files.filter((file) => !found.has(file)))) {
        const read = await texts([...new Set(missing.map(({ blob }): Sha => blob))]);
        for (const [index, file] of missing.entries()) {
          const text = read.get(file.blob);
          if (text === undefined) continue;
          const indexed = indexText(text, textKindOf(file.path));
          found.set(file, indexed);
          keep(keyOf(tenant, file), indexed);
          // Deliveries are answered in between.
          if (index % atOnce.indexed === 0) await new Promise((resolve) => setImmediate(resolve));
        }
      }
      return searchTexts([...found].map(([{ path }, text]) => ({ path, text })), query, k);
    },
  };
}

/** A blob is cut into chunks by what its path says that it is. */
function keyOf(tenant: string, { path, blob }: RetrievableFile): string {
  return `${tenant}:${textKindOf(path)}:${blob}`;
}

function inParts(files: readonly RetrievableFile[]): readonly (readonly RetrievableFile[])[] {
  return Array.from({ length: Math.ceil(files.length / atOnce.read) }, (_, index) => files.slice(index * atOnce.read, (index + 1) * atOnce.read));
}
