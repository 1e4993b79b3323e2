import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { TestContext } from 'node:test';
import { receiveDelivery } from '../../src/flows/receive-delivery.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { BodyBudget } from '../../src/web/body-budget.ts';
import { createWeb, webhookPath } from '../../src/web/create-web.ts';
import type { WebPorts } from '../../src/web/create-web.ts';
import { httpTimes, listen } from '../../src/web/http-server.ts';
import type { HttpServer, HttpTimes } from '../../src/web/http-server.ts';
import { createVerifier } from '../../src/web/signature.ts';
import { aPayload } from '../builders/a-payload.ts';
import { appKeyPem, previousWebhookSecret, webhookSecret } from '../builders/server-keys.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { noApi } from './no-api.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import type { FakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';

export interface WebFixture {
  readonly http: HttpServer;
  readonly store: Store;
  readonly log: FakeLog;
  send(message: Message): Promise<Reply>;
}

export interface Message {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Uint8Array;
}

export interface Reply {
  readonly status: number;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server on loopback over a store in memory, stopped with the test. */
export async function aWeb(context: TestContext, changes: Partial<WebPorts> & { readonly store?: Store; readonly times?: Partial<HttpTimes> } = {}): Promise<WebFixture> {
  const log = fakeLog();
  const store = changes.store ?? memoryStore();
  const verify = await createVerifier({ appId: 4711, privateKey: appKeyPem, secrets: () => [webhookSecret, previousWebhookSecret] });
  const web = createWeb({
    verify,
    receive: (delivery) => receiveDelivery({ store, clock: fakeClock(), log, appId: 4711 }, delivery),
    budget: new BodyBudget({ bodies: 1_024, bytes: 64 * 1024 * 1024 }),
    log,
    mostBytes: 25 * 1024 * 1024,
    api: noApi(),
    readiness: [],
    readinessTimeoutMs: 100,
    alarms: async () => [],
    isDraining: () => false,
    ...changes,
  });
  const http = await listen(web, { host: '127.0.0.1', port: 0 }, { ...httpTimes, drainMs: 100, ...changes.times });
  context.after(() => http.stop());
  return { http, store, log, send: (message) => send(http.port, message) };
}

export function sign(body: string | Uint8Array, secret: string = webhookSecret): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}

/** A signed delivery of an opened pull request, with headers changed; undefined takes one out. */
export function aDelivery(changes: { readonly body?: string | Uint8Array; readonly headers?: Readonly<Record<string, string | undefined>>; readonly secret?: string } = {}): Message {
  const body = changes.body ?? JSON.stringify(aPayload('pull_request', { action: 'opened' }));
  const headers = {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': '3f1e6b1c-0000-4000-8000-000000000001',
    'x-hub-signature-256': sign(body, changes.secret),
    ...changes.headers,
  };
  return { method: 'POST', path: webhookPath, headers, body };
}

function send(port: number, { method = 'GET', path = '/', headers = {}, body }: Message): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const present = Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
    const outgoing = request({ host: '127.0.0.1', port, method, path, headers: present, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text: Buffer.concat(chunks).toString(), headers: incoming.headers }));
      incoming.on('error', reject);
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Keys of the jobs that wait. They are leased by looking. */
export async function jobsIn(store: Store): Promise<readonly string[]> {
  const now = new Date('2030-01-01T00:00:00Z');
  const leased = await store.queue.lease({ owner: 'test', now, until: new Date(now.getTime() + 1_000), limit: 100 });
  return leased.map((job) => job.key);
}
