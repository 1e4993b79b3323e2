import type { Scored } from './area-under-curve.ts';

export interface PlottedSet {
  readonly name: string;
  readonly scored: readonly Scored[];
}

const side = 320;
const left = 56;
const top = 20;
const colours = ['#0b6e4f', '#b3402a', '#2a4bb3', '#8a5a00', '#6a3d9a'];

/** Receiver operating characteristic of several sets as SVG, with a legend that names each: readable in black and white by its dashes. */
export function curvePlot(sets: readonly PlottedSet[]): string {
  const curves = sets.map(({ scored }, index) => `<polyline fill="none" stroke="${colours[index % colours.length]}" stroke-width="2" stroke-dasharray="${dashes(index)}" points="${pointsOf(scored).join(' ')}"/>`);
  const legend = sets.flatMap(({ name }, index) => {
    const y = top + 14 + index * 20;
    const x = left + side + 20;
    return [`<line x1="${x}" y1="${y - 4}" x2="${x + 30}" y2="${y - 4}" stroke="${colours[index % colours.length]}" stroke-width="2" stroke-dasharray="${dashes(index)}"/>`, `<text x="${x + 38}" y="${y}">${name}</text>`];
  });
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${left + side + 270} ${top + side + 56}" font-family="sans-serif" font-size="12" role="img" aria-label="Share of supported claims found, against the share of others taken for supported">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...axes(),
    ...curves,
    ...legend,
    '</svg>',
  ].join('\n')}\n`;
}

function axes(): readonly string[] {
  const marks = [0, 0.25, 0.5, 0.75, 1].flatMap((share) => [
    `<line x1="${x(share)}" y1="${top}" x2="${x(share)}" y2="${top + side}" stroke="#ddd"/>`,
    `<line x1="${left}" y1="${y(share)}" x2="${left + side}" y2="${y(share)}" stroke="#ddd"/>`,
    `<text x="${x(share)}" y="${top + side + 18}" text-anchor="middle">${share}</text>`,
    `<text x="${left - 8}" y="${y(share) + 4}" text-anchor="end">${share}</text>`,
  ]);
  return [
    ...marks,
    `<line x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}" stroke="#999" stroke-dasharray="4 4"/>`,
    `<text x="${left + side / 2}" y="${top + side + 42}" text-anchor="middle">others taken for supported</text>`,
    `<text transform="translate(16 ${top + side / 2}) rotate(-90)" text-anchor="middle">supported found</text>`,
  ];
}

/** From the strictest threshold to the loosest. */
function pointsOf(scored: readonly Scored[]): readonly string[] {
  const positive = scored.filter(({ isSupported }) => isSupported).length;
  const negative = scored.length - positive;
  const points = [`${x(0)},${y(0)}`];
  let found = 0;
  let wrong = 0;
  const byScore = [...Map.groupBy(scored, ({ score }) => score)].toSorted(([a], [b]) => b - a);
  for (const [, tied] of byScore) {
    found += tied.filter(({ isSupported }) => isSupported).length;
    wrong += tied.filter(({ isSupported }) => !isSupported).length;
    points.push(`${x(wrong / negative)},${y(found / positive)}`);
  }
  return points;
}

function x(share: number): number {
  return Math.round((left + side * share) * 10) / 10;
}

function y(share: number): number {
  return Math.round((top + side * (1 - share)) * 10) / 10;
}

function dashes(index: number): string {
  return ['none', '8 4', '2 3', '10 3 2 3', '5 5'][index % 5] ?? 'none';
}
