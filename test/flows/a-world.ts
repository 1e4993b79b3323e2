import assert from 'node:assert/strict';
import type { SchemasToCompare } from '../../src/domain/probe-request.ts';
import { failureOf } from '../../src/domain/failure.ts';
import type { Failure } from '../../src/domain/failure.ts';
import type { GateName } from '../../src/domain/gate-name.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { knownLabels } from '../../src/flows/calibration/known-labels.ts';
import { knownUsage } from '../../src/flows/usage/known-usage.ts';
import { evaluateJob } from '../../src/flows/job-requests.ts';
import type { JobRequest, LeasedJob } from '../../src/flows/ports/job-queue.ts';
import { emptyRecord } from '../../src/flows/empty-record.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import type { Remediator } from '../../src/flows/remediation/create-remediator.ts';
import { createDigester } from '../../src/flows/digest/create-digester.ts';
import { createScanner } from '../../src/flows/scan/scan-repository.ts';
import { createBlockedLogNotice } from '../../src/flows/show-blocked-log.ts';
import { readBuiltinPlaybooks } from '../../src/probes/builtin-playbooks.ts';
import { createProber } from '../../src/probes/prober.ts';
import type { ProberPorts } from '../../src/probes/prober.ts';
import { createDispatch } from '../../src/worker/flow-dispatch.ts';
import { builtinEngine } from '../builders/builtin-answer.ts';
import { parsedHere } from '../builders/parsed-here.ts';
import { replayOf } from '../builders/replay-of.ts';
import { markedSecrets } from '../builders/marked-secrets.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { FakeGitHub } from '../fakes/fake-github.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { compareLengths } from '../gates/contract/schema/a-schema-change.ts';
import { noSealing } from '../builders/no-sealing.ts';

export const configuration = ['version: 1', 'contracts:', '  - {name: workspace, paths: ["contracts/**/*.yaml"], signatures: optional}', ''].join('\n');

/** A contract as text, with its own content. */
export function aContract(overrides: Readonly<Record<string, string>> = {}): string {
  const members = { contractId: 'checkout', contractVersion: '1.0.0', previousContractRef: 'null', lifecycle: 'active', spec: '{limit: 1}', ...overrides };
  return Object.entries(members).map(([name, value]) => `${name}: ${value}\n`).join('');
}

/** What most flows are about: who may do what is asked only where a test is about that. */
const contentGates: readonly GateName[] = ['change', 'contracts'];

/** Flows over the memory store and one repository in memory, with the jobs run one after the other. */
export function aWorld(repository: Partial<RepositoryRef> = {}, gates = contentGates, policies = builtinEngine, { remediate = async () => {}, ...more }: Pick<ProberPorts, 'behaviors' | 'bundles' | 'drifts'> & { readonly remediate?: Remediator } = {}) {
  const github = new FakeGitHub(repository);
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const log = fakeLog();
  let ids = 0;
  const compare = async (wanted: readonly SchemasToCompare[]) => wanted.map((schemas) => compareLengths({ kind: 'comparison', ...schemas }));
  const validator = { validate: async (wanted: readonly unknown[]) => wanted.map(() => ({ kind: 'valid' }) as const), prepare: () => {}, compare, close: async () => {} };
  const ports: FlowPorts = {
    store,
    github: github.app,
    clock,
    log,
    settlingMs: 0,
    engine: 'plumbline/test',
    requiredGates: gates,
    newId: () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, '0')}`,
    builtinPlaybooks: readBuiltinPlaybooks,
    previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, validator }),
    proberFor: (objects, repository, asked, people) => createProber({ objects, organization: github.repository, releases: recordedReleases(store, repository, asked), validator, labels: knownLabels(store, clock, repository), usage: knownUsage(store, repository), people, policies, secrets: markedSecrets, modules: parsedHere, ...more }),
  };
  const dispatch = createDispatch(ports, { schedules: { start: async () => {}, run: async () => {} }, reconcile: async () => {}, remediate, scan: createScanner(ports, 60_000), digest: createDigester(ports, 60_000), showBlockedLog: createBlockedLogNotice(ports), ...noSealing });
  const failures: Failure[] = [];
  /** Up to which entry of an account. */
  const replayed = new Map<number, number>();

  /** Runs every job that is due, until none is left. A job that throws is put off by an hour. */
  async function settle(): Promise<void> {
    for (let round = 0; round < 200; round += 1) {
      const [job] = await store.queue.lease({ owner: 'test', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 1 });
      if (job === undefined) return await replayNew();
      await runOne(job);
    }
    assert.fail('jobs do not come to an end');
  }

  /** Whatever a test has decided comes out the same when it is judged again from the audit log alone. */
  async function replayNew(): Promise<void> {
    for (const account of await store.audit.accounts()) {
      const { different, engineDiffers } = await replayOf(store.audit, account, ports.engine, replayed.get(account));
      assert.deepEqual([different, engineDiffers], [[], 0]);
      replayed.set(account, await store.audit.size(account));
    }
  }

  async function runOne(job: LeasedJob): Promise<void> {
    try {
      await dispatch[job.kind](job, new AbortController().signal);
      await store.queue.complete(job, clock.now());
    } catch (thrown) {
      const failure = failureOf(thrown, 'GATE_FAILED');
      failures.push(failure);
      await store.queue.retry(job, new Date(clock.now().getTime() + 3_600_000), failure);
    }
  }

  async function enqueue(...jobs: readonly JobRequest[]): Promise<void> {
    await store.transaction(async (transaction) => {
      for (const job of jobs) await transaction.enqueue(job);
    });
  }

  return {
    github,
    clock,
    store,
    log,
    ports,
    failures,
    settle,
    /** Runs one leased job to its end. */
    run: runOne,
    enqueue,
    async evaluate(number: number): Promise<void> {
      await enqueue(evaluateJob(github.ref, number));
      await settle();
    },
    async auditEvents(): Promise<readonly string[]> {
      const entries = await store.audit.entries(github.ref.account.id, 0, 10_000);
      return entries.map((entry) => String(JSON.parse(new TextDecoder().decode(entry.leaf)).event));
    },
  };
}

/** A governed repository with one released contract on main. */
export function aGovernedWorld(world = aWorld()) {
  world.github.commit('main', { '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': aContract(), 'README.md': 'shop\n' });
  return world;
}
