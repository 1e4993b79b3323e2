import decisionSchema from '../../../schemas/decision.schema.json' with { type: 'json' };
import entrySchema from '../../../schemas/audit-entry.schema.json' with { type: 'json' };
import samplesSchema from '../../../schemas/behavior-samples.schema.json' with { type: 'json' };
import { limits } from '../../domain/limits.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';

const text: JsonObject = { type: 'string' };
const textOrNull: JsonObject = { type: ['string', 'null'] };
const count: JsonObject = { type: 'integer', minimum: 0 };
const digits: JsonObject = { type: 'string', pattern: '^[0-9]+$' };
const time: JsonObject = { type: 'string', format: 'date-time' };
const base64: JsonObject = { type: 'string', contentEncoding: 'base64' };
const accountId: JsonObject = { type: 'integer', minimum: 1 };
const repository = whole({ id: { type: 'integer', minimum: 1 }, name: text });

/** An object with all of these members, and no others. */
function whole(members: Readonly<Record<string, JsonObject>>): JsonObject {
  return { type: 'object', additionalProperties: false, required: Object.keys(members), properties: members };
}

function list(items: JsonObject): JsonObject {
  return { type: 'array', items };
}

function orNull(schema: JsonObject): JsonObject {
  return { anyOf: [schema, { type: 'null' }] };
}

function named(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** A file of `schemas/` under a name: its references are led to where it stands now, since not every reader of OpenAPI knows that a schema may have an address of its own. */
function embedded(schema: JsonObject, name: string): JsonObject {
  const { $schema: _, definitions, ...rest } = schema;
  return ledTo({ ...rest, ...(definitions === undefined ? {} : { $defs: definitions }) }, `#/components/schemas/${name}/$defs/`);
}

function ledTo(schema: JsonObject, place: string): JsonObject {
  const led = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map((one: JsonValue) => led(one));
    return isJsonObject(value) ? ledTo(value, place) : value;
  };
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, name === '$ref' && typeof value === 'string' ? value.replace('#/definitions/', place) : led(value)]));
}

const shownEntry = { entry: named('AuditEntry'), actor: { ...textOrNull, description: 'Null: it was erased.' }, rationale: { ...textOrNull, description: 'Null: it was erased.' } };

const decisionSummary: Readonly<Record<string, JsonObject>> = {
  id: text,
  account: accountId,
  repository,
  pullRequest: { type: ['integer', 'null'], description: 'Null of a merge group.' },
  subject: text,
  entry: { ...text, description: 'Of the configuration, for whose branches it was decided.' },
  baseBranch: text,
  decidedAt: time,
  decision: { enum: ['allow', 'deny', 'hold'] },
  cause: { enum: ['pass', 'fail', 'inconclusive', 'hold'] },
  head: text,
  validUntil: textOrNull,
};

const held = whole({ scope: text, name: text, binding: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } });

const share: JsonObject = { type: 'number', minimum: 0, maximum: 1 };
const calibrationError = whole({ ece: { ...share, description: 'Expected calibration error over ten bins.' }, brier: { ...share, description: 'Brier score.' } });

const repairTime = whole({ runs: count, mean: count, p90: count, meanInconclusive: count });

const usageSource: JsonObject = { enum: ['self', 'proxy', 'provider'] };
const isPriced: JsonObject = { type: 'boolean', description: 'False: the price of the model is not known, and the worst one counts.' };
const amountMembers = { tokens: digits, costPicoUsd: { ...digits, description: 'Pico-dollars.' } };
const toldRepository = whole({ id: { type: 'integer', minimum: 1 }, name: { ...textOrNull, description: 'Null: it is not known here any more.' } });
const usageSumMembers = {
  counted: { ...whole(amountMembers), description: 'What counts against quotas: of each agent in each repository what the source says that says most.' },
  bySource: { ...whole({ self: whole(amountMembers), proxy: whole(amountMembers), provider: whole(amountMembers) }), description: 'Sources tell of the same calls: no sum over them means anything.' },
};
const usageSum = whole(usageSumMembers);
const windowMembers = { scope: { enum: ['agent', 'repository', 'organization'] }, subject: text, measure: { enum: ['tokens', 'cost'] }, period: { enum: ['day', 'month'] }, zone: text, from: text, to: text, limit: digits, used: digits, state: { enum: ['free', 'near', 'exceeded'] } };

/** Of a page: `next` is the cursor of the page after it; null: this is the last. */
const next: JsonObject = { ...textOrNull, description: 'Cursor of the next page; null: this is the last.' };

/** What answers are made of, by name. */
export const apiSchemas: Readonly<Record<string, JsonObject>> = {
  Problem: {
    description: 'RFC 9457. `code` is for programs, `detail` says what to do.',
    ...whole({ type: { const: 'about:blank' }, title: text, status: { type: 'integer', minimum: 400, maximum: 599 }, code: { type: 'string', pattern: '^[a-z_]+$' }, detail: text }),
  },
  AuditEntry: embedded(entrySchema, 'AuditEntry'),
  DecisionRecord: embedded(decisionSchema, 'DecisionRecord'),
  Entries: whole({ account: accountId, entries: list(whole(shownEntry)), next }),
  Entry: whole({
    ...shownEntry,
    payload: { description: 'Null: there is none, or it was erased.' },
    leaf: { ...text, description: 'RFC 8785 form of the entry: its bytes as UTF-8 are the leaf of the Merkle tree.' },
    leafHash: { ...base64, description: 'SHA-256 over a zero byte and the leaf (RFC 9162, 2.1.1).' },
    openings: { ...list(whole({ digest: text, nonce: base64, bytes: base64 })), description: 'What opens the commitments of the entry: the digest is SHA-256 over nonce and bytes.' },
    proof: {
      ...orNull(whole({
        index: count,
        path: { ...list(base64), description: 'Hashes from the sibling of the leaf up (RFC 9162, 2.1.3).' },
        checkpoint: { ...text, description: 'The first that covers the entry: a signed note, as C2SP tlog-checkpoint has it.' },
        keys: { ...list(text), description: 'Verifier keys that the server says are of its log; proves no origin.' },
        c2sp: { ...text, description: 'The same as C2SP tlog-proof, which `plumbline audit verify` and other tools read.' },
      })),
      description: 'Null: no checkpoint covers the entry yet.',
    },
  }),
  Reads: whole({ account: accountId, reads: list(whole({ subject: text, token: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the token.' }, query: text, at: time })), next }),
  Decisions: whole({ account: accountId, decisions: list(whole(decisionSummary)), next }),
  Decision: whole({ ...decisionSummary, erased: { type: 'boolean', description: 'True: the record has no verdicts, since its details were erased.' }, record: named('DecisionRecord') }),
  BundleRequest: whole({
    id: text,
    account: accountId,
    asked: { type: 'object' },
    askedAt: time,
    state: { enum: ['waiting', 'assembling', 'ready', 'dropped', 'failed'], description: 'Dropped: it was made, and is kept no more, since something was erased in the log or it was 30 days old. Ask again.' },
    entriesRead: { type: ['integer', 'null'], description: 'So far, while it is assembled.' },
    bundle: { ...orNull(whole({ id: { type: 'string', pattern: '^[0-9a-f]{64}$' }, path: { ...text, description: 'Where it is kept, as `plumbline audit bundle` names it.' }, bytes: count, entries: count, madeAt: time, keptUntil: time })), description: 'Null: it is not made, or kept no more.' },
    problem: { ...orNull(whole({ code: text, detail: text })), description: 'Why it will not be made.' },
  }),
  BundleVerification: whole({
    outcome: { enum: ['verified', 'tampered', 'unchecked'] },
    verified: { type: 'boolean' },
    bundle: textOrNull,
    account: { type: ['integer', 'null'] },
    entries: count,
    erased: { ...count, description: 'Entries of which something was erased.' },
    snapshots: count,
    inputs: { ...count, description: 'Decisions of which all that was judged is there.' },
    checks: list(whole({ name: text, outcome: { enum: ['verified', 'tampered', 'unchecked'] }, message: text })),
    firstWrong: orNull(whole({ check: text, reason: text, sequence: { type: ['integer', 'null'] }, message: text })),
    notes: list(text),
  }),
  Approval: whole({
    decision: text,
    account: accountId,
    pullRequest: count,
    login: { ...text, description: 'As GitHub calls them now.' },
    head: text,
    recorded: { type: 'boolean', description: 'False: all of it was said before, and stands.' },
    approved: list(held),
    left: { ...list(held), description: 'What is named too, and is for other people to decide.' },
    uncounted: { ...textOrNull, description: 'What has to be done before anybody\'s approval counts.' },
  }),
  Statistics: whole({
    account: accountId,
    behaviors: whole({ pass: count, drift: count, inconclusive: count, error: count }),
    lastRuns: list(whole({ repositoryId: count, behavior: text, playbook: textOrNull, confirmedAt: time, cleanAt: time, inconclusiveMs: count })),
    success: whole({ mended: count, standing: count, rate: { type: ['number', 'null'] } }),
    repairTime: orNull(repairTime),
    byPlaybook: { type: 'object', additionalProperties: repairTime },
  }),
  Calibrations: whole({
    account: accountId,
    repository,
    agents: list(
      whole({
        agent: text,
        method: { enum: ['beta', 'platt', 'isotonic'], description: 'With fewer than 50 labels the share of the repository draws that of the agent; up to 1,000 Platt scaling, above isotonic regression.' },
        labels: { ...count, description: 'Changes of the agent of which it is known how they turned out.' },
        good: count,
        repository: { ...whole({ labels: count, good: count }), description: 'Of all agents of the repository.' },
        reported: { ...orNull(calibrationError), description: 'Of what the agent reports; null: there are no labels.' },
        calibrated: { ...orNull(calibrationError), description: 'Of what it counts as, each tenth of the labels judged by the others; null: there are fewer than ten.' },
        reliability: { ...list(whole({ from: share, to: share, labels: count, reported: share, observed: share })), description: 'For a reliability plot: tenths of what was reported that have labels, with the mean of what was reported and the share that turned out well.' },
      }),
    ),
  }),
  Passages: whole({
    account: accountId,
    repository,
    commit: text,
    complete: { type: 'boolean', description: 'False: the commit has more files than are read for one search.' },
    passages: list(whole({ path: text, startLine: { ...count, description: '1-based.' }, endLine: count, score: { type: 'number', minimum: 0, description: 'Of use beside others of this answer alone.' }, text: { ...text, maxLength: limits.quoteCharacters } })),
  }),
  Usage: whole({
    account: accountId,
    from: time,
    to: time,
    total: usageSum,
    agents: list(whole({ agent: text, ...usageSumMembers })),
    repositories: list(whole({ repository: toldRepository, ...usageSumMembers })),
    models: { ...list(whole({ repository: toldRepository, agent: text, source: usageSource, provider: text, model: text, isPriced, inputTokens: digits, outputTokens: digits, cacheReadTokens: digits, cacheCreationTokens: digits, ...amountMembers })), description: 'Those of which the most tokens were used; what is reserved and not settled is not among it.' },
    windows: list(whole({ ...windowMembers, left: { ...digits, description: 'Until the limit.' } })),
    untold: { ...whole({ agents: count, repositories: count, windows: count }), description: 'How many more there are of each, beside those that used most.' },
  }),
  UsageReservation: whole({
    account: accountId,
    id: text,
    state: { enum: ['open', 'settled'] },
    at: { ...text, description: 'In the windows of this instant it counts.' },
    expiresAt: text,
    usage: whole({ repositoryId: count, agent: text, source: usageSource, provider: text, model: text, inputTokens: count, outputTokens: count, cacheReadTokens: count, cacheCreationTokens: count, ...amountMembers, isPriced }),
    windows: list(whole(windowMembers)),
  }),
  Samples: embedded(samplesSchema, 'Samples'),
  SamplesTaken: whole({ pullRequests: list(count), mergeGroups: list(text) }),
};
