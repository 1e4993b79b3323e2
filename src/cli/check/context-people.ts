import { isSameLogin } from '../../domain/people/contributor.ts';
import type { Contributor, Contributors } from '../../domain/people/contributor.ts';
import { isLoginOf } from '../../domain/people/is-login-of.ts';
import type { Membership } from '../../domain/people/membership.ts';
import type { Vote } from '../../domain/people/vote.ts';
import type { People } from '../../flows/ports/prober.ts';
import type { CheckContext, ContextPerson } from './check-context.ts';

/**
 * The people of a context, which whoever wrote it vouches for. It names teams and nobody's permissions, so nobody is an
 * admin, an owner or a writer. Without a context nobody is known, and nobody has said anything.
 * @param named Agents that the commits of the change name themselves, which only routes it.
 */
export function contextPeople(context: CheckContext | null, now: Date, named: () => Promise<readonly string[]>): People {
  return {
    contributors: async () => withNamed(context === null ? { people: [], unknown: [{ kind: 'unasked', why: 'without --context nobody is known' }] } : contributorsOf(context), await named()),
    votes: async () => (context === null ? [] : votesOf(context, now)),
    memberships: async (asked) => asked.map((one) => ({ kind: 'answered', value: { kind: 'told', login: one.login, isIn: context !== null && isIn(context, one) } })),
  };
}

function withNamed(known: Contributors, named: readonly string[]): Contributors {
  return named.length === 0 ? known : { ...known, named };
}

function contributorsOf({ author, contributors }: CheckContext): Contributors {
  const others = (contributors ?? []).filter(({ login }) => !isSameLogin(login, author.login));
  return { people: [asContributor(author, ['author']), ...others.map((person) => asContributor(person, ['commit']))], unknown: null };
}

function asContributor({ login, kind }: ContextPerson, via: Contributor['via']): Contributor {
  return { login, id: null, kind, via };
}

/** What is given later than the change is judged is not given yet. */
function votesOf({ approvals }: CheckContext, now: Date): readonly Vote[] {
  const given = approvals.filter(({ at }) => new Date(at) <= now);
  return given.map(({ login, kind, scope, sha, at }) => ({ login, id: null, kind, answer: 'approve', reason: null, door: 'context', pullRequest: null, target: { kind: 'head', scope, sha: sha ?? null }, at }));
}

/** A context may name a team with or without its prefix. */
function isIn({ teams }: CheckContext, { login, group }: Membership): boolean {
  if (isLoginOf(login, group)) return true;
  const [, plain] = /^team:(.+)$/.exec(group) ?? [];
  if (plain === undefined) return false;
  const own = (key: string): readonly string[] => (Object.hasOwn(teams, key) ? (teams[key] ?? []) : []);
  return [...own(plain), ...own(group)].some((one) => isSameLogin(one, login));
}
