import type { Decision } from '../../src/domain/decision.ts';
import type { Mend } from '../../src/domain/mend.ts';
import { mendJob } from '../../src/flows/job-requests.ts';
import type { AskedMend } from '../../src/flows/job-requests.ts';
import type { DecisionRecord } from '../../src/flows/ports/decision-store.ts';
import { blobOf } from '../builders/content.ts';
import { aDecision, aFindingAt, aVerdict } from '../builders/decision-builder.ts';
import { aContract, aGovernedWorld } from './a-world.ts';

export const evaluation = '00000000-0000-7000-8000-00000000abcd';
export const dev = { login: 'dev', id: 12, kind: 'User' } as const;

const path = 'contracts/checkout.yaml';
const changed = aContract({ spec: '{limit: 2}' });

/** A pull request that mutates a release, judged, with a mend of its version, and `dev` who may write. */
export async function aMendWorld(overrides: Partial<Mend> = {}) {
  const world = aGovernedWorld();
  const { github, store, clock } = world;
  github.branch('work', 'main');
  const head = github.commit('work', { [path]: changed });
  github.openPull(1, 'work');
  github.writers.add(dev.login);
  const mend: Mend = { path, blob: blobOf(changed), edits: [{ pointer: '/contractVersion', value: '1.1.0' }], codes: ['contract/immutable_changed'], ...overrides };

  async function decide(input: Partial<DecisionRecord> = {}, decided: Partial<Decision> = {}): Promise<void> {
    const decision = aDecision({ head, verdicts: [aVerdict('change'), aVerdict('contracts', [aFindingAt(path, 2)], { mends: [mend] })], ...decided });
    const record = { id: evaluation, repository: github.ref, subject: 'pull-request:1', entry: 'main', baseBranch: 'main', decision, decidedAt: clock.now(), ...input };
    await store.transaction((transaction) => transaction.saveDecision(record));
  }

  await decide();
  return {
    ...world,
    head,
    decide,
    /** What the button asks for, and everything that follows. */
    async click(asked: Partial<AskedMend> = {}): Promise<void> {
      await world.enqueue(mendJob(github.ref, { evaluation, head, askedBy: dev, ...asked }));
      await world.settle();
    },
    async settleLater(): Promise<void> {
      clock.advance(3_700_000);
      await world.settle();
    },
    /** The one comment about mends. */
    told: (): string => github.comments.filter((one) => one.body.includes('plumbline:mend')).map((one) => one.body).join('\n---\n'),
    contributions: () => store.transaction((transaction) => transaction.contributions(github.ref.id, 1)),
    async commands(): Promise<readonly string[]> {
      const entries = await store.audit.entries(github.ref.account.id, 0, 10_000);
      const read = entries.map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf)));
      return read.filter((entry) => entry.event === 'command.run' || String(entry.outcome).includes('commit')).map((entry) => `${entry.event} ${entry.outcome}`);
    },
  };
}
