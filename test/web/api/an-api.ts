import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import type { AuditDraft } from '../../../src/audit/entry.ts';
import { readCalibrations } from '../../../src/flows/calibration/read-calibrations.ts';
import { exportAudit } from '../../../src/flows/export-audit.ts';
import { readStatistics } from '../../../src/flows/read-statistics.ts';
import { exportUsage } from '../../../src/flows/usage/export-usage.ts';
import { readUsage } from '../../../src/flows/usage/read-usage.ts';
import { reserveUsage } from '../../../src/flows/usage/reserve-usage.ts';
import { settleUsage } from '../../../src/flows/usage/settle-usage.ts';
import { uuidV7 } from '../../../src/store/uuid-v7.ts';
import type { ApiPorts } from '../../../src/web/api/mount-api.ts';
import { createTokenVerifier } from '../../../src/web/tokens/verify-token.ts';
import { aFittingDraft } from '../../builders/fitting-drafts.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import { memoryStore } from '../../fakes/memory-store.ts';
import { noApi } from '../no-api.ts';
import { anIssuer, atNoon } from '../tokens/an-issuer.ts';
import { aWeb } from '../web-fixture.ts';
import { documentOf } from './document-of.ts';

/** Of an answer as much as tests look at; that it has the rest is seen by the description. */
export interface Answer extends Readonly<Record<string, unknown>> {
  readonly code?: string;
  readonly next: string | null;
  readonly leaf: string;
  readonly openings: readonly unknown[];
  readonly entry: { readonly sequence: number; readonly id: string };
  readonly entries: readonly { readonly entry: { readonly sequence: number }; readonly actor: string; readonly rationale: string }[];
  readonly reads: readonly { readonly subject: string; readonly token: string; readonly query: string }[];
  readonly decisions: readonly { readonly id: string }[];
}

export interface Told {
  readonly status: number;
  readonly answer: Answer;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Asking {
  readonly method?: string;
  /** Changes of the claims of a good token; null: there is no token. */
  readonly claims?: Readonly<Record<string, unknown>> | null;
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export const account = 7;

/** A server with a log, whose tokens are those of an auditor of account 7 unless told otherwise. Every answer is held to the API's description. */
export async function anApi(context: TestContext, changes: (ports: ApiPorts) => Partial<ApiPorts> = () => ({}), knows = true) {
  const issuer = await anIssuer(context, { roles: ['auditor'], accounts: [account], github_id: '21' });
  const clock = fakeClock();
  const store = memoryStore({ clock });
  const verify = createTokenVerifier({ issuer: issuer.issuer, audience: 'plumbline', mostAge: 3_600 }, { clock: { now: () => atNoon } });
  const ports: ApiPorts = {
    ...noApi(),
    principals: knows ? { verify, claims: { roles: 'roles', accounts: 'accounts', githubUserId: 'github_id' } } : null,
    search: store.search,
    audit: store.audit,
    reads: store.reads,
    calibrations: (asked) => readCalibrations({ store, clock }, asked),
    usage: (asked) => readUsage({ store, clock }, asked),
    exportUsage: (asked) => exportUsage(store, asked),
    reserveUsage: (wanted) => reserveUsage({ store, clock, newId: () => newId(clock) }, wanted),
    settleUsage: (wanted) => settleUsage({ store, clock }, wanted),
    statistics: (of) => readStatistics({ store, clock }, of),
    exportLog: (of) => exportAudit(store.audit, of, []),
    clock,
  };
  const web = await aWeb(context, { api: { ...ports, ...changes(ports) } });
  const ask = async (path: string, { method = 'GET', claims = {}, token, body, headers = {} }: Asking = {}): Promise<Told> => {
    const bearer = token ?? (claims === null ? null : await issuer.sign({ claims }));
    const json = body === undefined ? {} : { 'content-type': 'application/json' };
    const message = { method, path: `/api/v1${path}`, headers: { ...json, ...(bearer === null ? {} : { authorization: `Bearer ${bearer}` }), ...headers }, ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }) };
    const reply = await web.send(message);
    assertDescribed(method.toLowerCase(), path, reply);
    const isJson = String(reply.headers['content-type']).includes('json') && !String(reply.headers['content-type']).includes('ndjson');
    const answer: Answer = JSON.parse(isJson && reply.text !== '' ? reply.text : '{}');
    return { ...reply, answer };
  };
  return {
    issuer,
    clock,
    store,
    web,
    ask,
    append: (...drafts: readonly Partial<AuditDraft>[]) =>
      store.transaction(async (transaction) => {
        for (const draft of drafts) await transaction.append(aFittingDraft(draft.event ?? 'decision.made', { account, repository: { id: 9, name: 'acme/other' }, rationale: 'because', ...draft }));
      }),
  };
}

const newId = (clock: { now(): Date }): string => uuidV7(clock.now(), randomBytes(10));

export const digestOfToken = (token: string): string => createHash('sha256').update(token).digest('hex');

const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(documentOf(), 'openapi');
const validators = new Map<string, ValidateFunction>();

/** Every answer is one that the description has at this address, with a body of its schema. */
function assertDescribed(method: string, path: string, { status, text, headers }: Pick<Told, 'status' | 'text' | 'headers'>): void {
  const type = String(headers['content-type']).split(';')[0] ?? '';
  const operation = method === 'head' ? null : operationAt(method, path.split('?')[0] ?? '');
  if (operation === null) return assertBody('#/components/schemas/Problem', text);
  const responses = documentOf().paths[operation]?.[method]?.responses ?? {};
  const content = responses[status]?.content ?? {};
  assert.ok(Object.hasOwn(content, type), `${method} ${operation} answered ${status} ${type}, expected one of ${JSON.stringify(Object.keys(responses))}`);
  if (content[type]?.schema !== undefined) assertBody(`#/paths/${pointer(operation)}/${method}/responses/${status}/content/${pointer(type)}/schema`, text);
}

function assertBody(place: string, text: string): void {
  const validate = validators.get(place) ?? ajv.compile({ $ref: `openapi${place}` });
  validators.set(place, validate);
  assert.ok(validate(JSON.parse(text)), `${place}: ${ajv.errorsText(validate.errors)}\n${text.slice(0, 500)}`);
}

function pointer(text: string): string {
  return encodeURIComponent(text.replaceAll('~', '~0').replaceAll('/', '~1'));
}

/** The more of an address is written out the better it fits. */
function operationAt(method: string, path: string): string | null {
  const fitting = Object.entries(documentOf().paths).filter(([template, methods]) => Object.hasOwn(methods, method) && new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path));
  return fitting.map(([template]) => template).toSorted((one, other) => one.split('{').length - other.split('{').length)[0] ?? null;
}
