import { objectOf } from './json.ts';
import type { Json } from './json.ts';
import type { Answer, Call, Route } from './routes.ts';
import { senderOf } from './pull-routes.ts';
import type { World } from './world.ts';

/** Git objects that are made one by one. */
export const objectRoutes: readonly Route[] = [
  { method: 'POST', path: '/repos/:owner/:repo/git/trees', needs: 'contents:write', answer: makeTree },
  { method: 'POST', path: '/repos/:owner/:repo/git/commits', needs: 'contents:write', answer: makeCommit },
  { method: 'GET', path: '/repos/:owner/:repo/git/commits/:sha', needs: 'contents:read', answer: async (world, call) => forwarded(world, call, null) },
];

/** Identical trees are one object: by order of arrival it makes no difference. */
function makeTree(world: World, call: Call): Promise<Answer> {
  return forwarded(world, call, call.body);
}

function makeCommit(world: World, call: Call): Promise<Answer> {
  const login = senderOf(world, call);
  const identity = { name: login, email: `${login}@users.example`, date: world.now().toISOString() };
  return forwarded(world, call, { author: identity, committer: identity, ...call.body });
}

async function forwarded(world: World, call: Call, body: Json | null): Promise<Answer> {
  const reply = await world.upstream.call(call.method, call.path, body);
  return { status: reply.status, body: reply.status < 300 ? objectOf(reply.body) : reply.body };
}
