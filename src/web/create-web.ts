import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { failureOf } from '../domain/failure.ts';
import { mountApi, toldProblem } from './api/mount-api.ts';
import { apiPath } from './api/openapi-document.ts';
import type { ApiPorts } from './api/mount-api.ts';
import { askAlarms, askReadiness } from './readiness.ts';
import type { ReadinessCheck } from './readiness.ts';
import { takeDelivery } from './webhook-route.ts';
import type { WebhookPorts } from './webhook-route.ts';

export interface WebPorts extends WebhookPorts {
  readonly api: ApiPorts;
  readonly readiness: readonly ReadinessCheck[];
  readonly readinessTimeoutMs: number;
  /** Kinds of trouble that somebody has to look at though the server goes on. */
  readonly alarms: () => Promise<readonly string[]>;
  /** True once the server stops: what still comes in is turned away. */
  readonly isDraining: () => boolean;
}

export type Web = Hono<{ Bindings: HttpBindings }>;

export type WebContext = Context<{ Bindings: HttpBindings }>;

export const webhookPath = '/api/github/webhooks';

/** Nothing here is a page: no scripts, no frames, no copies in caches. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Everything the server answers to. Probot's set-up pages are not mounted: whatever is not listed here is 404. */
export function createWeb(ports: WebPorts): Web {
  const web: Web = new Hono();
  web.use(async (context, next) => {
    const requestId = randomUUID();
    const startedAt = performance.now();
    if (ports.isDraining()) context.res = turnedAway(context);
    else await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.header(name, value);
    context.header('x-request-id', requestId);
    logRequest(ports, context, requestId, performance.now() - startedAt);
  });
  web.post(webhookPath, async (context) => {
    const answer = await takeDelivery(ports, context.env.incoming);
    if (answer.retryAfter !== undefined) context.header('retry-after', String(answer.retryAfter));
    if (answer.close === true) context.header('connection', 'close');
    return context.text(`${answer.text}\n`, answer.status);
  });
  web.get('/healthz', (context) => context.json({ status: 'ok' }));
  web.get('/readyz', async (context) => {
    const readiness = await askReadiness(ports.readiness, ports.readinessTimeoutMs);
    const alarms = await askAlarms(ports.alarms, ports.readinessTimeoutMs);
    return context.json({ ...readiness, alarms }, readiness.ready ? 200 : 503);
  });
  mountApi(web, ports.api);
  web.notFound((context) => context.text('not found\n', 404));
  web.onError((thrown, context) => {
    ports.log.error('request failed', { path: context.req.path, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    if (isOfApi(context)) return toldProblem(context, { status: 500, code: 'broken', detail: 'Something broke. Nothing is wrong with the request.' });
    return context.text('internal error\n', 500);
  });
  return web;
}

/** Programs are told in one form what is wrong, whatever it is. */
function isOfApi({ req }: WebContext): boolean {
  return req.path.startsWith(`${apiPath}/`);
}

function turnedAway(context: WebContext): Response {
  if (isOfApi(context)) return toldProblem(context, { status: 503, code: 'stopping', detail: 'The server is stopping: ask again.', retryAfter: 30 });
  context.header('connection', 'close');
  context.header('retry-after', '30');
  return context.text('shutting down\n', 503);
}

/** Headers that may be logged. Any other may carry a credential: GitHub itself once sent webhook secrets in one. */
const loggedHeaders = ['user-agent', 'content-type', 'content-length', 'x-github-event', 'x-github-delivery', 'x-github-hook-installation-target-id'] as const;

function logRequest(ports: WebPorts, context: WebContext, requestId: string, elapsed: number): void {
  const { path, method } = context.req;
  const { status } = context.res;
  if (status < 400 && path !== webhookPath) return;
  const headers = Object.fromEntries(loggedHeaders.flatMap((name) => (context.req.header(name) === undefined ? [] : [[name, context.req.header(name)]])));
  ports.log[status >= 500 ? 'warn' : 'info']('request', { requestId, method, path, status, ms: Math.round(elapsed), headers });
}
