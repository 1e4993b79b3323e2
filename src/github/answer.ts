import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';

/**
 * The door for what GitHub answers: each function takes the member at a path, or throws.
 * A shape that we do not know is trouble on the way (a proxy's error page, a cut answer), not an empty answer.
 */
export type Path = readonly (string | number)[];

export function valueAt(body: unknown, path: Path): unknown {
  let value = body;
  for (const step of path) value = memberOf(value, step);
  return value;
}

export function textAt(body: unknown, path: Path): string {
  const value = valueAt(body, path);
  return typeof value === 'string' ? value : refuse(path, value, 'text');
}

/** Null where the member is null or missing. */
export function optionalTextAt(body: unknown, path: Path): string | null {
  const value = valueAt(body, path);
  return value === null || value === undefined ? null : textAt(body, path);
}

export function numberAt(body: unknown, path: Path): number {
  const value = valueAt(body, path);
  return typeof value === 'number' && Number.isFinite(value) ? value : refuse(path, value, 'a number');
}

export function optionalNumberAt(body: unknown, path: Path): number | null {
  const value = valueAt(body, path);
  return value === null || value === undefined ? null : numberAt(body, path);
}

export function flagAt(body: unknown, path: Path): boolean {
  const value = valueAt(body, path);
  return typeof value === 'boolean' ? value : refuse(path, value, 'true or false');
}

export function listAt(body: unknown, path: Path): readonly unknown[] {
  const value: unknown = valueAt(body, path);
  if (!Array.isArray(value)) return refuse(path, value, 'a list');
  return value.map((item: unknown) => item);
}

/** A full git object name: SHA-1 or SHA-256. */
export function shaAt(body: unknown, path: Path): Sha {
  const text = textAt(body, path);
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text : refuse(path, text, 'a git object name');
}

export function optionalShaAt(body: unknown, path: Path): Sha | null {
  return optionalTextAt(body, path) === null ? null : shaAt(body, path);
}

function memberOf(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  const member: unknown = Reflect.get(value, step);
  return member;
}

/** Says kinds, never values: an answer may hold what must not be logged. */
function refuse(path: Path, found: unknown, wanted: string): never {
  const kind = found === null ? 'null' : Array.isArray(found) ? 'a list' : typeof found;
  throw new Failure('GITHUB_UNAVAILABLE', `Cannot read GitHub's answer: "${path.join('.')}" is ${kind}, expected ${wanted}`);
}
