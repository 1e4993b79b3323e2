import parse from 'semver/functions/parse.js';

/** Whether the first part of the version grows; also where one of the two can not be compared. */
export function isMajor(before: string, after: string): boolean {
  const [a, b] = [parse(before), parse(after)];
  return a === null || b === null || a.major !== b.major;
}
