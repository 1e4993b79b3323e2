import type { Configuration } from '../configuration/configuration.ts';
import type { Contributors } from '../people/contributor.ts';
import { agentStanding } from '../people/operators-of.ts';

/** Whose evidence is asked for, by login; and who needs none, though what they add must exist. */
export interface AgentHands {
  readonly agents: readonly string[];
  readonly excepted: readonly string[];
}

/**
 * Agents with a hand in a change, as far as accounts and trailers tell: those that the configuration names, and Apps, whatever it names, but for
 * our own, which says in its text what it does and why. This
 * routes a change and proves nothing: who hides an agent behind their own account is asked for nothing.
 */
export function handsOfAgents(configuration: Configuration, { people, named = [], own }: Contributors): AgentHands {
  const standings = [
    ...people.map(({ login, formerly = [], kind }) => ({ login, standing: login === own ? 'excepted' : agentStanding(configuration, [login, ...formerly], kind !== 'human') })),
    ...named.map((login) => ({ login, standing: agentStanding(configuration, [login], true) })),
  ];
  const withStanding = (wanted: 'agent' | 'excepted'): readonly string[] => standings.filter(({ standing }) => standing === wanted).map(({ login }) => login);
  return { agents: withStanding('agent'), excepted: withStanding('excepted') };
}
