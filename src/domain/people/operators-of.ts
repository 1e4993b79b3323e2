import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';
import { matchesStars } from '../glob/matches-stars.ts';
import { foldedLogin } from './contributor.ts';
import type { Contributor } from './contributor.ts';

/** Who stands behind the agents among the contributors, as the configuration names them: `user:<login>` or `team:<slug>`, each once. */
export function operatorsOf(configuration: Configuration | null, people: readonly Contributor[]): readonly string[] {
  const agents = member.objects(member.object(configuration?.document ?? {}, 'hallucination'), 'agents');
  const operators = people.flatMap(({ login }) => {
    const named = agents.filter((agent) => fits(login, member.text(agent, 'login') ?? '') && !member.texts(agent, 'except').some((one) => fits(login, one)));
    return named.flatMap((agent) => member.text(agent, 'operator') ?? []);
  });
  return [...new Set(operators)];
}

/** Whether the configuration counts a login among its agents, whatever kind of account it is. */
export function isAgent(configuration: Configuration | null, login: string): boolean {
  const agents = member.objects(member.object(configuration?.document ?? {}, 'hallucination'), 'agents');
  return agents.some((agent) => fits(login, member.text(agent, 'login') ?? ''));
}

function fits(login: string, pattern: string): boolean {
  return matchesStars(foldedLogin(pattern), foldedLogin(login));
}
