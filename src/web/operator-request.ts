import { Ajv } from 'ajv';
import type { SchemaObject, ValidateFunction } from 'ajv';
import type { Digest } from '../domain/digest.ts';
import { usageSources } from '../domain/usage/model-usage.ts';
import type { UsageSource } from '../domain/usage/model-usage.ts';
import type { CalibrationsToRead } from '../flows/calibration/read-calibrations.ts';
import type { DetachRequest } from '../flows/detach-configuration.ts';
import type { ErasureRequest } from '../flows/retention/erase-on-request.ts';
import type { ReleaseRequest } from '../flows/retention/hold-entries.ts';
import type { ResumeRequest } from '../flows/resume-audit.ts';
import type { UsageAsked } from '../flows/usage/usage-asked.ts';

/** Everything that the operator's door does. There is no other way in: no statement, no path, no file name goes through it. */
export type OperatorRequest =
  | { readonly operation: 'hello' | 'accounts' | 'statuses' }
  | { readonly operation: 'size' | 'blocked'; readonly account: number }
  | { readonly operation: 'entries'; readonly account: number; readonly from: number; readonly limit: number }
  | { readonly operation: 'checkpoints'; readonly account: number; readonly from: number; readonly limit: number | null }
  | { readonly operation: 'snapshots'; readonly account: number; readonly digests: readonly Digest[] }
  | { readonly operation: 'about'; readonly account: number; readonly topics: readonly string[]; readonly limit: number }
  | { readonly operation: 'since'; readonly account: number; readonly instant: string }
  | { readonly operation: 'repository'; readonly account: number; readonly name: string }
  | { readonly operation: 'entriesAt'; readonly account: number; readonly sequences: readonly number[] }
  | { readonly operation: 'leafHashes' | 'tileRoots'; readonly account: number; readonly from: number; readonly limit: number }
  | ({ readonly operation: 'calibrations' } & CalibrationsToRead)
  | ({ readonly operation: 'usage'; readonly from: string | null; readonly to: string | null } & UsageAsked)
  | ({ readonly operation: 'export-usage'; readonly source: UsageSource | null; readonly from: string; readonly to: string } & UsageAsked)
  | { readonly operation: 'seal'; readonly account: number | null }
  | ({ readonly operation: 'resume' } & ResumeRequest)
  | ({ readonly operation: 'detach' } & DetachRequest)
  | ({ readonly operation: 'erase' } & ErasureRequest)
  | { readonly operation: 'hold'; readonly account: number; readonly repository: string | null; readonly from: string | null; readonly to: string | null; readonly by: string; readonly reason: string }
  | ({ readonly operation: 'release-hold' } & ReleaseRequest);

/** Entries in one answer: what the server holds in memory for it. */
export const mostEntries = 200;

/** Snapshots in one answer. */
export const mostSnapshots = 20;

/** Topics of one question, and hashes in one answer. */
export const mostTopics = 100;
export const mostHashes = 10_000;

/** Name of the socket in the data directory. */
export const operatorSocket = 'operator.sock';

export const operatorPath = '/v1/operations';

const count: SchemaObject = { type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
const id: SchemaObject = { ...count, minimum: 1 };
const repositoryName = '^[A-Za-z0-9_-]+/[A-Za-z0-9._-]+$';
const repository: SchemaObject = { type: 'object', additionalProperties: false, required: ['id', 'name'], properties: { id, name: { type: 'string', maxLength: 200, pattern: repositoryName } } };
const login: SchemaObject = { type: 'string', pattern: '^[A-Za-z0-9_-]{1,100}$' };
const reason: SchemaObject = { type: 'string', minLength: 1, maxLength: 2_000 };
const instant: SchemaObject = { type: 'string', nullable: true, pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' };
const erasureOfPerson: SchemaObject = { type: 'object', additionalProperties: false, required: ['kind', 'login', 'naming'], properties: { kind: { const: 'person' }, login, naming: { type: 'boolean' } } };
const erasureOfEntries: SchemaObject = { type: 'object', additionalProperties: false, required: ['kind', 'entries'], properties: { kind: { const: 'entries' }, entries: { type: 'array', minItems: 1, maxItems: 1_000, items: { type: 'string', pattern: '^[0-9a-f-]{1,36}$' } } } };

const namedById: SchemaObject = { type: 'object', additionalProperties: false, required: ['kind', 'id'], properties: { kind: { const: 'id' }, id } };
const namedByName: SchemaObject = { type: 'object', additionalProperties: false, required: ['kind', 'name'], properties: { kind: { const: 'name' }, name: { type: 'string', minLength: 1, maxLength: 201 } } };
const named: SchemaObject = { type: 'object', required: ['kind'], oneOf: [namedById, namedByName] };
const namedOrNull: SchemaObject = { oneOf: [namedById, namedByName, { type: 'null' }] };

const agentLogin: SchemaObject = { type: 'string', minLength: 1, maxLength: 110, nullable: true };

const requests: readonly SchemaObject[] = [
  request('hello'),
  request('accounts'),
  request('statuses'),
  request('size', { account: id }),
  request('blocked', { account: id }),
  request('entries', { account: id, from: count, limit: { ...id, maximum: mostEntries } }),
  request('checkpoints', { account: id, from: count, limit: { ...id, nullable: true } }),
  request('snapshots', { account: id, digests: { type: 'array', maxItems: mostSnapshots, items: { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' } } }),
  request('about', { account: id, topics: { type: 'array', maxItems: mostTopics, items: { type: 'string' } }, limit: count }),
  request('since', { account: id, instant: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' } }),
  request('repository', { account: id, name: { type: 'string', maxLength: 300 } }),
  request('entriesAt', { account: id, sequences: { type: 'array', maxItems: mostEntries, items: count } }),
  request('leafHashes', { account: id, from: count, limit: { ...id, maximum: mostHashes } }),
  request('tileRoots', { account: id, from: count, limit: { ...id, maximum: mostHashes } }),
  request('calibrations', { account: id, repository: named, agent: agentLogin }),
  request('usage', { account: id, repository: namedOrNull, agent: agentLogin, from: instant, to: instant }),
  request('export-usage', { account: id, repository: namedOrNull, agent: agentLogin, source: { type: 'string', enum: [...usageSources, null], nullable: true }, from: { ...instant, nullable: false }, to: { ...instant, nullable: false } }),
  request('seal', { account: { ...id, nullable: true } }),
  request('resume', { account: id, actor: { type: 'string', pattern: '^user:[A-Za-z0-9_-]{1,100}$' }, reason }),
  request('erase', { account: id, asked: { type: 'object', required: ['kind'], oneOf: [erasureOfPerson, erasureOfEntries] }, by: login, reason, isRehearsed: { type: 'boolean' } }),
  request('hold', { account: id, repository: { type: 'string', nullable: true, maxLength: 200, pattern: repositoryName }, from: instant, to: instant, by: login, reason }),
  request('release-hold', { account: id, hold: count, by: login, reason }),
  request('detach', { account: id, repository: { ...repository, nullable: true }, by: login }),
];

const ajv = new Ajv({ discriminator: true });
let compiled: ValidateFunction<OperatorRequest> | null = null;

export type OperatorReading = { readonly kind: 'request'; readonly request: OperatorRequest } | { readonly kind: 'problem'; readonly why: string };

export function readOperatorRequest(body: Uint8Array): OperatorReading {
  const isRequest = (compiled ??= ajv.compile<OperatorRequest>({ type: 'object', discriminator: { propertyName: 'operation' }, required: ['operation'], oneOf: requests }));
  const value = parsed(body);
  if (isRequest(value)) return { kind: 'request', request: value };
  return { kind: 'problem', why: value === undefined ? 'it is no JSON' : ajv.errorsText(isRequest.errors, { dataVar: 'it' }) };
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

function request(operation: OperatorRequest['operation'], members: Readonly<Record<string, SchemaObject>> = {}): SchemaObject {
  return { type: 'object', additionalProperties: false, required: ['operation', ...Object.keys(members)], properties: { operation: { const: operation }, ...members } };
}
