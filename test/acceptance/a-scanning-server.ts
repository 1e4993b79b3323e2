import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { readConfig } from '../../src/config.ts';
import { createServerPorts } from '../../src/config/server-ports.ts';
import { failureOf } from '../../src/domain/failure.ts';
import type { Failure } from '../../src/domain/failure.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { commandJob, recordCloseJob, scanJob } from '../../src/flows/job-requests.ts';
import type { JobRequest } from '../../src/flows/ports/job-queue.ts';
import { createRemediator } from '../../src/flows/remediation/create-remediator.ts';
import { beginScans } from '../../src/flows/scan/begin-scans.ts';
import { listRepositories } from '../../src/flows/scan/list-repositories.ts';
import { createDigester } from '../../src/flows/digest/create-digester.ts';
import { createScanner } from '../../src/flows/scan/scan-repository.ts';
import { takeSamples } from '../../src/flows/take-samples.ts';
import { createBlockedLogNotice } from '../../src/flows/show-blocked-log.ts';
import { createDispatch } from '../../src/worker/flow-dispatch.ts';
import { anOrigin } from '../builders/a-sample.ts';
import { anEnvironment } from '../builders/server-environment.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { startGitHub } from '../github/start-github.ts';
import { noSealing } from '../builders/no-sealing.ts';

/** The flows as the server composes them, on an emulated GitHub, with a clock that the test moves. */
export async function aScanningServer(context: TestContext) {
  const github = await startGitHub();
  context.after(() => github.stop());
  const clock = fakeClock(new Date(Date.now() + 1_000).toISOString());
  const store = memoryStore({ clock });
  const log = fakeLog();
  const config = readConfig(anEnvironment({ APP_ID: String(github.appId), PRIVATE_KEY: github.privateKey, GITHUB_API_URL: github.url, GITHUB_WRITES_PER_MINUTE: '100000' }));
  const composed = createServerPorts(config, { store, clock, log });
  const { ports, driftSources } = composed;
  context.after(() => composed.close());
  const dispatch = createDispatch(ports, { schedules: { start: async () => {}, run: async () => {} }, reconcile: async () => {}, remediate: createRemediator(ports, driftSources, 60_000), scan: createScanner(ports, 60_000), digest: createDigester(ports, 60_000), showBlockedLog: createBlockedLogNotice(ports), ...noSealing });
  const failures: Failure[] = [];
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 100; round += 1) {
      const [job] = await store.queue.lease({ owner: 'test', now: clock.now(), until: new Date(clock.now().getTime() + 600_000), limit: 1 });
      if (job === undefined) return;
      try {
        await dispatch[job.kind](job, new AbortController().signal);
        await store.queue.complete(job, clock.now());
      } catch (thrown) {
        failures.push(failureOf(thrown, 'GATE_FAILED'));
        await store.queue.complete(job, clock.now());
      }
    }
    assert.fail('jobs do not come to an end');
  };
  /** Does what is due for so many minutes. */
  const pass = async (minutes: number): Promise<void> => {
    for (let minute = 0; minute < minutes; minute += 1) {
      await settle();
      clock.advance(60_000);
    }
  };
  return {
    github, ports, store, clock, log, failures, settle,
    /** Judges a pull request or a merge group, and does all that is due within minutes. */
    async judge(job: JobRequest, minutes = 2) {
      await store.transaction((transaction) => transaction.enqueue(job));
      for (let minute = 0; minute < minutes; minute += 1) {
        await settle();
        clock.advance(60_000);
      }
      await settle();
    },
    /** A run of the workflow `ci.yml` says what it measured of a commit. */
    async send(repository: RepositoryRef, head: string, value: JsonObject) {
      const origin = anOrigin({ repositoryId: repository.id, commit: head, workflow: `${repository.owner}/${repository.name}/.github/workflows/ci.yml@refs/heads/x`, token: `token-${head}` });
      await takeSamples({ store, clock, github: ports.github }, { samples: { behavior: 'checkout', head, value, generator: null }, origin, issuer: 'https://issuer.example.com', expiresAt: new Date(clock.now().getTime() + 600_000) });
      await settle();
    },
    /** What is due is scanned, confirmed and acted upon. */
    async scan() {
      await listRepositories(ports, new AbortController().signal);
      clock.advance(86_400_000);
      await beginScans(ports);
      for (let minute = 0; minute < 20; minute += 1) {
        await settle();
        clock.advance(60_000);
      }
    },
    /** Measures a repository now, and does all that follows within minutes. */
    async measure(repository: RepositoryRef) {
      await store.transaction((transaction) => transaction.enqueue(scanJob({ repository, confirming: null })));
      await pass(12);
    },
    pass,
    /** Somebody types a command in a pull request. @returns What is answered, once all that follows is done. */
    async type(repository: RepositoryRef, number: number, body: string, as: string): Promise<string> {
      const comment = await github.comment(repository, number, body, { as });
      await store.transaction((transaction) => transaction.enqueue(commandJob(repository, { pullRequest: number, comment, waits: 0 })));
      for (let minute = 0; minute < 5; minute += 1) {
        await settle();
        clock.advance(60_000);
      }
      const replies = (await github.comments(repository, number)).map((one) => String(one['body'])).filter((text) => text.includes(`<!-- plumbline:command-${comment} -->`));
      assert.equal(replies.length, 1);
      return replies[0] ?? '';
    },
    /** What the event of a close or a merge asks for, without another scan. */
    async closed(repository: RepositoryRef, number: number) {
      await store.transaction((transaction) => transaction.enqueue(recordCloseJob(repository, number)));
      for (let minute = 0; minute < 5; minute += 1) {
        await settle();
        clock.advance(60_000);
      }
    },
    async events(account: number): Promise<readonly string[]> {
      return (await store.audit.entries(account, 0, 1_000)).map(({ leaf }) => String(JSON.parse(new TextDecoder().decode(leaf)).event)).filter((event) => event !== 'config.seen');
    },
  };
}
