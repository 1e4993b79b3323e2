import type { GroundedChange } from '../grounded-change.ts';

/** A file that a document names, and a name that has to stand in it; null: none. */
export interface ReferencedPlace {
  /** As the document has it. */
  readonly text: string;
  readonly path: string;
  readonly name: string | null;
}

/** What documents name under `references`, each once. A folder, and a symbol without a file, are named too: of them nothing is looked up. */
export function referencedPlaces({ documents }: Pick<GroundedChange, 'documents'>): readonly ReferencedPlace[] {
  const files = documents.flatMap(({ references }) => references.files).filter((path) => !path.endsWith('/')).map((path): ReferencedPlace => ({ text: path, path: plain(path), name: null }));
  const symbols = documents.flatMap(({ references }) => references.symbols).flatMap((text): readonly ReferencedPlace[] => {
    const at = text.lastIndexOf('#');
    return at <= 0 || at === text.length - 1 ? [] : [{ text, path: plain(text.slice(0, at)), name: text.slice(at + 1) }];
  });
  return [...new Map([...files, ...symbols].map((place) => [place.text, place])).values()];
}

function plain(path: string): string {
  return path.replace(/^\.\//, '');
}
