export interface Scored {
  readonly score: number;
  readonly isSupported: boolean;
  readonly document: string;
}

/** Chance that a supported claim has the higher score of the two, ties counted half (Mann and Whitney 1947). NaN without both kinds. */
export function areaUnderCurve(scored: readonly Pick<Scored, 'score' | 'isSupported'>[]): number {
  const sorted = scored.toSorted((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < sorted.length; ) {
    const until = endOfTie(sorted, from);
    const supported = sorted.slice(from, until).filter(({ isSupported }) => isSupported).length;
    ranks += (supported * (from + until + 1)) / 2;
    from = until;
  }
  const positive = scored.filter(({ isSupported }) => isSupported).length;
  return (ranks - (positive * (positive + 1)) / 2) / (positive * (scored.length - positive));
}

function endOfTie(sorted: readonly Pick<Scored, 'score'>[], from: number): number {
  let until = from + 1;
  while (until < sorted.length && sorted[until]?.score === sorted[from]?.score) until += 1;
  return until;
}
