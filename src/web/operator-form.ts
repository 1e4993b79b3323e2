import type { SchemaObject } from 'ajv';
import { base64Of } from '../audit/base64.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import type { Calibrations } from '../domain/calibration/calibration-report.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure, failureCodes } from '../domain/failure.ts';
import type { FailureCode } from '../domain/failure.ts';
import type { LogStatus } from '../flows/log-status.ts';
import type { SelfAudit } from '../flows/ports/audit-watch.ts';
import type { StoredCheckpoint, StoredEntry } from '../flows/ports/audit-log.ts';
import type { LegalHold } from '../flows/ports/retention-store.ts';
import type { Erasure } from '../flows/retention/erase-on-request.ts';
import type { Resumption } from '../flows/resume-audit.ts';
import type { AccountSealing, Sealing } from '../flows/seal-checkpoint.ts';
import type { UsageExport } from '../flows/usage/export-usage.ts';
import type { UsageReading } from '../flows/usage/read-usage.ts';
import { bytesOf, plainForm, wireForm } from './wire-form.ts';

const text: SchemaObject = { type: 'string' };
const optionalText: SchemaObject = { type: 'string', nullable: true };
const count: SchemaObject = { type: 'integer', minimum: 0 };
const time: SchemaObject = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' };
const optionalTime: SchemaObject = { ...time, nullable: true };

export interface Hello {
  readonly engine: string;
  readonly publicKeys: readonly Uint8Array[];
}

export const helloForm = wireForm<Hello, { readonly engine: string; readonly publicKeys: readonly string[] }>(object({ engine: text, publicKeys: { type: 'array', items: text } }), {
  to: ({ engine, publicKeys }) => ({ engine, publicKeys: publicKeys.map(base64Of) }),
  from: ({ engine, publicKeys }) => ({ engine, publicKeys: publicKeys.map(bytesOf) }),
});

export const accountsForm = plainForm<readonly number[]>({ type: 'array', items: count });
export const sizeForm = plainForm<number>(count);
export const sequencesForm = plainForm<readonly number[]>({ type: 'array', items: count });
export const hashesForm = wireForm<readonly Uint8Array[], readonly string[]>({ type: 'array', items: text }, { to: (hashes) => hashes.map(base64Of), from: (hashes) => hashes.map(bytesOf) });
export const repositoryForm = plainForm<{ readonly id: number; readonly name: string } | null>({ ...object({ id: count, name: text }), nullable: true });
export const blockedForm = plainForm<string | null>(optionalText);
export const detachedForm = plainForm<boolean>({ type: 'boolean' });

interface WireEntry {
  readonly sequence: number;
  readonly leaf: string;
  readonly leafHash: string | null;
  readonly openings: readonly { readonly digest: Digest; readonly nonce: string; readonly bytes: string }[];
}

const digestText: SchemaObject = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };
const opening = object({ digest: digestText, nonce: text, bytes: text });

export const entryForm = wireForm<StoredEntry, WireEntry>(object({ sequence: count, leaf: text, leafHash: optionalText, openings: { type: 'array', items: opening } }), {
  to: ({ sequence, leaf, leafHash, openings }) => ({
    sequence,
    leaf: base64Of(leaf),
    leafHash: leafHash === undefined ? null : base64Of(leafHash),
    openings: openings.map(({ digest, nonce, bytes }) => ({ digest, nonce: base64Of(nonce), bytes: base64Of(bytes) })),
  }),
  from: ({ sequence, leaf, leafHash, openings }) => ({
    sequence,
    leaf: bytesOf(leaf),
    ...(leafHash === null ? {} : { leafHash: bytesOf(leafHash) }),
    openings: openings.map(({ digest, nonce, bytes }) => ({ digest, nonce: bytesOf(nonce), bytes: bytesOf(bytes) })),
  }),
});

export const checkpointForm = wireForm<StoredCheckpoint, { readonly size: number; readonly note: string; readonly sealedAt: string }>(
  object({ size: count, note: text, sealedAt: time }),
  { to: ({ size, note, sealedAt }) => ({ size, note, sealedAt: sealedAt.toISOString() }), from: ({ size, note, sealedAt }) => ({ size, note, sealedAt: new Date(sealedAt) }) },
);

export const snapshotForm = wireForm<Snapshot, { readonly digest: Digest; readonly gzip: string }>(object({ digest: digestText, gzip: text }), {
  to: ({ digest, gzip }) => ({ digest, gzip: base64Of(gzip) }),
  from: ({ digest, gzip }) => ({ digest, gzip: bytesOf(gzip) }),
});

type WireHold = Omit<LegalHold, 'from' | 'to' | 'placedAt'> & { readonly from: string | null; readonly to: string | null; readonly placedAt: string };

const holdSchema = object({ id: count, repository: { ...object({ id: count, name: text }), nullable: true }, from: optionalTime, to: optionalTime, by: text, reason: text, placedAt: time });

export const holdForm = wireForm<LegalHold, WireHold>(holdSchema, { to: wireHold, from: holdOfWire });

export const erasureForm = wireForm<Erasure, Omit<Erasure, 'holds'> & { readonly holds: readonly WireHold[] }>(
  object({
    entries: count,
    first: { ...count, nullable: true },
    last: { ...count, nullable: true },
    judged: count,
    kept: { type: 'array', items: object({ sequence: count, kind: { type: 'string', enum: ['held', 'needed', 'record', 'unsealed'] }, why: text }) },
    keptEntries: count,
    naming: count,
    holds: { type: 'array', items: holdSchema },
  }),
  { to: (erasure) => ({ ...erasure, holds: erasure.holds.map(wireHold) }), from: (wire) => ({ ...wire, holds: wire.holds.map(holdOfWire) }) },
);

type WireStatus = Omit<LogStatus, 'sealed' | 'selfAudit' | 'anchors' | 'holds' | 'firstSealed'> & {
  readonly holds: readonly WireHold[];
  readonly sealed: { readonly size: number; readonly at: string } | null;
  readonly selfAudit: (Omit<SelfAudit, 'at'> & { readonly at: string }) | null;
  readonly anchors: readonly { readonly anchor: string; readonly size: number; readonly at: string; readonly behindSince: string | null }[];
  readonly firstSealed: string | null;
};

export const statusForm = wireForm<LogStatus, WireStatus>(
  object({
    account: count,
    entries: count,
    sealed: { ...object({ size: count, at: time }), nullable: true },
    blocked: optionalText,
    selfAudit: { ...object({ at: time, entries: count, sealed: count, outcome: { type: 'string', enum: ['verified', 'tampered', 'unchecked'] } }), nullable: true },
    anchors: { type: 'array', items: object({ anchor: text, size: count, at: time, behindSince: optionalTime }) },
    holds: { type: 'array', items: holdSchema },
    firstSealed: optionalTime,
  }),
  {
    to: ({ sealed, selfAudit, anchors, holds, firstSealed, ...rest }) => ({
      ...rest,
      holds: holds.map(wireHold),
      sealed: sealed === null ? null : { ...sealed, at: sealed.at.toISOString() },
      selfAudit: selfAudit === null ? null : { ...selfAudit, at: selfAudit.at.toISOString() },
      anchors: anchors.map((one) => ({ ...one, at: one.at.toISOString(), behindSince: one.behindSince?.toISOString() ?? null })),
      firstSealed: firstSealed?.toISOString() ?? null,
    }),
    from: ({ sealed, selfAudit, anchors, holds, firstSealed, ...rest }) => ({
      ...rest,
      holds: holds.map(holdOfWire),
      sealed: sealed === null ? null : { ...sealed, at: new Date(sealed.at) },
      selfAudit: selfAudit === null ? null : { ...selfAudit, at: new Date(selfAudit.at) },
      anchors: anchors.map((one) => ({ ...one, at: new Date(one.at), behindSince: one.behindSince === null ? null : new Date(one.behindSince) })),
      firstSealed: firstSealed === null ? null : new Date(firstSealed),
    }),
  },
);

const share: SchemaObject = { type: 'number', minimum: 0, maximum: 1 };
const calibrationError = { ...object({ ece: share, brier: share }), nullable: true };
const reliabilityBin = object({ from: share, to: share, labels: count, reported: share, observed: share });
const calibration = object({ agent: text, method: { type: 'string', enum: ['beta', 'platt', 'isotonic'] }, labels: count, good: count, repository: object({ labels: count, good: count }), reported: calibrationError, calibrated: calibrationError, reliability: { type: 'array', items: reliabilityBin } });

export const calibrationsForm = plainForm<Calibrations | null>({ ...object({ repository: object({ id: count, name: text }), agents: { type: 'array', items: calibration } }), nullable: true });

const digits: SchemaObject = { type: 'string', pattern: '^[0-9]+$' };
const amounts = { tokens: digits, costPicoUsd: digits };
const usageSum = { counted: object(amounts), bySource: object({ self: object(amounts), proxy: object(amounts), provider: object(amounts) }) };
const toldRepository = object({ id: count, name: optionalText });
const modelUsage = object({ repository: toldRepository, agent: text, source: text, provider: text, model: text, isPriced: { type: 'boolean' }, inputTokens: digits, outputTokens: digits, cacheReadTokens: digits, cacheCreationTokens: digits, ...amounts });
const usageWindow = object({ scope: text, subject: text, measure: text, period: text, zone: text, from: text, to: text, limit: digits, used: digits, left: digits, state: text });
const usageOverview = object({ from: time, to: time, total: object(usageSum), agents: { type: 'array', items: object({ agent: text, ...usageSum }) }, repositories: { type: 'array', items: object({ repository: toldRepository, ...usageSum }) }, models: { type: 'array', items: modelUsage }, windows: { type: 'array', items: usageWindow }, untold: object({ agents: count, repositories: count, windows: count }) });

export const usageForm = plainForm<UsageReading>({ type: 'object', required: ['kind'], oneOf: [object({ kind: { const: 'overview' }, overview: usageOverview }), object({ kind: { enum: ['no_time', 'unknown_repository'] } })] });
export const usageExportForm = plainForm<UsageExport['kind']>({ type: 'string', enum: ['rows', 'no_time', 'unknown_repository'] });
export const pieceForm = plainForm<string>(text);

interface WireFailure {
  readonly code: FailureCode;
  readonly message: string;
}

const failureSchema = object({ code: { type: 'string', enum: failureCodes }, message: text });

export const failureForm = wireForm<Failure, WireFailure>(failureSchema, { to: wireFailure, from: failureOfWire });

type WireSealing = { readonly account: number } & ({ readonly kind: 'done'; readonly sealing: Sealing } | { readonly kind: 'failed'; readonly failure: WireFailure });

const sealing = { type: 'object', required: ['kind'], oneOf: [object({ kind: { const: 'sealed' }, size: count, note: text }), object({ kind: { const: 'unchanged' }, size: count })] };

export const sealingsForm = wireForm<readonly AccountSealing[], readonly WireSealing[]>(
  { type: 'array', items: { type: 'object', required: ['kind'], oneOf: [object({ account: count, kind: { const: 'done' }, sealing }), object({ account: count, kind: { const: 'failed' }, failure: failureSchema })] } },
  {
    to: (sealings) => sealings.map((one) => (one.kind === 'failed' ? { ...one, failure: wireFailure(one.failure) } : one)),
    from: (sealings) => sealings.map((one) => (one.kind === 'failed' ? { ...one, failure: failureOfWire(one.failure) } : one)),
  },
);

type WireResumption = Exclude<Resumption, { kind: 'refused' }> | { readonly kind: 'refused'; readonly failure: WireFailure };

export const resumptionForm = wireForm<Resumption, WireResumption>(
  { type: 'object', required: ['kind'], oneOf: [object({ kind: { const: 'resumed' }, entries: count, sealed: count }), object({ kind: { const: 'not-blocked' } }), object({ kind: { const: 'refused' }, failure: failureSchema })] },
  {
    to: (resumption) => (resumption.kind === 'refused' ? { ...resumption, failure: wireFailure(resumption.failure) } : resumption),
    from: (resumption) => (resumption.kind === 'refused' ? { ...resumption, failure: failureOfWire(resumption.failure) } : resumption),
  },
);

function wireHold({ from, to, placedAt, ...rest }: LegalHold): WireHold {
  return { ...rest, from: from?.toISOString() ?? null, to: to?.toISOString() ?? null, placedAt: placedAt.toISOString() };
}

function holdOfWire({ from, to, placedAt, ...rest }: WireHold): LegalHold {
  return { ...rest, from: from === null ? null : new Date(from), to: to === null ? null : new Date(to), placedAt: new Date(placedAt) };
}

function wireFailure({ code, message }: Failure): WireFailure {
  return { code, message };
}

function failureOfWire({ code, message }: WireFailure): Failure {
  return new Failure(code, message);
}

function object(members: Readonly<Record<string, SchemaObject>>): SchemaObject {
  return { type: 'object', required: Object.keys(members), properties: members };
}
