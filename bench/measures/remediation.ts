import { EmulatedWorld, target } from '../../test/flows/remediation/emulated-world.ts';
import { spentOn } from '../../test/github/spent.ts';
import { startGitHub } from '../../test/github/start-github.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure } from '../measure.ts';

/** Writes for one pull request of which a person is told, as its limits are planned with. */
const mostWrites = 6;

/** What becomes of one remediation, and what it takes of GitHub: counted at the emulated GitHub. Minting tokens is not counted. */
export const remediation: Measure = {
  name: 'remediation',
  async run({ say }) {
    say('remediation');
    const github = await startGitHub();
    try {
      const figures: Figure[] = [];
      for (const [index, event] of events.entries()) figures.push(...(await countOf(github, `shop-${index}`, event)));
      return figures;
    } finally {
      await github.stop();
    }
  },
};

interface Event {
  readonly id: string;
  readonly what: string;
  /** Whether it is about an open pull request. */
  readonly follows: boolean;
  readonly happen: (world: EmulatedWorld) => Promise<unknown> | void;
}

const events: readonly Event[] = [
  { id: 'open', what: 'to open a pull request', follows: false, happen: () => {} },
  { id: 'auto', what: 'to open one that merges by itself', follows: false, happen: (world) => void (world.mode = 'auto') },
  { id: 'look', what: 'when nothing changed', follows: true, happen: () => {} },
  { id: 'append', what: 'to append a commit', follows: true, happen: (world) => void (world.files = [{ path: target, text: 'version: 3\n', mode: '100644' }]) },
  { id: 'merge', what: 'to merge a base that conflicts', follows: true, happen: (world) => world.github.commitFiles(world.ref, 'main', { [target]: 'version: 9\n' }) },
  { id: 'freeze', what: 'to leave it to a person who pushed', follows: true, happen: (world) => world.github.commitFiles(world.ref, world.branch(), { 'note.md': 'mine' }, 'Mine', { as: 'dev' }) },
  { id: 'close', what: 'to close it and delete its branch', follows: true, happen: (world) => void (world.drifted = null) },
];

async function countOf(github: GitHubServer, name: string, { id, what, follows, happen }: Event): Promise<readonly Figure[]> {
  const world = await EmulatedWorld.open(github, name);
  if (follows) await world.look();
  await happen(world);
  github.resetCounts();
  const outcome = await world.look();
  if (outcome !== 'done') throw new Error(`Cannot count what it takes ${what}: ${outcome}, expected it done`);
  const { reads, queries, writes } = spentOn(github.requests());
  const common = { unit: 'calls', better: 'lower', scales: 'none' } as const;
  return [
    { id: `remediation.${id}.writes`, what: `writes ${what}`, value: writes, target: atMost(id === 'look' ? 0 : mostWrites), ...common },
    { id: `remediation.${id}.reads`, what: `  reads beside them, ${id}`, value: reads + queries, target: null, ...common },
  ];
}
