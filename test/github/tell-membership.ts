import { objectOf } from './json.ts';
import { contextOf } from './pull-routes.ts';
import { userShape } from './shapes.ts';
import type { World } from './world.ts';

export interface ToldMembership {
  readonly action: 'added' | 'removed';
  /** Slug. */
  readonly team: string;
  readonly login: string;
}

/** Sends the event that somebody came into a team of the organisation or left it. It names no repository. */
export async function tellMembership(world: World, repository: string, { action, team: slug, login }: ToldMembership, by: string): Promise<void> {
  const { organization, sender, installation } = await contextOf(world, repository, by);
  const url = `${world.url()}/organizations/${Number(objectOf(organization)['id'])}/team/1`;
  const team = { id: 1, node_id: 'T_1', name: slug, slug, description: null, privacy: 'closed', permission: 'pull', url, html_url: url, members_url: `${url}/members{/member}`, repositories_url: `${url}/repos`, parent: null };
  world.emit('membership', action, { action, scope: 'team', member: await userShape(world, login), team, organization, sender, installation });
}
