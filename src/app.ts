import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { TrustedKey } from './audit/trusted-key.ts';
import type { Config } from './config.ts';
import { createApiPorts } from './config/api-ports.ts';
import { threadedBundleWork } from './config/threaded-bundle-work.ts';
import { alarmsOf } from './flows/audit-alarms.ts';
import type { FlowPorts } from './flows/flow-ports.ts';
import { readLogStatuses } from './flows/log-status.ts';
import type { Anchor } from './flows/ports/anchor.ts';
import type { LogSigner } from './flows/ports/audit-log.ts';
import type { Signer } from './flows/ports/key-service.ts';
import type { Operations } from './flows/operations.ts';
import { createDigester } from './flows/digest/create-digester.ts';
import { createRemediator } from './flows/remediation/create-remediator.ts';
import { noSources } from './flows/remediation/no-sources.ts';
import type { RemediationSources } from './flows/remediation/remediation-ports.ts';
import { createScanner } from './flows/scan/scan-repository.ts';
import { receiveDelivery } from './flows/receive-delivery.ts';
import { createReconciler } from './flows/reconcile-pull-requests.ts';
import { logEnvelopeSigner } from './flows/log-envelope-signer.ts';
import { makeBundles } from './flows/make-bundles.ts';
import { createSealer } from './flows/seal-checkpoint.ts';
import { createBlockedLogNotice } from './flows/show-blocked-log.ts';
import { storeOperations } from './flows/store-operations.ts';
import { BodyBudget } from './web/body-budget.ts';
import { createWeb } from './web/create-web.ts';
import type { Web } from './web/create-web.ts';
import type { EventLoopDelay } from './web/event-loop-delay.ts';
import type { ReadinessCheck } from './web/readiness.ts';
import { createVerifier } from './web/signature.ts';
import { createWorker } from './worker/create-worker.ts';
import type { Worker } from './worker/create-worker.ts';
import { createBurial, createDispatch } from './worker/flow-dispatch.ts';
import { createSchedules } from './worker/schedules.ts';
import { serverSchedules } from './worker/server-schedules.ts';

export interface AppParts {
  readonly config: Pick<Config, 'publicUrl' | 'actionsIssuer' | 'apiIssuer' | 'apiRequestsPerMinute' | 'apiProxies' | 'appId' | 'privateKey' | 'webhookSecret' | 'previousWebhookSecret' | 'concurrency' | 'leaseMs' | 'pollMs' | 'sealing' | 'retention' | 'selfAuditMs' | 'anchorLateMs'>;
  readonly ports: FlowPorts;
  readonly signer: LogSigner;
  /** Where checkpoints are published; left out: nowhere. */
  readonly anchors?: readonly Anchor[];
  /** Where drifts and plans come from; left out: nothing is measured. */
  readonly remediationSources?: RemediationSources;
  /** Raw public keys that signed the audit log before. */
  readonly previousLogKeys?: readonly Uint8Array[];
  /** Signs envelopes, and certifies the log key; the log key itself when left out. */
  readonly signing?: Signer;
  /** Keys before these that can still sign a statement about their successor. */
  readonly previousSigners?: readonly Signer[];
  readonly eventLoop: Pick<EventLoopDelay, 'longestMs'>;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface App {
  readonly web: Web;
  readonly worker: Worker;
  /** What an operator may ask of the running server. */
  readonly operations: Operations;
  /** Makes the schedules due and lets the worker run. */
  start(): Promise<void>;
  /** From now on requests are turned away with 503. */
  drain(): void;
  /** Ends the worker, gives back its leases and seals what was appended. */
  stop(): Promise<void>;
}

/** What GitHub sends at most, and how much of it may be on its way at once. */
const mostBytes = 25 * 1024 * 1024;
const bodies = { bodies: 1_024, bytes: 64 * 1024 * 1024 };
const readinessTimeoutMs = 2_000;
const longestDelayMs = 2_000;
const workerStopMs = 20_000;

/** Puts flows, web and worker together over given ports. Nothing runs until it is started. */
export async function createApp(parts: AppParts): Promise<App> {
  const { config, ports, signer, anchors = [], previousLogKeys = [], signing, previousSigners = [] } = parts;
  const sealer = createSealer({ store: ports.store, signer, clock: ports.clock, log: ports.log, previousKeys: previousLogKeys, previousSigners, ...(signing === undefined ? {} : { signing }) });
  const work = threadedBundleWork();
  const publicKeys = [signer.publicKey, ...previousLogKeys];
  const schedules = createSchedules(ports, serverSchedules(ports, sealer, { sealing: config.sealing, anchors, keys: ownKeys(parts), selfAuditMs: config.selfAuditMs }, config.retention));
  const showBlockedLog = createBlockedLogNotice(ports);
  const dispatch = createDispatch(ports, { schedules, reconcile: createReconciler(ports), remediate: createRemediator(ports, parts.remediationSources ?? noSources, config.leaseMs), scan: createScanner(ports, config.leaseMs), digest: createDigester(ports, config.leaseMs), showBlockedLog, sealer, makeBundles: (signal) => makeBundles({ ...ports, sealer, publicKeys, signer: signing ?? logEnvelopeSigner(signer), work }, signal) });
  const worker = createWorker(
    { queue: ports.store.queue, dispatch, onBuried: createBurial(ports, showBlockedLog), onSetBack: () => schedules.start(), clock: ports.clock, log: ports.log, random: parts.random },
    { owner: `${hostname()}/${process.pid}/${randomUUID()}`, concurrency: config.concurrency, leaseMs: config.leaseMs, pollMs: config.pollMs, stopMs: workerStopMs },
  );
  const operations = storeOperations({ store: ports.store, clock: ports.clock, publicKeys, engine: ports.engine, sealer });
  let isDraining = false;
  const budget = new BodyBudget(bodies);
  const verify = await verifierOf(config);
  const web = createWeb({
    verify,
    receive: async (delivery) => {
      const received = await receiveDelivery({ ...ports, appId: config.appId }, delivery);
      worker.wake();
      return received;
    },
    budget,
    api: createApiPorts({ config, ports, operations, keys: ownKeys(parts), work, budget, wake: () => worker.wake() }),
    log: ports.log,
    mostBytes,
    readiness: readinessOf(parts, worker),
    alarms: alarmsFor(parts),
    readinessTimeoutMs,
    isDraining: () => isDraining,
  });
  return {
    web,
    worker,
    operations,
    start: async () => {
      await schedules.start();
      worker.start();
    },
    drain: () => {
      isDraining = true;
    },
    stop: async () => {
      isDraining = true;
      await worker.stop();
      for (const sealing of await sealer.sealAll({ force: true })) if (sealing.kind === 'failed') ports.log.error('audit log not sealed', { account: sealing.account, failure: sealing.failure });
    },
  };
}

function verifierOf({ appId, privateKey, webhookSecret, previousWebhookSecret }: AppParts['config']): ReturnType<typeof createVerifier> {
  const kept = [webhookSecret, previousWebhookSecret].filter((secret) => secret !== null);
  return createVerifier({
    appId,
    privateKey: privateKey.reveal() ?? '',
    secrets: () => kept.map((secret) => secret.reveal()).filter((secret) => secret !== null),
    renew: async () => (await Promise.all(kept.map((secret) => secret.refreshAfterRefusal()))).includes(true),
  });
}

/** Whose checkpoints and statements about keys the server believes; keys that these name come with them. */
function ownKeys({ signer, previousLogKeys = [], signing }: AppParts): readonly TrustedKey[] {
  const ofLogs = [signer.publicKey, ...previousLogKeys].map((publicKey) => ({ kind: 'bare' as const, publicKey }));
  // An Ed25519 one could sign checkpoints, which is not its purpose.
  return signing?.key.algorithm === 'ES256' ? [...ofLogs, { kind: 'signing', key: signing.key }] : ofLogs;
}

/** Told to whoever asks for readiness, without taking the server out of service: deliveries still count. */
function alarmsFor({ config, ports, anchors = [] }: AppParts): () => Promise<readonly string[]> {
  const limits = { anchors: anchors.map(({ name }) => name), anchorLateMs: config.anchorLateMs, selfAuditEveryMs: config.selfAuditMs };
  return async () => [...new Set(alarmsOf(await readLogStatuses(ports.store), limits, ports.clock.now()).map(({ kind }) => kind))];
}

function readinessOf({ ports, eventLoop }: AppParts, worker: Worker): readonly ReadinessCheck[] {
  return [
    { name: 'store', holds: async () => (await ports.store.ping(), true) },
    { name: 'worker', holds: () => worker.isAlive() },
    { name: 'event-loop', holds: () => eventLoop.longestMs() < longestDelayMs },
  ];
}
