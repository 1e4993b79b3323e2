import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';
import { matchesStars } from '../glob/matches-stars.ts';
import type { JsonObject } from '../json-value.ts';
import { foldedLogin } from './contributor.ts';
import type { Contributors } from './contributor.ts';

/**
 * Who stands behind the agents among the contributors, as the configuration names them: `user:<login>` or `team:<slug>`, each once. An agent
 * that was renamed since it had its hand in the change is still one: else its operator would release what it did. So is one that stands in a commit alone.
 */
export function operatorsOf(configuration: Configuration | null, { people, named = [] }: Pick<Contributors, 'people' | 'named'>): readonly string[] {
  const logins = [...people.flatMap(({ login, formerly = [] }) => [login, ...formerly]), ...named];
  return [...new Set(logins.flatMap((one) => entriesFor(configuration, one)).flatMap((agent) => member.text(agent, 'operator') ?? []))];
}

/** Whether the configuration counts a login among its agents, whatever kind of account it is. */
export function isAgent(configuration: Configuration | null, login: string): boolean {
  return entriesFor(configuration, login).length > 0;
}

/** Whom a pattern of agents excepts that does not say whom: what they change tells itself. */
const exceptedByDefault = ['dependabot[bot]', 'renovate[bot]'];

/**
 * How an account stands by whose change evidence may be asked for. `agent`: an entry means it, or it is an App's and no entry fits.
 * `excepted`: entries fit it and all of them except it, or none fits and it is excepted by default.
 * @param logins All that it has or had. @param isApp Whether it is no person's account.
 */
export function agentStanding(configuration: Configuration | null, logins: readonly string[], isApp: boolean): 'agent' | 'excepted' | 'none' {
  const fitting = logins.flatMap((login) => agentEntries(configuration).filter((agent) => fits(login, patternOf(agent))).map((agent) => ({ login, agent })));
  if (fitting.some(({ login, agent }) => !needsNone(agent, login))) return 'agent';
  if (fitting.length > 0 || logins.some(isExceptedByDefault)) return 'excepted';
  return isApp || logins.some((login) => login.endsWith('[bot]')) ? 'agent' : 'none';
}

function needsNone(agent: JsonObject, login: string): boolean {
  if (Array.isArray(agent['except'])) return member.texts(agent, 'except').some((one) => fits(login, one));
  return patternOf(agent).includes('*') && isExceptedByDefault(login);
}

function isExceptedByDefault(login: string): boolean {
  return exceptedByDefault.includes(foldedLogin(login));
}

function patternOf(agent: JsonObject): string {
  return member.text(agent, 'login') ?? '';
}

/** Whom an entry excepts it does not mean; another one may. */
function entriesFor(configuration: Configuration | null, login: string): readonly JsonObject[] {
  return agentEntries(configuration).filter((agent) => fits(login, patternOf(agent)) && !member.texts(agent, 'except').some((one) => fits(login, one)));
}

function agentEntries(configuration: Configuration | null): readonly JsonObject[] {
  return member.objects(member.object(configuration?.document ?? {}, 'hallucination'), 'agents');
}

function fits(login: string, pattern: string): boolean {
  return matchesStars(foldedLogin(pattern), foldedLogin(login));
}
