import { join } from 'node:path';
import type { Snapshot } from '../../audit/snapshot.ts';
import { Failure } from '../../domain/failure.ts';
import type { Operations } from '../../flows/operations.ts';
import type { UsageExport } from '../../flows/usage/export-usage.ts';
import type { AuditIndex } from '../../flows/ports/audit-index.ts';
import type { AuditReader } from '../../flows/ports/audit-log.ts';
import { accountsForm, blockedForm, calibrationsForm, checkpointForm, detachedForm, entryForm, erasureForm, hashesForm, helloForm, holdForm, pieceForm, repositoryForm, resumptionForm, sealingsForm, sequencesForm, sizeForm, snapshotForm, statusForm, usageExportForm, usageForm } from '../../web/operator-form.ts';
import { mostEntries, mostHashes, mostSnapshots, mostTopics, operatorSocket } from '../../web/operator-request.ts';
import type { OperatorRequest } from '../../web/operator-request.ts';
import type { WireForm } from '../../web/wire-form.ts';
import { askOperator } from './operator-wire.ts';

const helloMs = 5_000;

/** The operations of the server that has the embedded store of a directory open; null when nobody answers at its door. */
export async function connectOperator(directory: string): Promise<Operations | null> {
  const path = join(directory, operatorSocket);
  try {
    const { engine, publicKeys } = await one(path, { operation: 'hello' }, helloForm, helloMs);
    return {
      engine,
      publicKeys,
      audit: auditThrough(path),
      index: indexThrough(path),
      statuses: async () => await all(path, { operation: 'statuses' }, statusForm),
      calibrations: async ({ account, repository, agent }) => await one(path, { operation: 'calibrations', account, repository, agent }, calibrationsForm),
      usage: async ({ account, repository, agent, from, to }) => await one(path, { operation: 'usage', account, repository, agent, from: from?.toISOString() ?? null, to: to?.toISOString() ?? null }, usageForm),
      exportUsage: async ({ account, repository, agent, source, from, to }) => await exportThrough(path, { operation: 'export-usage', account, repository, agent, source, from: from.toISOString(), to: to.toISOString() }),
      ping: async () => void (await one(path, { operation: 'hello' }, helloForm, helloMs)),
      seal: async (account) => await one(path, { operation: 'seal', account }, sealingsForm),
      sealByServer: async (account) => await one(path, { operation: 'seal', account }, sealingsForm),
      resume: async ({ account, actor, reason }) => await one(path, { operation: 'resume', account, actor, reason }, resumptionForm),
      detach: async ({ account, repository, by }) => await one(path, { operation: 'detach', account, repository, by }, detachedForm),
      erase: async ({ account, asked, by, reason, isRehearsed }) => await one(path, { operation: 'erase', account, asked, by, reason, isRehearsed }, erasureForm),
      hold: async ({ account, repository, from, to, by, reason }) => await one(path, { operation: 'hold', account, repository, from: from?.toISOString() ?? null, to: to?.toISOString() ?? null, by, reason }, holdForm),
      releaseHold: async ({ account, hold, by, reason }) => await one(path, { operation: 'release-hold', account, hold, by, reason }, holdForm),
    };
  } catch (thrown) {
    // Nobody there: whoever wants the store opens it, and is told who else has it.
    if (thrown instanceof Failure && thrown.code === 'STORE_UNAVAILABLE') return null;
    throw thrown;
  }
}

function auditThrough(path: string): AuditReader {
  return {
    accounts: async () => await one(path, { operation: 'accounts' }, accountsForm),
    size: async (account) => await one(path, { operation: 'size', account }, sizeForm),
    blocked: async (account) => await one(path, { operation: 'blocked', account }, blockedForm),
    entries: async (account, from, limit) => (limit <= 0 ? [] : await all(path, { operation: 'entries', account, from, limit: Math.min(limit, mostEntries) }, entryForm)),
    checkpoints: async (account, from = 0, limit) => await all(path, { operation: 'checkpoints', account, from, limit: limit ?? null }, checkpointForm),
    async snapshots(account, digests) {
      const found: Snapshot[] = [];
      for (let from = 0; from < digests.length; from += mostSnapshots) found.push(...(await all(path, { operation: 'snapshots', account, digests: digests.slice(from, from + mostSnapshots) }, snapshotForm)));
      return found;
    },
  };
}

function indexThrough(path: string): AuditIndex {
  return {
    async about(account, topics, limit) {
      const found = new Set<number>();
      for (let from = 0; from < topics.length; from += mostTopics) for (const sequence of await one(path, { operation: 'about', account, topics: topics.slice(from, from + mostTopics), limit }, sequencesForm)) found.add(sequence);
      return [...found].toSorted((a, b) => a - b).slice(0, limit);
    },
    since: async (account, instant) => await one(path, { operation: 'since', account, instant: instant.toISOString() }, sizeForm),
    repositoryNamed: async (account, name) => await one(path, { operation: 'repository', account, name }, repositoryForm),
    entriesAt: async (account, sequences) => (sequences.length === 0 ? [] : await all(path, { operation: 'entriesAt', account, sequences }, entryForm)),
    leafHashes: async (account, from, limit) => await one(path, { operation: 'leafHashes', account, from, limit: Math.min(limit, mostHashes) }, hashesForm),
    tileRoots: async (account, from, limit) => await one(path, { operation: 'tileRoots', account, from, limit: Math.min(limit, mostHashes) }, hashesForm),
  };
}

/** Pieces are asked for as they are taken. */
async function exportThrough(path: string, request: OperatorRequest): Promise<UsageExport> {
  const lines = askOperator(path, request);
  const first = await lines.next();
  const kind = usageExportForm.read(first.done === true ? '' : first.value);
  return kind === 'rows' ? { kind, pieces: piecesOf(lines) } : { kind };
}

async function* piecesOf(lines: AsyncGenerator<string>): AsyncGenerator<string, void> {
  for await (const line of lines) yield pieceForm.read(line);
}

async function all<Value>(path: string, request: OperatorRequest, form: WireForm<Value>, timeout?: number): Promise<readonly Value[]> {
  const values: Value[] = [];
  for await (const line of askOperator(path, request, timeout)) values.push(form.read(line));
  return values;
}

async function one<Value>(path: string, request: OperatorRequest, form: WireForm<Value>, timeout?: number): Promise<Value> {
  const [value, ...others] = await all(path, request, form, timeout);
  if (value !== undefined && others.length === 0) return value;
  throw new Failure('STORE_INCONSISTENT', `Cannot read the answer of the server: found ${others.length === 0 ? 'nothing' : 'several lines'}, expected one. Run the command with the server's own version.`);
}
