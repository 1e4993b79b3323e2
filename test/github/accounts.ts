import { objectOf } from './json.ts';
import { Refused } from './graphql-mutation.ts';
import { refuse } from './routes.ts';
import type { Route } from './routes.ts';
import { completeUser, userShape } from './shapes.ts';
import type { World } from './world.ts';

/** Accounts by their id, whatever they are called, and by what they are called now. */
export const accountRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/user/:id',
    needs: null,
    answer: async (world, call) => {
      for (const login of loginsOf(world)) {
        const user = await userShape(world, login);
        if (user['id'] === Number(call.at['id'])) return { status: 200, body: await wholeUser(world, login) };
      }
      return refuse(404, 'Not Found');
    },
  },
  {
    method: 'GET',
    path: '/users/:login',
    needs: null,
    answer: async (world, call) => {
      const login = loginCalled(world, call.at['login'] ?? '');
      return login === undefined ? refuse(404, 'Not Found') : { status: 200, body: await wholeUser(world, login) };
    },
  },
];

async function wholeUser(world: World, login: string): Promise<Record<string, unknown>> {
  const body = objectOf((await world.upstream.must('GET', `/users/${world.emulated.get(login) ?? login}`)).body);
  return { ...completeUser(body), ...(await userShape(world, login)) };
}

/** `Query.user`: whoever has the login now, however it is written. */
export async function userNode(world: World, login: string): Promise<{ readonly __typename: 'User' } & Readonly<Record<string, unknown>>> {
  const known = loginCalled(world, login);
  if (known === undefined) throw new Refused('NOT_FOUND', `Could not resolve to a User with the login of '${login}'.`);
  return { __typename: 'User', login: known, databaseId: (await userShape(world, known))['id'] };
}

/** Somebody has another login from now on, everywhere, and their former one is free; null: their account is gone. */
export function renameAccount(world: World, from: string, to: string | null): void {
  for (const [key, role] of [...world.roles].filter(([one]) => one === from || one.endsWith(`:${from}`))) {
    world.roles.delete(key);
    if (to !== null) world.roles.set(`${key.slice(0, key.length - from.length)}${to}`, role);
  }
  for (const [slug, team] of world.teams) world.teams.set(slug, { ...team, members: team.members.flatMap((one) => (one === from ? (to ?? []) : one)) });
  if (world.owners.delete(from) && to !== null) world.owners.add(to);
  if (to !== null) world.emulated.set(to, world.emulated.get(from) ?? from);
  world.emulated.delete(from);
}

/** Written as its account writes it. */
function loginCalled(world: World, login: string): string | undefined {
  return loginsOf(world).find((one) => one.toLowerCase() === login.toLowerCase());
}

function loginsOf(world: World): readonly string[] {
  return [...world.roles.keys()].filter((key) => !key.includes(':'));
}
