import { readConfig } from '../../src/config.ts';
import { createServerPorts } from '../../src/config/server-ports.ts';
import type { ServerPorts } from '../../src/config/server-ports.ts';
import type { JobKind } from '../../src/flows/ports/job-queue.ts';
import type { Log } from '../../src/flows/ports/log.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { createRemediator } from '../../src/flows/remediation/create-remediator.ts';
import { beginScans } from '../../src/flows/scan/begin-scans.ts';
import { listRepositories } from '../../src/flows/scan/list-repositories.ts';
import { createDigester } from '../../src/flows/digest/create-digester.ts';
import { createScanner } from '../../src/flows/scan/scan-repository.ts';
import { createBlockedLogNotice } from '../../src/flows/show-blocked-log.ts';
import { deadlines } from '../../src/worker/dispatch.ts';
import { createBurial, createDispatch } from '../../src/worker/flow-dispatch.ts';
import { runJob } from '../../src/worker/run-job.ts';
import type { RunPorts } from '../../src/worker/run-job.ts';
import { anEnvironment } from '../builders/server-environment.ts';
import type { FakeClock } from '../fakes/fake-clock.ts';
import type { GitHubServer } from '../github/start-github.ts';
import { noSealing } from '../builders/no-sealing.ts';

export interface ScanningOptions {
  readonly github: Pick<GitHubServer, 'url' | 'appId' | 'privateKey'>;
  readonly store: Store;
  readonly clock: FakeClock;
  readonly log: Log;
  /** GITHUB_WRITES_PER_MINUTE, with which all budgets grow. */
  readonly writesPerMinute: number;
}

const leaseMs = 600_000;
/** How long nothing is looked for when nothing was due. */
const idleMs = 10_000;
const day = 24 * 3_600_000;

/**
 * The flows and the worker as the server composes them, in a time of their own: it stands still while they work, as if GitHub answered
 * at once, and moves on where a call waits for its budget and where no job is due.
 */
export class ScanningServer {
  readonly #options: ScanningOptions;
  readonly #composed: ServerPorts;
  readonly #running: RunPorts;
  readonly #buried: string[] = [];
  readonly #onJob: (kind: JobKind) => Promise<void>;

  /** @param onJob Called after each job. */
  constructor(options: ScanningOptions, onJob: (kind: JobKind) => Promise<void> = async () => {}) {
    const { github, store, clock, log } = options;
    const config = readConfig(anEnvironment({ APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey, GITHUB_API_URL: github.url, GITHUB_WRITES_PER_MINUTE: String(options.writesPerMinute) }));
    const time = { elapsed: () => clock.now().getTime(), pause: async (milliseconds: number) => clock.advance(milliseconds), random: () => 0.5 };
    this.#options = options;
    this.#onJob = onJob;
    this.#composed = createServerPorts(config, { store, clock, log, time });
    const { ports, driftSources } = this.#composed;
    const showBlockedLog = createBlockedLogNotice(ports);
    const dispatch = createDispatch(ports, { schedules: { start: async () => {}, run: async () => {} }, reconcile: async () => {}, remediate: createRemediator(ports, driftSources, config.leaseMs), scan: createScanner(ports, config.leaseMs), digest: createDigester(ports, config.leaseMs), showBlockedLog, ...noSealing });
    const bury = createBurial(ports, showBlockedLog);
    const onBuried: RunPorts['onBuried'] = async (job, failure) => {
      this.#buried.push(`${job.key}: ${failure.code}`);
      await bury(job, failure);
    };
    this.#running = { queue: store.queue, dispatch, onBuried, clock, log, random: () => 0.5 };
  }

  /** Jobs that were given up. */
  buried(): readonly string[] {
    return this.#buried;
  }

  /** Learns of all repositories, waits until they are due, and begins to scan them. */
  async beginScan(): Promise<void> {
    const { ports } = this.#composed;
    await listRepositories(ports, new AbortController().signal);
    this.#options.clock.advance(day);
    await beginScans(ports);
  }

  /** Does what is due for so many milliseconds. */
  async pass(milliseconds: number): Promise<void> {
    const { clock, store } = this.#options;
    const end = clock.now().getTime() + milliseconds;
    while (clock.now().getTime() < end) {
      const now = clock.now();
      const [job] = await store.queue.lease({ owner: 'test', now, until: new Date(now.getTime() + leaseMs), limit: 1 });
      if (job === undefined) clock.advance(idleMs);
      else {
        await runJob(this.#running, job, { leaseMs, deadlines }, new AbortController());
        await this.#onJob(job.kind);
      }
    }
  }

  close(): Promise<void> {
    return this.#composed.close();
  }
}
