import type { SourceReading } from '../../../src/domain/behavior/source-reading.ts';
import { Failure } from '../../../src/domain/failure.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { scanJob } from '../../../src/flows/job-requests.ts';
import type { LeasedJob } from '../../../src/flows/ports/job-queue.ts';
import { beginScans } from '../../../src/flows/scan/begin-scans.ts';
import { listRepositories } from '../../../src/flows/scan/list-repositories.ts';
import { aWorld } from '../a-world.ts';

export const behavior = ['kind: Behavior', 'name: checkout-quality', 'scope: environment', 'source: {type: http-json, url: "https://metrics.example.com/checkout"}', 'metrics:', '  - {name: readiness, pointer: /readiness, baseline: 0.847, absolute: 0.001}', 'owner: team:checkout', ''].join('\n');
export const configuration = 'version: 1\ndrift: {behaviors: ["behaviors/*.yaml"], schedule: "17 3 * * *"}\n';

/** What a source answers that breaks; a Failure is trouble of our own. */
export const silent = { status: 500 };

/** A repository with one behaviour, whose source answers what a test says. */
export function aScannedWorld(files: Readonly<Record<string, string>> = {}) {
  const answers: (JsonValue | Failure)[] = [];
  const remediated: string[] = [];
  let meanwhile: (() => Promise<void>) | null = null;
  let last: JsonValue | Failure = { readiness: 0.847 };
  const world = aWorld({}, undefined, undefined, {
    behaviors: {
      async read(): Promise<SourceReading> {
        await meanwhile?.();
        meanwhile = null;
        last = answers.shift() ?? last;
        if (last instanceof Failure) throw last;
        if (last === silent) return { kind: 'no-signal', why: 'status 500' };
        return { kind: 'answered', value: last, observedAt: world.clock.now().toISOString(), generator: null };
      },
    },
    remediate: async (job: LeasedJob) => void remediated.push(String(job.payload['behavior'])),
  });
  world.github.commit('main', { '.github/plumbline.yml': configuration, 'behaviors/checkout.yaml': behavior, ...files });
  const github = { ...world.ports.github, async *repositories() { yield { repository: world.github.ref, defaultBranch: world.github.defaultBranch, isArchived: false }; } };
  const ports = { ...world.ports, github };
  const pass = (ms: number) => world.clock.advance(ms);
  return {
    ...world, ports, answers, remediated, pass,
    whileMeasuring: (happening: () => Promise<void>) => void (meanwhile = happening),
    list: () => listRepositories(ports, new AbortController().signal),
    /** Measures what is asked for now, and nothing that is due later. */
    async ask(): Promise<void> {
      await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
      await world.settle();
    },
    /** Lists, begins what is due, and runs all jobs until nothing is left for the next five minutes. */
    async scan() {
      await listRepositories(ports, new AbortController().signal);
      pass(86_400_000);
      await beginScans(ports);
      for (let minute = 0; minute < 15; minute += 1) {
        await world.settle();
        pass(60_000);
      }
    },
    drifts: () => world.store.transaction((transaction) => transaction.driftsOf(world.github.ref.id)),
    plan: () => world.store.transaction((transaction) => transaction.scanPlan(world.github.ref.id)),
  };
}
