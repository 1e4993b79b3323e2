import { supportOf } from '../../src/domain/support/support-of.ts';
import { pick, randomFrom } from '../evaluation/tools/random.ts';
import type { Random } from '../evaluation/tools/random.ts';
import { atMost } from '../measure.ts';
import type { Measure } from '../measure.ts';
import { percentile } from '../parts/percentiles.ts';
import { rounds } from '../parts/rounds.ts';
import { secondsOf } from '../parts/seconds.ts';

const claims = 20;
const passageBytes = 20 * 1024;

/** Judging how far 20 claims are supported by what they cite, 20 KB each. Every round has other texts, so that nothing is remembered. */
export const grounding: Measure = {
  name: 'grounding',
  run: async ({ quick, say }) => {
    say(`${claims} claims beside ${passageBytes / 1024} KB each`);
    const times = await rounds(quick ? 5 : 100, async (round) => {
      const asked = claimsOf(randomFrom(round));
      return await secondsOf(async () => void asked.map(({ claim, text }) => supportOf(claim, [{ text, path: 'src/cited.ts', lines: null }])));
    });
    return [{ id: 'grounding.support', what: `support of ${claims} claims beside ${passageBytes / 1024} KB each, p95`, value: percentile(times, 0.95) * 1_000, unit: 'ms', better: 'lower', scales: 'speed', target: atMost(250) }];
  },
};

interface Asked {
  readonly claim: string;
  readonly text: string;
}

function claimsOf(random: Random): readonly Asked[] {
  return Array.from({ length: claims }, () => {
    const lines: string[] = [];
    for (let bytes = 0; bytes < passageBytes; bytes += lines.at(-1)?.length ?? 0) lines.push(`  ${wordsOf(random, 6)} = ${pick(names, random)}(${wordsOf(random, 2)}, ${Math.floor(random() * 1_000)});\n`);
    return { claim: `The ${wordsOf(random, 18)} of \`${pick(names, random)}\` is ${Math.floor(random() * 1_000)}.`, text: lines.join('') };
  });
}

function wordsOf(random: Random, count: number): string {
  return Array.from({ length: count }, () => pick(vocabulary, random)).join(' ');
}

const names = ['readJsonBody', 'openPlace', 'retry_after', 'mostBytes', 'takeTurn'];
const vocabulary = Array.from({ length: 2_000 }, (_, index) => `${['re', 'un', 'con', 'pre', 'sub'][index % 5]}${['tain', 'ceive', 'duct', 'solve', 'tract', 'spect', 'form', 'port'][index % 8]}${['', 'ed', 'ing', 's', 'or'][Math.floor(index / 40) % 5]}${Math.floor(index / 200) === 0 ? '' : String.fromCodePoint(97 + Math.floor(index / 200))}`);
