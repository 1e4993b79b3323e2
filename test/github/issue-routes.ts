import { isJson, listOf, objectOf } from './json.ts';
import type { Json } from './json.ts';
import { upstreamToken } from './pull-routes.ts';
import { refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { appShape, completeUser } from './shapes.ts';
import type { World } from './world.ts';

/** Issues that are no pull requests. The emulator keeps them; which App opened one is ours to tell. */
export const issueRoutes: readonly Route[] = [
  { method: 'GET', path: '/repos/:owner/:repo/issues', needs: 'issues:read', answer: listIssues },
  { method: 'POST', path: '/repos/:owner/:repo/issues', needs: 'issues:write', answer: (world, call) => writeIssue(world, call, 201) },
  { method: 'GET', path: '/repos/:owner/:repo/issues/:number', needs: 'issues:read', answer: readIssue },
  { method: 'PATCH', path: '/repos/:owner/:repo/issues/:number', needs: 'issues:write', answer: (world, call) => writeIssue(world, call, 200) },
];

async function listIssues(world: World, call: Call): Promise<Answer> {
  const path = `${call.path}?${call.query.toString()}`;
  const reply = await world.upstream.call('GET', path);
  const link = reply.headers['link'];
  if (reply.status !== 200) return { status: reply.status, body: reply.body };
  // Who closed one is told of one alone.
  return { status: 200, headers: link === undefined ? {} : { link }, body: listOf(reply.body).map((issue) => ({ ...completeIssue(world, issue), closed_by: null })) };
}

async function readIssue(world: World, call: Call): Promise<Answer> {
  const reply = await world.upstream.call('GET', call.path);
  if (world.deletedIssues.has(`${call.repository}#${call.at['number']}`)) return refuse(410, 'This issue was deleted');
  return reply.status === 200 ? { status: 200, body: completeIssue(world, objectOf(reply.body)) } : { status: reply.status, body: reply.body };
}

async function writeIssue(world: World, call: Call, expected: number): Promise<Answer> {
  const text = call.body['body'];
  if (typeof text === 'string' && text.length > 65_536) return refuse(422, 'body is too long (maximum is 65536 characters)');
  if (world.deletedIssues.has(`${call.repository}#${call.at['number']}`)) return refuse(410, 'This issue was deleted');
  const reply = await world.upstream.call(call.method, call.path, call.body, await upstreamToken(call));
  if (reply.status !== expected) return { status: reply.status, body: reply.body };
  return { status: expected, body: completeIssue(world, objectOf(reply.body)) };
}

function completeIssue(world: World, issue: Json): Json {
  const own = `${world.slug}[bot]`;
  const user = isJson(issue['user']) ? completeUser(issue['user']) : null;
  const closer = isJson(issue['closed_by']) ? completeUser(issue['closed_by']) : null;
  return { ...issue, user, closed_by: closer, performed_via_github_app: user?.['login'] === own ? appShape(world) : null };
}
