import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';
import { matchesStars } from '../glob/matches-stars.ts';
import type { JsonObject } from '../json-value.ts';
import { foldedLogin } from './contributor.ts';
import type { Contributor } from './contributor.ts';

/**
 * Who stands behind the agents among the contributors, as the configuration names them: `user:<login>` or `team:<slug>`, each once. An agent
 * that was renamed since it had its hand in the change is still one: else its operator would release what it did.
 */
export function operatorsOf(configuration: Configuration | null, people: readonly Contributor[]): readonly string[] {
  return [...new Set(people.flatMap(({ login, formerly = [] }) => [login, ...formerly].flatMap((one) => entriesFor(configuration, one))).flatMap((agent) => member.text(agent, 'operator') ?? []))];
}

/** Whether the configuration counts a login among its agents, whatever kind of account it is. */
export function isAgent(configuration: Configuration | null, login: string): boolean {
  return entriesFor(configuration, login).length > 0;
}

/** Whom an entry excepts it does not mean; another one may. */
function entriesFor(configuration: Configuration | null, login: string): readonly JsonObject[] {
  const agents = member.objects(member.object(configuration?.document ?? {}, 'hallucination'), 'agents');
  return agents.filter((agent) => fits(login, member.text(agent, 'login') ?? '') && !member.texts(agent, 'except').some((one) => fits(login, one)));
}

function fits(login: string, pattern: string): boolean {
  return matchesStars(foldedLogin(pattern), foldedLogin(login));
}
