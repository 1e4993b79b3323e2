import { completeUser, appShape } from './shapes.ts';
import { objectOf } from './json.ts';
import { refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import type { Attempt, WebhookQueue } from './webhook-queue.ts';
import type { World } from './world.ts';

/** What the App asks as itself: who it is, where it is installed, what became of its deliveries. */
export function appRoutes(queue: WebhookQueue): readonly Route[] {
  return [
    { method: 'GET', path: '/app', needs: 'app', answer: async (world) => ({ status: 200, body: { ...appShape(world), installations_count: 1 } }) },
    { method: 'GET', path: '/app/installations', needs: 'app', answer: async (world) => ({ status: 200, body: [await installationShape(world)] }) },
    { method: 'GET', path: '/app/installations/:id', needs: 'app', answer: async (world, call) => (Number(call.at['id']) === world.installationId ? { status: 200, body: await installationShape(world) } : refuse(404, 'Not Found')) },
    { method: 'GET', path: '/repos/:owner/:repo/installation', needs: 'app', answer: async (world, call) => (world.repositories.has(call.repository) ? { status: 200, body: await installationShape(world) } : refuse(404, 'Not Found')) },
    { method: 'GET', path: '/orgs/:org/installation', needs: 'app', answer: async (world, call) => (call.at['org'] === world.organization ? { status: 200, body: await installationShape(world) } : refuse(404, 'Not Found')) },
    { method: 'GET', path: '/app/hook/deliveries', needs: 'app', answer: async (world, call) => listDeliveries(world, queue, call) },
    { method: 'GET', path: '/app/hook/deliveries/:id', needs: 'app', answer: async (world, call) => readDelivery(world, queue, call) },
    { method: 'POST', path: '/app/hook/deliveries/:id/attempts', needs: 'app', answer: async (_world, call) => (queue.redeliver(Number(call.at['id'])) ? { status: 202, body: {} } : refuse(404, 'Not Found')) },
  ];
}

/** Newest first, by cursor, as GitHub lists them. */
function listDeliveries(world: World, queue: WebhookQueue, call: Call): Answer {
  const size = Math.min(Number(call.query.get('per_page') ?? 30), 100);
  const newest = queue.attempts.toReversed();
  const cursor = call.query.get('cursor');
  const start = cursor === null ? 0 : newest.findIndex((one) => `v1_${one.id}` === cursor);
  if (start < 0) return refuse(422, 'Invalid cursor');
  const next = newest[start + size];
  const link = next === undefined ? {} : { link: `<${world.url()}${call.path}?per_page=${size}&cursor=v1_${next.id}>; rel="next"` };
  return { status: 200, headers: link, body: newest.slice(start, start + size).map((one) => rowOf(world, one)) };
}

function readDelivery(world: World, queue: WebhookQueue, call: Call): Answer {
  const found = queue.attempts.find((one) => one.id === Number(call.at['id']));
  if (found === undefined) return refuse(404, 'Not Found');
  return { status: 200, body: { ...rowOf(world, found), request: { headers: {}, payload: found.payload }, response: { headers: {}, payload: null } } };
}

function rowOf(world: World, one: Attempt): Record<string, unknown> {
  const repository = one.payload['repository'] === undefined ? null : Number(objectOf(one.payload['repository'])['id']);
  return { id: one.id, guid: one.guid, delivered_at: one.deliveredAt, redelivery: one.redelivery, duration: one.duration, status: one.status, status_code: one.statusCode, event: one.event, action: one.action, installation_id: world.installationId, repository_id: repository, throttled_at: null };
}

async function installationShape(world: World): Promise<Record<string, unknown>> {
  const account = objectOf((await world.upstream.must('GET', `/orgs/${world.organization}`)).body);
  const url = `${world.url()}/app/installations/${world.installationId}`;
  const instant = '2026-01-01T00:00:00Z';
  const owner = completeUser({ login: world.organization, id: account['id'], node_id: account['node_id'], url: account['url'], html_url: account['html_url'], avatar_url: account['avatar_url'], type: 'Organization', site_admin: false });
  return { id: world.installationId, client_id: 'Iv1.0000000000000000', account: owner, repository_selection: 'all', access_tokens_url: `${url}/access_tokens`, repositories_url: `${world.url()}/installation/repositories`, html_url: url, app_id: world.appId, app_slug: world.slug, target_id: account['id'], target_type: 'Organization', permissions: world.permissions, events: ['pull_request'], created_at: instant, updated_at: instant, single_file_name: null, has_multiple_single_files: false, single_file_paths: [], suspended_by: null, suspended_at: null };
}
