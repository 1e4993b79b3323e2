import type { Approval } from '../../domain/approval.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import { member } from '../../domain/configuration/member.ts';
import type { CheckContext, ContextApproval } from './check-context.ts';

/**
 * The approvals of a context that count: by humans who belong to those that the configuration names for a tier, whose hand
 * is not in the change, and given by then. Who administers the repository is not in a context, so nobody does.
 */
export function contextApprovals(context: CheckContext, configuration: Configuration | null, now: Date): readonly Approval[] {
  if (configuration === null) return [];
  const barred = contributorsOf(context, configuration);
  const counted = context.approvals.filter((approval) => approval.kind === 'human' && !barred.has(folded(approval.login)) && new Date(approval.at) <= now);
  return counted.flatMap((approval) => (['tier2', 'tier3'] as const).filter((tier) => isNamed(approval.login, approversOf(configuration, tier), context)).map((tier) => approvalOf(approval, tier)));
}

function approvalOf({ login, scope, sha, at }: ContextApproval, tier: Approval['tier']): Approval {
  return { login, scope, ...(sha === undefined ? {} : { sha }), tier, admin: false, at };
}

/** An agent's operators stand behind what it does: where one took part, none of them approves. */
function contributorsOf(context: CheckContext, configuration: Configuration): ReadonlySet<string> {
  const people = [context.author, ...(context.contributors ?? [])];
  const operators = people.every(({ kind }) => kind === 'human') ? [] : operatorsOf(configuration).flatMap((operator) => membersOf(operator, context));
  return new Set([...people.map(({ login }) => login), ...operators].map((login) => folded(login)));
}

function operatorsOf(configuration: Configuration): readonly string[] {
  return member.objects(member.object(configuration.document, 'hallucination'), 'agents').flatMap((agent) => member.text(agent, 'operator') ?? []);
}

function approversOf(configuration: Configuration, tier: Approval['tier']): readonly string[] {
  return member.texts(member.object(member.object(member.object(configuration.document, 'governance'), 'approvals'), tier), 'from');
}

function isNamed(login: string, names: readonly string[], context: CheckContext): boolean {
  return names.flatMap((name) => membersOf(name, context)).some((one) => folded(one) === folded(login));
}

/** `user:<login>` or `team:<name>`; a context may name a team with or without its prefix. */
function membersOf(name: string, { teams }: CheckContext): readonly string[] {
  const [, kind, plain] = /^(user|team):(.+)$/.exec(name) ?? [];
  if (plain === undefined) return [];
  if (kind === 'user') return [plain];
  const own = (key: string): readonly string[] => (Object.hasOwn(teams, key) ? (teams[key] ?? []) : []);
  return [...own(plain), ...own(name)];
}

function folded(login: string): string {
  return login.toLowerCase();
}
