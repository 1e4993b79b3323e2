import type { Tier } from '../../../src/domain/action/action.ts';
import { approvals, authorships, entries, levels, places, rejections } from './a-case.ts';
import type { Case } from './a-case.ts';
import { kinds } from './kinds.ts';
import { expectedOf } from './oracle.ts';

const tiers: readonly Tier[] = [1, 2, 3, 4];

/** Of everything that can be put together, this many that may pass and as many that may not for each tier; the same each time. */
export function casesFor(perOutcome: number): readonly Case[] {
  const random = numbers(20_261_120);
  return tiers.flatMap((tier) => {
    const found = { allowed: new Map<string, Case>(), blocked: new Map<string, Case>() };
    while (found.allowed.size < perOutcome || found.blocked.size < perOutcome) {
      const one = anyCase(tier, random);
      const side = expectedOf(one).change === 'pass' ? found.allowed : found.blocked;
      if (side.size < perOutcome) side.set(one.name, one);
    }
    return [...found.allowed.values(), ...found.blocked.values()];
  });
}

function anyCase(tier: Tier, random: () => number): Case {
  const pick = <Item>(from: readonly Item[]): Item => {
    const item = from[Math.floor(random() * from.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const [word, kind] = pick(Object.entries(kinds[tier]));
  // What is free is blocked only by the company that it is in.
  const [otherWord, other] = tier === 1 ? pick([['alone', null] as const, ...Object.entries(kinds[pick([2, 3, 4] as const)])]) : (['alone', null] as const);
  const place = pick(places);
  const level = place === 'alone' || place === 'user' ? 'repository' : pick(levels);
  const rejection = pick([null, null, null, ...rejections]);
  const one = { tier, kinds: other === null ? [kind] : [kind, other], place, level, authorship: pick(authorships), entry: pick(entries), approvals: pick(approvals), rejection };
  const company = other === null ? [] : [`with ${otherWord}`];
  const no = rejection === null ? [] : [`no of ${rejection.by}${rejection.back ? ' taken back' : ''}`];
  return { ...one, name: [`tier ${tier} ${word}`, ...company, `in ${place}`, `by ${one.authorship}`, `entry: ${one.entry} (${level})`, `yes of ${one.approvals.join(' and ') || 'nobody'}`, ...no].join(', ') };
}

/** Between 0 and 1, the same for a seed (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
