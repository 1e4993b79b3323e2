import { hands, operators } from './a-case.ts';
import type { Case } from './a-case.ts';

/** An entry of the whitelist as a configuration has it. */
export interface Entry {
  readonly action: string;
  readonly actors: readonly string[];
  readonly until: string;
  readonly paths?: readonly string[];
  readonly repos?: readonly string[];
  readonly maxTier?: number;
}

/** The entry of a case, made for what its last kind is mostly about; null: none. It is the 20th of November, at noon. */
export function entryOf({ kinds, authorship, entry, tier }: Case): Entry | null {
  const main = kinds.flatMap(({ actions }) => actions).at(-1);
  if (entry === 'none' || main === undefined) return null;
  const everybody = hands[authorship].map((login) => (login.endsWith('[bot]') ? `app:${login.slice(0, -'[bot]'.length)}` : `user:${login}`));
  const behind = operators[authorship] === undefined ? [] : [`team:${operators[authorship]}`];
  const fitting: Entry = { action: main.action, actors: [...everybody, ...behind, 'user:unknown'], until: '2026-12-10' };
  const special: Readonly<Record<Exclude<Case['entry'], 'none'>, Partial<Entry>>> = {
    'exact': {},
    'glob': { action: main.action.replace(/\.[^.]*$/, '.*') },
    'every action': { action: '*' },
    'ended': { until: '2026-11-20' },
    'last day': { until: '2026-11-21' },
    '30 days': { until: '2026-12-20' },
    '31 days': { until: '2026-12-21' },
    'without operators': { actors: [...everybody, 'user:unknown'] },
    'nobody': { actors: ['user:somebody'] },
    'one missing': { actors: everybody.length === 1 ? ['user:dev'] : everybody.slice(1) },
    'by team': { actors: ['team:platform'] },
    'other path': { paths: ['elsewhere/**'] },
    'its path': { paths: [main.path] },
    'low tier': { maxTier: Math.max(1, Math.min(main.tier, tier) - 1) },
    'other repository': { repos: ['warehouse'] },
  };
  return { ...fitting, ...special[entry] };
}
