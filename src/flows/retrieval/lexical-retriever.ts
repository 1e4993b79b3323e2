import { indexText } from '../../domain/retrieval/indexed-text.ts';
import type { IndexedText } from '../../domain/retrieval/indexed-text.ts';
import { searchTexts } from '../../domain/retrieval/search-texts.ts';
import { textKindOf } from '../../domain/support/text-kind.ts';
import type { Sha } from '../../domain/tree.ts';
import type { RetrievableFile, RetrievalRequest, Retriever } from '../ports/retriever.ts';

/** Blobs that are read and indexed before the process turns to something else. */
const atOnce = 50;

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
        for (const [file, text] of await indexAll(missing, texts)) {
          found.set(file, text);
          keep(keyOf(tenant, file), text);
        }
        // Indexing takes milliseconds each: deliveries are answered in between.
        await new Promise((resolve) => setImmediate(resolve));
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
  return Array.from({ length: Math.ceil(files.length / atOnce) }, (_, index) => files.slice(index * atOnce, (index + 1) * atOnce));
}

async function indexAll(files: readonly RetrievableFile[], texts: RetrievalRequest['texts']): Promise<readonly (readonly [RetrievableFile, IndexedText])[]> {
  const read = await texts([...new Set(files.map(({ blob }): Sha => blob))]);
  return files.flatMap((file) => {
    const text = read.get(file.blob);
    return text === undefined ? [] : [[file, indexText(text, textKindOf(file.path))] as const];
  });
}
