import { tokensOf } from './pointer.ts';

/**
 * Where a part of a document starts (a member: its key), and its own parts. A tree as the document is: with JSON pointers
 * for keys, one long name would be written again for every part below it.
 */
export interface Places {
  start: number;
  readonly parts: Map<string, Places>;
}

export function noPlaces(): Places {
  return { start: 0, parts: new Map() };
}

/** Notes where a part starts, and gives what notes its parts; null where nobody wants to know. */
export function placeBelow(places: Places | null, token: string | number, start: number): Places | null {
  if (places === null) return null;
  const below: Places = { start, parts: new Map() };
  places.parts.set(String(token), below);
  return below;
}

/** Where the part at a JSON pointer starts, or the nearest part above what is not there. */
export function startAt(places: Places, pointer: string): number {
  let nearest = places;
  for (const token of tokensOf(pointer) ?? []) {
    const part = nearest.parts.get(token);
    if (part === undefined) break;
    nearest = part;
  }
  return nearest.start;
}
