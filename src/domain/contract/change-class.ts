import inc from 'semver/functions/inc.js';
import parse from 'semver/functions/parse.js';
import { isSuccessor, versionKey } from './version.ts';

/** What a change does to those who rely on a contract, from nothing to breaking them. */
export type ChangeClass = 'cosmetic' | 'additive' | 'breaking';

/** From the mildest to the strictest. */
export const changeClasses: readonly ChangeClass[] = ['cosmetic', 'additive', 'breaking'];

export type BumpLevel = 'patch' | 'minor' | 'major';

export function isChangeClass(value: unknown): value is ChangeClass {
  return changeClasses.some((one) => one === value);
}

/** The strictest of several; null of none. */
export function strictestClass(classes: Iterable<ChangeClass>): ChangeClass | null {
  let strictest: ChangeClass | null = null;
  for (const one of classes) if (strictest === null || isStricter(one, strictest)) strictest = one;
  return strictest;
}

export function isStricter(one: ChangeClass, other: ChangeClass): boolean {
  return changeClasses.indexOf(one) > changeClasses.indexOf(other);
}

/** The part of the version that a class of change asks for. Before 1.0.0 the minor part stands for breaking. */
export function bumpLevel(previous: string, changed: ChangeClass): BumpLevel {
  const isUnstable = parse(previous)?.major === 0;
  switch (changed) {
    case 'cosmetic':
      return 'patch';
    case 'additive':
      return isUnstable ? 'patch' : 'minor';
    case 'breaking':
      return isUnstable ? 'minor' : 'major';
  }
}

/**
 * The smallest version without a pre-release tag that may follow with a change of this class: patch for cosmetic, minor
 * for additive, major for breaking; before 1.0.0 minor for breaking and patch for the rest. A pre-release has announced
 * its numbers already: after 2.0.0-rc.1 even a breaking change may come as 2.0.0, after 1.1.0-rc.1 only an additive one
 * as 1.1.0. A leading v stays.
 */
export function smallestVersion(previous: string, changed: ChangeClass): string {
  const level = bumpLevel(previous, changed);
  return withPrefix(previous, numberAfter(previous, level));
}

/** Whether a version says enough about a change of this class. Its own pre-releases announce a number: 2.0.0-rc.1 is enough where 2.0.0 is. */
export function isBumpEnough(previous: string, next: string, changed: ChangeClass): boolean {
  const [asked, given] = [parse(smallestVersion(previous, changed)), parse(next)];
  if (asked === null || given === null || !isSuccessor(next, previous)) return false;
  return given.compareMain(asked) >= 0;
}

/** Where a part can not be counted any further, the next greater one is. With none left, the version itself: nothing follows it. */
function numberAfter(previous: string, level: BumpLevel): string {
  const levels: readonly BumpLevel[] = ['patch', 'minor', 'major'];
  const counted = levels.slice(levels.indexOf(level)).map((one) => inc(previous, one) ?? '');
  return counted.find((one) => versionKey(one) !== null) ?? versionKey(previous) ?? previous;
}

function withPrefix(previous: string, version: string): string {
  return previous.startsWith('v') && !version.startsWith('v') ? `v${version}` : version;
}
