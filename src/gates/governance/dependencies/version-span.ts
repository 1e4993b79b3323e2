import type { Comparator } from 'semver';
import Range from 'semver/classes/range.js';
import { isAtMost, lineBelow, lineOf } from './version-line.ts';
import type { VersionLine } from './version-line.ts';
import { pythonSpan } from './python-span.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';

/** The lowest and the highest line of versions that a range allows; null where that end is open. */
export interface VersionSpan {
  readonly low: VersionLine | null;
  readonly high: VersionLine | null;
}

/** A range is read by a library only up to this length: what is longer allows anything. */
const longest = 256;

/** Null for what allows anything or is no range: a tag, `*`, an address. */
export function versionSpan(wanted: string, ecosystem: Ecosystem): VersionSpan | null {
  if (wanted.length > longest) return null;
  return ecosystem === 'npm' ? npmSpan(wanted) : pythonSpan(wanted);
}

/** Whether the second range may lead to another major version than the first: above it, below it, or no longer the lowest of it. */
export function isOtherMajor(from: VersionSpan | null, to: VersionSpan | null): boolean {
  if (from === null) return false;
  if (to === null) return true;
  const isAbove = from.high !== null && (to.high === null || !isAtMost(to.high, from.high));
  const isRaised = from.low !== null && to.low !== null && !isAtMost(to.low, from.low);
  const isBelow = from.low !== null && to.high !== null && isAtMost(to.high, from.low) && !isAtMost(from.low, to.high);
  return isAbove || isRaised || isBelow;
}

/** What nearly all manifests and lock files write: told without the library, which is slow for tens of thousands. */
const usual = /^[\^~]?v?(\d{1,9})\.(\d{1,9})\.\d{1,9}$/;

function npmSpan(wanted: string): VersionSpan | null {
  const [, major, minor] = usual.exec(wanted) ?? [];
  const range = major === undefined ? rangeOf(wanted) : null;
  if (range === null) return major === undefined ? null : exactly(lineOf(Number(major), Number(minor)));
  const lows = range.set.map(lowOf);
  const highs = range.set.map(highOf);
  if (range.set.some((_, index) => lows[index] === null && highs[index] === null)) return null;
  return { low: lows.reduce((a, b) => (a === null || b === null ? null : isAtMost(a, b) ? a : b)), high: highs.reduce((a, b) => (a === null || b === null ? null : isAtMost(a, b) ? b : a)) };
}

function exactly(line: VersionLine): VersionSpan {
  return { low: line, high: line };
}

function rangeOf(wanted: string): Range | null {
  try {
    return new Range(wanted === '' ? '*' : wanted, { loose: true });
  } catch {
    return null;
  }
}

function lowOf(comparators: readonly Comparator[]): VersionLine | null {
  const lower = comparators.find(({ operator, value }) => value !== '' && !operator.startsWith('<'));
  return lower === undefined ? null : lineOf(lower.semver.major, lower.semver.minor);
}

function highOf(comparators: readonly Comparator[]): VersionLine | null {
  const upper = comparators.find(({ operator, value }) => value !== '' && !operator.startsWith('>'));
  if (upper === undefined) return null;
  const { major, minor, patch } = upper.semver;
  return upper.operator === '<' && patch === 0 ? lineBelow(major, minor) : lineOf(major, minor);
}
