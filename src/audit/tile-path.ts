/** Hashes of a full tile, and entries of a full bundle (C2SP tlog-tiles). */
export const tileWidth = 256;

export interface TileName {
  /** Height in tiles; 0 holds the hashes of leaves. `entries`: the leaves themselves. */
  readonly level: number | 'entries';
  readonly index: number;
  /** How many hashes or entries it has: less than 256 where the log ends. */
  readonly width: number;
}

/** Where a tile stands below its log: `tile/0/x001/x234/067`, with `.p/<width>` while it is not full. */
export function tilePath({ level, index, width }: TileName): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/\d{3}/g) ?? [];
  const place = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/');
  return `tile/${level}/${place}${width < tileWidth ? `.p/${width}` : ''}`;
}
