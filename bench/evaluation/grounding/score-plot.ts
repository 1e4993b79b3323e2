import type { PlottedSet } from './curve-plot.ts';

const width = 360;
const height = 90;
const left = 60;
const gap = 46;
const bins = 20;

/** How scores of supported claims and of others lie, one row for each set, with the threshold. */
export function scorePlot(sets: readonly PlottedSet[], threshold: number): string {
  const rows = sets.flatMap((set, index) => rowOf(set, 30 + index * (height + gap), threshold));
  const whole = 30 + sets.length * (height + gap);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + width + 40} ${whole}" font-family="sans-serif" font-size="12" role="img" aria-label="Scores of supported claims and of others">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<rect x="${left}" y="6" width="12" height="10" fill="#0b6e4f"/><text x="${left + 18}" y="15">supported</text>`,
    `<rect x="${left + 100}" y="6" width="12" height="10" fill="none" stroke="#b3402a" stroke-width="2"/><text x="${left + 118}" y="15">not supported</text>`,
    ...rows,
    '</svg>',
  ].join('\n')}\n`;
}

function rowOf({ name, scored }: PlottedSet, top: number, threshold: number): readonly string[] {
  const shares = [true, false].map((isSupported) => sharesOf(scored.filter((one) => one.isSupported === isSupported).map(({ score }) => score)));
  const most = Math.max(...shares.flat());
  const bar = (share: number, bin: number, style: string): string => `<rect x="${left + (bin * width) / bins + 1}" y="${round(top + height * (1 - share / most))}" width="${width / bins - 2}" height="${round((height * share) / most)}" ${style}/>`;
  const at = left + width * threshold;
  return [
    `<text x="${left}" y="${top - 2}" font-weight="bold">${name}</text>`,
    ...(shares[0] ?? []).map((share, bin) => bar(share, bin, 'fill="#0b6e4f" fill-opacity="0.75"')),
    ...(shares[1] ?? []).map((share, bin) => bar(share, bin, 'fill="none" stroke="#b3402a" stroke-width="1.5"')),
    `<line x1="${left}" y1="${top + height}" x2="${left + width}" y2="${top + height}" stroke="#333"/>`,
    ...[0, 0.25, 0.5, 0.75, 1].map((mark) => `<text x="${left + width * mark}" y="${top + height + 16}" text-anchor="middle">${mark}</text>`),
    `<line x1="${at}" y1="${top}" x2="${at}" y2="${top + height}" stroke="#333" stroke-dasharray="3 3"/>`,
  ];
}

function sharesOf(scores: readonly number[]): readonly number[] {
  const counts = Array.from({ length: bins }, () => 0);
  for (const score of scores) counts[Math.min(bins - 1, Math.floor(score * bins))] = (counts[Math.min(bins - 1, Math.floor(score * bins))] ?? 0) + 1;
  return counts.map((count) => count / Math.max(1, scores.length));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
