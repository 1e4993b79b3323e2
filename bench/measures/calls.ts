import { randomBytes } from 'node:crypto';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { builtinEngine, noSecrets } from '../../test/builders/builtin-answer.ts';
import { evaluatePullRequest } from '../../src/flows/evaluate-pull-request.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { performEffects } from '../../src/flows/perform-effects.ts';
import type { ObjectCache, Store } from '../../src/flows/ports.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { emptyRecord } from '../../src/flows/empty-record.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { createProber } from '../../src/probes/prober.ts';
import { createValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import type { SchemaValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import { uuidV7 } from '../../src/store/uuid-v7.ts';
import { memoryStore } from '../../test/fakes/memory-store.ts';
import { aContract, configuration } from '../../test/flows/a-world.ts';
import { connected } from '../../test/github/connected.ts';
import { memoryCache } from '../../test/github/memory-cache.ts';
import { startGitHub } from '../../test/github/start-github.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure } from '../measure.ts';

const files = 20;

/** API calls for one judgement of a pull request with 20 governed files, counted at the emulated GitHub. Minting tokens is not counted. */
export const calls: Measure = {
  name: 'calls',
  async run({ say }) {
    say('calls');
    const github = await startGitHub();
    const validator = createValidator();
    try {
      return figuresOf(await count(github, validator));
    } finally {
      await Promise.all([github.stop(), validator.close()]);
    }
  },
};

interface Counts {
  readonly cold: number;
  readonly warm: number;
  readonly writes: number;
  readonly readsToWrite: number;
  readonly again: number;
}

async function count(github: GitHubServer, validator: SchemaValidator): Promise<Counts> {
  const store = memoryStore({ clock });
  const repository = await github.createRepository('shop', { files: { '.github/plumbline.yml': configuration, ...contracts('1.0.0') } });
  await github.commitFiles(repository, 'topic', contracts('1.0.1'));
  // The merge base is not the tip of the base: the costlier case, and the usual one.
  await github.commitFiles(repository, 'main', { 'README.md': 'The base has moved on.\n' });
  const { number, head } = await github.openPullRequest(repository, { branch: 'topic', as: 'dev' });
  await recordPush(portsOver(github, { store, validator, cache: store.cache }), { repository, ref: 'refs/heads/main' });
  // The record stands; cold is a cache that never saw this repository.
  const ports = portsOver(github, { store, validator, cache: memoryCache() });
  const counted = async (work: () => Promise<unknown>): Promise<{ readonly reads: number; readonly writes: number }> => {
    github.resetCounts();
    await work();
    return github.counts();
  };
  const judge = () => evaluatePullRequest(ports, { repository, number });
  const perform = async (): Promise<void> => {
    for (const group of [`head:${head}`, `comment:${number}`]) await performEffects(ports, { repository, group });
  };
  const cold = await counted(judge);
  const shown = await counted(perform);
  const warm = await counted(judge);
  const again = await counted(perform);
  return { cold: cold.reads, warm: warm.reads, writes: cold.writes + shown.writes, readsToWrite: shown.reads, again: warm.writes + again.writes };
}

function contracts(contractVersion: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: files }, (_, index) => [`contracts/c${index}.yaml`, aContract({ contractId: `c${index}`, contractVersion })]));
}

interface Parts {
  readonly store: Store;
  readonly validator: SchemaValidator;
  readonly cache: ObjectCache;
}

const clock = { now: () => new Date() };

function portsOver(github: GitHubServer, { store, validator, cache }: Parts): FlowPorts {
  const { app, log } = connected(github, { cache });
  return {
    store, github: app, clock, log, settlingMs: 0, engine: 'plumbline/bench', requiredGates,
    newId: () => uuidV7(clock.now(), randomBytes(10)),
    previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, validator }),
    proberFor: (objects, repository, asked, people) => createProber({ objects, releases: recordedReleases(store, repository, asked), validator, people, policies: builtinEngine, secrets: noSecrets }),
  };
}

function figuresOf({ cold, warm, writes, readsToWrite, again }: Counts): readonly Figure[] {
  const figure = (id: string, what: string, value: number, target: Figure['target']): Figure => ({ id: `calls.${id}`, what, value, unit: 'calls', better: 'lower', scales: 'none', target });
  return [
    figure('cold', `reads to judge ${files} governed files, cold`, cold, atMost(8)),
    figure('warm', `reads to judge ${files} governed files, cached`, warm, atMost(4)),
    figure('writes', 'writes to show the decision', writes, atMost(4)),
    figure('reads-to-write', 'reads to show the decision', readsToWrite, null),
    figure('again', 'writes when the same is judged again', again, null),
  ];
}
