import type { TrustedKey } from '../audit/trusted-key.ts';
import type { Config } from '../config.ts';
import { Failure } from '../domain/failure.ts';
import { approveByToken } from '../flows/approve-by-token.ts';
import { readCalibrations } from '../flows/calibration/read-calibrations.ts';
import { askBundle } from '../flows/ask-bundle.ts';
import { exportAudit } from '../flows/export-audit.ts';
import type { FlowPorts } from '../flows/flow-ports.ts';
import type { BundleWork } from '../flows/ports/bundle-work.ts';
import type { Operations } from '../flows/operations.ts';
import { readStatistics } from '../flows/read-statistics.ts';
import { createLexicalRetriever } from '../flows/retrieval/lexical-retriever.ts';
import { searchEvidence } from '../flows/retrieval/search-evidence.ts';
import { exportUsage } from '../flows/usage/export-usage.ts';
import { readUsage } from '../flows/usage/read-usage.ts';
import { reserveUsage } from '../flows/usage/reserve-usage.ts';
import { settleUsage } from '../flows/usage/settle-usage.ts';
import { proveEntry } from '../flows/prove-entry.ts';
import { settledBundle } from '../flows/settled-bundle.ts';
import { takeSamples } from '../flows/take-samples.ts';
import { createCursors } from '../web/api/cursor.ts';
import type { ApiPorts } from '../web/api/mount-api.ts';
import type { PrincipalPorts } from '../web/api/principal.ts';
import { createRateLimit } from '../web/api/rate-limit.ts';
import type { BodyBudget } from '../web/body-budget.ts';
import { createTokenVerifier } from '../web/tokens/verify-token.ts';

export interface ApiParts {
  readonly config: Pick<Config, 'publicUrl' | 'actionsIssuer' | 'apiIssuer' | 'apiRequestsPerMinute' | 'apiProxies' | 'webhookSecret'>;
  readonly ports: FlowPorts;
  readonly operations: Pick<Operations, 'audit' | 'publicKeys' | 'seal'>;
  /** Whose signatures the server believes. */
  readonly keys: readonly TrustedKey[];
  readonly work: BundleWork;
  readonly budget: BodyBudget;
  /** Lets the worker look for what was enqueued. */
  readonly wake: () => void;
}

/** Seconds: GitHub's tokens for runs of workflows live for minutes, those of the operator's issuer for a day at most. */
const mostAges = { workflow: 900, principal: 86_400 } as const;

/** What is kept in memory of the files that were searched. */
const retrievalBytes = 64 * 1024 * 1024;

/** Behind one address may be many who ask, and all who send samples. */
const perAddress = 10;

/** What the API stands on, put together over the server's flows. */
export function createApiPorts({ config, ports, operations, keys, work, budget, wake }: ApiParts): ApiPorts {
  const { actionsIssuer: issuer, publicUrl, apiRequestsPerMinute: perMinute } = config;
  const { store, github, clock, log } = ports;
  const retriever = createLexicalRetriever(retrievalBytes);
  return {
    principals: principalsOf(config.apiIssuer, ports),
    samples: { verify: createTokenVerifier({ issuer, audience: publicUrl, mostAge: mostAges.workflow }, ports), issuer, take: (verified) => thenWake(takeSamples(ports, verified), wake), budget, log },
    statistics: (account) => readStatistics(ports, account),
    calibrations: (asked) => readCalibrations(ports, asked),
    searchEvidence: (query) => searchEvidence({ store, github, retriever }, query),
    usage: (asked) => readUsage({ store, clock }, asked),
    exportUsage: (asked) => exportUsage(store, asked),
    reserveUsage: (wanted) => reserveUsage(ports, wanted),
    settleUsage: (wanted) => thenWake(settleUsage(ports, wanted), wake),
    approve: (wanted) => thenWake(approveByToken(ports, wanted), wake),
    exportLog: (account) => sealedExport(operations, account),
    ...bundlePorts(ports, { keys, work, wake }),
    proveEntry: (account, stored) => proveEntry({ audit: store.audit, index: store.auditIndex, publicKeys: operations.publicKeys }, account, stored),
    search: store.search,
    audit: store.audit,
    reads: store.reads,
    // All processes of a server have it, and nobody else.
    cursors: createCursors(() => config.webhookSecret.reveal() ?? noSecret()),
    takeTurn: createRateLimit({ perMinute, burst: Math.ceil(perMinute / 4) }, clock),
    takeTurnOfAddress: createRateLimit({ perMinute: perMinute * perAddress, burst: Math.ceil((perMinute * perAddress) / 4) }, clock),
    proxies: config.apiProxies,
    budget,
    clock,
    log,
  };
}

function principalsOf(apiIssuer: Config['apiIssuer'], ports: FlowPorts): PrincipalPorts | null {
  if (apiIssuer === null) return null;
  const { issuer, audience, claims } = apiIssuer;
  return { verify: createTokenVerifier({ issuer, audience, mostAge: mostAges.principal }, ports), claims };
}

/** Most bundles are made while whoever asked waits for the answer. */
const patienceMs = 2_000;

function bundlePorts(ports: FlowPorts, { keys, work, wake }: Pick<ApiParts, 'keys' | 'work' | 'wake'>): Pick<ApiPorts, 'askBundle' | 'keptBundle' | 'madeBundle' | 'bundleRequest' | 'verifyBundle'> {
  const { store } = ports;
  const keptBundle: ApiPorts['keptBundle'] = (account, id) => store.transaction((transaction) => transaction.keptBundle(account, id));
  return {
    keptBundle,
    madeBundle: (account, id) => store.transaction((transaction) => transaction.madeBundle(account, id)),
    bundleRequest: (account, id) => store.transaction((transaction) => transaction.bundleRequest(account, id)),
    async askBundle(wanted) {
      const outcome = await thenWake(askBundle(ports, wanted), wake);
      return outcome.kind === 'asked' ? { kind: 'asked', request: await settledBundle(store, outcome.request, patienceMs) } : outcome;
    },
    async verifyBundle(account, id) {
      const kept = await keptBundle(account, id);
      return kept === null ? null : await work.verify(kept.file, { keys, checkpoints: [], id });
    },
  };
}

async function thenWake<Result>(work: Promise<Result>, wake: () => void): Promise<Result> {
  const result = await work;
  wake();
  return result;
}

function noSecret(): never {
  throw new Failure('KEY_UNAVAILABLE', 'Cannot make or read a cursor: found no webhook secret, expected the one that the settings name.');
}

/** As the command does it: so the newest entries are covered too. */
async function* sealedExport({ audit, publicKeys, seal }: ApiParts['operations'], account: number): AsyncGenerator<string, void> {
  for (const sealing of await seal(account)) if (sealing.kind === 'failed') throw sealing.failure;
  yield* exportAudit(audit, account, publicKeys);
}
