/** Versions that promise to fit each other: those of one major, and below 1.0 those of one minor. Compared from left to right. */
export type VersionLine = readonly [epoch: number, major: number, minor: number];

export function lineOf(major: number, minor: number, epoch = 0): VersionLine {
  return [epoch, major, major === 0 ? minor : 0];
}

/** The highest line with a version below `major.minor.0`. */
export function lineBelow(major: number, minor: number, epoch = 0): VersionLine {
  if (major === 0) return [epoch, 0, Math.max(minor - 1, 0)];
  if (minor > 0) return lineOf(major, minor, epoch);
  return major === 1 ? [epoch, 0, Number.MAX_SAFE_INTEGER] : [epoch, major - 1, 0];
}

export function isAtMost(a: VersionLine, b: VersionLine): boolean {
  const [epoch, major, minor] = a;
  if (epoch !== b[0]) return epoch < b[0];
  return major === b[1] ? minor <= b[2] : major < b[1];
}
