import { pointerBelow } from '../document/pointer.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { annotatedRoot, classWithin } from './annotations/annotated-place.ts';
import type { AnnotatedPlace } from './annotations/annotated-place.ts';
import type { ChangeClass } from './change-class.ts';

/** One difference of two contents. What is gone is named where it stood before, everything else where it stands now. */
export interface ContentChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** JSON pointer into the content after the change; of what was removed, into the one before. */
  readonly pointer: string;
  readonly class: ChangeClass;
  /** Left out of what was added. */
  readonly before?: JsonValue;
  /** Left out of what was removed. */
  readonly after?: JsonValue;
}

/**
 * Every difference of two contents, in the order of the one after, with the class that the schemas give it by the
 * annotation `x-plumbline-change`: the nearest one at the place or above it, of several there the strictest, breaking
 * where there is none. A whole that comes, goes or is replaced has also the classes of its parts. Lists are compared
 * without the beginning and the end that they share, element by element.
 */
export function contentChanges(before: JsonValue, after: JsonValue, ...schemas: readonly JsonValue[]): readonly ContentChange[] {
  const changes: ContentChange[] = [];
  let root: AnnotatedPlace | null = null;
  compare({ before, after, pointer: '', place: () => (root ??= annotatedRoot(schemas, [before, after])) }, changes);
  return changes;
}

interface Compared {
  readonly before: JsonValue | undefined;
  readonly after: JsonValue | undefined;
  readonly pointer: string;
  /** Looked up where something differs, and only there. */
  readonly place: () => AnnotatedPlace;
}

function compare(compared: Compared, changes: ContentChange[]): void {
  const { before, after } = compared;
  if (isJsonObject(before) && isJsonObject(after)) compareMembers(before, after, compared, changes);
  else if (Array.isArray(before) && Array.isArray(after)) compareElements(before, after, compared, changes);
  else if (before !== after) changes.push(changeOf(compared));
}

function changeOf({ before, after, pointer, place }: Compared): ContentChange {
  const isThere = [before, after].filter((value) => value !== undefined);
  const [added, removed] = [before === undefined, after === undefined];
  return {
    kind: added ? 'added' : removed ? 'removed' : 'changed',
    pointer,
    class: classWithin(place(), isThere),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

function compareMembers(before: JsonObject, after: JsonObject, whole: Compared, changes: ContentChange[]): void {
  const gone = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  for (const name of [...Object.keys(after), ...gone]) compareBelow(whole, name, [own(before, name), own(after, name)], changes);
}

function own(members: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function compareElements(before: readonly JsonValue[], after: readonly JsonValue[], whole: Compared, changes: ContentChange[]): void {
  const shorter = Math.min(before.length, after.length);
  const canMove = before.length !== after.length && !whole.place().isTuple;
  const start = canMove ? sharedLength(shorter, (index) => isEqual(before[index], after[index])) : 0;
  const end = canMove ? sharedLength(shorter - start, (index) => isEqual(before.at(-1 - index), after.at(-1 - index))) : 0;
  for (let index = start; index < Math.max(before.length, after.length) - end; index += 1) {
    compareBelow(whole, index, [index < before.length - end ? before[index] : undefined, index < after.length - end ? after[index] : undefined], changes);
  }
}

function sharedLength(most: number, isShared: (index: number) => boolean): number {
  let length = 0;
  while (length < most && isShared(length)) length += 1;
  return length;
}

function isEqual(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = Object.keys(a);
    return names.length === Object.keys(b).length && names.every((name) => Object.hasOwn(b, name) && isEqual(a[name], b[name]));
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((element: JsonValue, index) => isEqual(element, b[index]));
  return a === b;
}

/** Most parts are the same, and their place is of no interest. */
function compareBelow({ pointer, place }: Compared, token: string | number, values: readonly [JsonValue | undefined, JsonValue | undefined], changes: ContentChange[]): void {
  const [before, after] = values;
  if (isEqual(before, after)) return;
  let found: AnnotatedPlace | null = null;
  compare({ before, after, pointer: pointerBelow(pointer, token), place: () => (found ??= place().below(token, values)) }, changes);
}
