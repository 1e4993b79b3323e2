import { expandBraces } from './expand-braces.ts';
import { matchesSegment, parseSegment } from './glob-segment.ts';
import type { GlobSegment } from './glob-segment.ts';

/**
 * A compiled path pattern: `*` and `?` within a segment, `**` for any number of segments, `[a-z]`, `{a,b}`, `\` escapes.
 * Leading dots are nothing special. A pattern may come from a pull request, so it never becomes a regular
 * expression: matching takes at most length × pattern steps.
 */
export interface Glob {
  readonly text: string;
  /** What every match starts with; tells most paths apart at once. */
  readonly prefix: string;
  matches(path: string): boolean;
}

type Part = GlobSegment | 'any-segments';

/** Compiles a glob that `globProblem` found nothing wrong with; a wrong one matches nothing beyond its plain text. */
export function compileGlob(text: string): Glob {
  const alternatives = (expandBraces(text) ?? [text]).map((alternative) => alternative.split('/').map((segment) => partOf(segment)));
  const prefix = plainPrefix(alternatives);
  return {
    text,
    prefix,
    matches: (path) => {
      if (!path.startsWith(prefix)) return false;
      const segments = path.split('/');
      return alternatives.some((parts) => matchesParts(parts, segments));
    },
  };
}

/** A glob that matches exactly this path. */
export function globOfPath(path: string): string {
  return path.replaceAll(/[\\*?[\]{}]/g, String.raw`\$&`);
}

function partOf(segment: string): Part {
  return segment === '**' ? 'any-segments' : parseSegment(segment);
}

/** As within a segment, one level up: a part matches one segment, whatever stands around it. */
function matchesParts(parts: readonly Part[], segments: readonly string[]): boolean {
  let [at, part, star, resume] = [0, 0, -1, 0];
  while (at < segments.length) {
    const wanted = parts[part];
    if (wanted === 'any-segments') [star, resume, part] = [part, at, part + 1];
    else if (wanted !== undefined && matchesSegment(wanted, segments[at] ?? '')) [at, part] = [at + 1, part + 1];
    else if (star >= 0) {
      resume += 1;
      [at, part] = [resume, star + 1];
    } else return false;
  }
  while (parts[part] === 'any-segments') part += 1;
  return part === parts.length;
}

function plainPrefix(alternatives: readonly (readonly Part[])[]): string {
  const prefixes = alternatives.map((parts) => plainStart(parts));
  return prefixes.reduce((shared, next) => commonStart(shared, next));
}

function plainStart(parts: readonly Part[]): string {
  let start = '';
  for (const [index, part] of parts.entries()) {
    if (part === 'any-segments' || part.literal === null) return start;
    // `a/**` also matches `a`: the slash before a pattern is not part of the start.
    start += index === 0 ? part.literal : `/${part.literal}`;
  }
  return start;
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}
