import { digestOfBytes } from '../digest.ts';
import type { InputPart } from './judged-input.ts';

export interface ListItem {
  /** Decides, with the sizes of its neighbours, whether a part ends with it. */
  readonly key: string;
  /** Its JSON. */
  readonly text: string;
}

/** Characters. A decision may have been given names that end a part each: no part but the last is shorter. */
const least = 4 * 1024;
/** Characters, but for the last item. */
const most = 256 * 1024;
/** One item in so many ends a part. */
const itemsPerPart = 8;

/**
 * A list in parts, each a JSON array. Where a part ends is decided by the items near its end alone, so that an item
 * that is put in, taken out or changed makes other parts of its neighbourhood, and of no more.
 */
export function cutList(items: readonly ListItem[]): readonly InputPart[] {
  const parts: InputPart[] = [];
  let [open, length]: [string[], number] = [[], 0];
  const close = (): void => {
    parts.push(partOf(`[${open.join(',')}]`));
    [open, length] = [[], 0];
  };
  for (const { key, text } of items) {
    open.push(text);
    length += text.length;
    if (length >= most || (length >= least && hashOf(key) % itemsPerPart === 0)) close();
  }
  if (open.length > 0) close();
  return parts;
}

export function partOf(text: string): InputPart {
  return { digest: digestOfBytes(text), text };
}

/** FNV-1a, 32 bits, over UTF-16 code units. Whoever foresees it makes short parts at most. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index += 1) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
