/** A number of a claim, with every way in which a passage may write the same amount. */
export interface ClaimNumber {
  readonly text: string;
  readonly forms: readonly string[];
  readonly start: number;
}

/** Factors that lead an amount to the units in which code keeps it. */
const factors: Readonly<Record<string, readonly number[]>> = {
  k: [1_000, 1_024],
  kb: [1_000, 1_024],
  kib: [1_024],
  m: [1_000_000],
  mb: [1_000_000, 1_048_576],
  mib: [1_048_576, 1_024],
  gb: [1_000_000_000, 1_073_741_824],
  gib: [1_073_741_824, 1_024],
  thousand: [1_000],
  million: [1_000_000],
  billion: [1_000_000_000],
  '%': [0.01],
  percent: [0.01],
  s: [1_000],
  second: [1_000],
  minute: [60, 60_000],
  min: [60, 60_000],
  hour: [60, 3_600, 3_600_000],
  h: [60, 3_600, 3_600_000],
  day: [24, 86_400, 86_400_000],
  week: [7, 604_800, 604_800_000],
};

/** Numbers in digits. Not one that is part of a name (`sha256`, `UTF-8`). */
export function claimNumbers(claim: string): readonly ClaimNumber[] {
  const found = claim.matchAll(/(?<![\p{L}\p{N}_.]|\p{L}-)\d[\d_]*(?:,\d{3}(?!\d))*(?:\.\d+)*(?:\s?(%|\p{L}+))?/gu);
  return [...found].map((match) => {
    const unit = match[1] ?? '';
    const text = (unit === '' ? match[0] : match[0].slice(0, -unit.length)).trim();
    const plain = text.replaceAll(/[,_]/g, '');
    return { text, forms: [plain, ...amountsOf(plain, unit.toLowerCase())], start: match.index };
  });
}

function amountsOf(plain: string, unit: string): readonly string[] {
  const known = factors[unit] ?? factors[unit.replace(/s$/, '')] ?? [];
  return /^\d{1,15}(?:\.\d+)?$/.test(plain) ? known.map((factor) => String(Number((Number(plain) * factor).toPrecision(12)))) : [];
}
