import { isAtMost, lineBelow, lineOf } from './version-line.ts';
import type { VersionLine } from './version-line.ts';
import type { VersionSpan } from './version-span.ts';

interface Release {
  readonly epoch: number;
  /** As written: `1.*` has one, `1.4.2` three. */
  readonly parts: readonly number[];
}

/** Ranges of PEP 440, and of Poetry, which adds `^`, `~` and bare versions. Null: allows anything, or can not be told. */
export function pythonSpan(wanted: string): VersionSpan | null {
  const lows: VersionLine[] = [];
  const highs: VersionLine[] = [];
  for (const clause of wanted.split(',')) {
    const [, operator = '', version = ''] = /^\s*(===|==|~=|!=|<=|>=|<|>|\^|~)?\s*([^\s]+)\s*$/.exec(clause) ?? [];
    const release = releaseOf(version);
    if (release === null || operator === '!=') continue;
    const [low, high] = boundsOf(operator, release);
    if (low !== null) lows.push(low);
    if (high !== null) highs.push(high);
  }
  if (lows.length === 0 && highs.length === 0) return null;
  return { low: lows.reduce<VersionLine | null>((a, b) => (a === null || isAtMost(a, b) ? b : a), null), high: highs.reduce<VersionLine | null>((a, b) => (a === null || isAtMost(b, a) ? b : a), null) };
}

function boundsOf(operator: string, release: Release): readonly [VersionLine | null, VersionLine | null] {
  const { epoch, parts } = release;
  const [major = 0, minor = 0, patch = 0] = parts;
  const line = lineOf(major, minor, epoch);
  switch (operator) {
    case '>':
    case '>=':
      return [line, null];
    case '<=':
      return [null, line];
    case '<':
      return [null, patch > 0 ? line : lineBelow(major, minor, epoch)];
    case '~=':
      return [line, parts.length > 2 ? line : wholeMajor(major, epoch)];
    default:
      return [line, parts.length > 1 ? line : wholeMajor(major, epoch)];
  }
}

/** Below 1.0 a range that fixes the major alone allows every minor. */
function wholeMajor(major: number, epoch: number): VersionLine {
  return major === 0 ? [epoch, 0, Number.MAX_SAFE_INTEGER] : lineOf(major, 0, epoch);
}

function releaseOf(version: string): Release | null {
  const [, epoch, numbers] = /^v?(?:(\d{1,9})!)?(\d{1,9}(?:\.\d{1,9}){0,8})/i.exec(version) ?? [];
  return numbers === undefined ? null : { epoch: Number(epoch ?? 0), parts: numbers.split('.').map(Number) };
}
