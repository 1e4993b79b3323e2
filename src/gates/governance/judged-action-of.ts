import { approversOf } from '../../domain/approval/approver-groups.ts';
import { ownBindingOf } from '../../domain/approval/binding.ts';
import { countVotes } from '../../domain/approval/count-votes.ts';
import { electorsOf, findingItem, keyOfFinding } from '../../domain/approval/finding-item.ts';
import { member } from '../../domain/configuration/member.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JudgedAction, ReleaseOfAction } from '../../domain/action/judged-action.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import type { NamedAction } from './derive-actions.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import type { LevelAnswer } from './level-answers.ts';
import { peopleAsked } from './people-asked.ts';

export interface ToldOfAction {
  /** Of every rule about it that decides; null: none gave a whole answer. */
  readonly answers: readonly LevelAnswer[] | null;
  readonly findings: readonly Finding[];
}

/** What became of one action, for the record and for a reader. What lets it pass is what the built-in rules say does. */
export function judgedAction(action: NamedAction, world: GovernanceWorld, { answers, findings }: ToldOfAction): JudgedAction {
  const builtin = (answers ?? []).filter(({ whose }) => whose === null).map(({ answer }) => answer);
  const whitelistedBy = entryInWords(builtin);
  const release = isHeldByContracts(action) ? releaseByContracts(action, world) : releaseOf(builtin, world);
  const outcome = outcomeOf(action, world, { answers, findings });
  const { name, tier, subject, paths, why } = action;
  return {
    name,
    action: action.action,
    tier,
    subject,
    paths,
    why,
    outcome,
    because: because(action, { outcome, answers, release, whitelistedBy }),
    findings: [...findings.map((one) => keyOfFinding(one)), ...keysOfContracts(action)],
    whitelistedBy,
    release,
    ...(tier === 1 ? {} : { binding: ownBindingOf(world.snapshot, actionItem(action)) }),
  };
}

interface HeldByContracts extends NamedAction {
  readonly finding: 'schema/incompatible' | 'schema/undecided';
}

/** A schema that breaks or can not be decided waits for its findings alone. */
function isHeldByContracts(action: NamedAction): action is HeldByContracts {
  return action.finding === 'schema/incompatible' || action.finding === 'schema/undecided';
}

function keysOfContracts(action: NamedAction): readonly string[] {
  return isHeldByContracts(action) ? member.texts(action.evidence, 'findings').map((fingerprint) => `${action.finding} ${fingerprint}`) : [];
}

/** Whoever agreed to all that the contracts gate holds of it. */
function releaseByContracts(action: HeldByContracts, { configuration, electorate, held, isAnonymous, required, snapshot }: GovernanceWorld): ReleaseOfAction | null {
  const [keys, from] = [new Set(keysOfContracts(action)), electorsOf({ code: action.finding })];
  if (from === null || from === 'admins' || isAnonymous) return null;
  const agreed = held.filter((one) => keys.has(keyOfFinding(one))).map((one) => countVotes(electorate, snapshot, findingItem(one, snapshot), from)[from]);
  const [first] = agreed;
  return first === undefined ? null : { scope: action.finding, from, names: approversOf(configuration, from), count: required[from], approvedBy: first.filter((login) => agreed.every((logins) => logins.includes(login))) };
}

function outcomeOf({ tier }: NamedAction, { isAnonymous }: GovernanceWorld, { answers, findings }: ToldOfAction): JudgedAction['outcome'] {
  if (answers === null) return 'inconclusive';
  if (answers.some(({ answer }) => answer.outcome === 'fail')) return isOpen(findings) ? 'inconclusive' : 'fail';
  if (answers.some(({ answer }) => answer.outcome === 'hold')) return 'hold';
  return isAnonymous && tier > 1 ? 'unasked' : 'pass';
}

/** Whether nothing denies it for certain. */
function isOpen(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'unknown') && !findings.some(({ severity }) => severity === 'deny');
}

/** The entry that lets it pass, or would if enough people agreed. An entry may match and not be it: a glob lifts nothing. */
function entryInWords(builtin: readonly PolicyAnswer[]): string | null {
  const [entry] = builtin.flatMap(({ facts }) => member.objects(facts, 'entries'));
  if (entry === undefined) return null;
  const level = member.text(entry, 'level') === 'organization' ? 'the organisation' : 'the repository';
  return `${member.text(entry, 'action')} until ${member.text(entry, 'until')}, owned by ${member.text(entry, 'owner')} (${level})`;
}

/** A contract that asks for people asks for no fewer than its tier does. */
function releaseOf(builtin: readonly PolicyAnswer[], { configuration }: GovernanceWorld): ReleaseOfAction | null {
  const [asked] = ['governance/human_approval_required', 'governance/approvals_missing'].flatMap((code) => builtin.filter(({ rule }) => rule === code).flatMap((answer) => peopleAsked(answer) ?? []));
  return asked === undefined ? null : { from: asked.from, names: approversOf(configuration, asked.from), count: asked.needed, approvedBy: asked.counted };
}

interface Reasons extends Pick<JudgedAction, 'outcome' | 'release' | 'whitelistedBy'> {
  readonly answers: readonly LevelAnswer[] | null;
}

function because(action: NamedAction, { outcome, answers, release, whitelistedBy }: Reasons): string {
  if (answers === null) return 'The policies gave no whole answer.';
  const against = answers.filter(({ answer }) => answer.outcome !== 'pass').map(({ answer: { rule }, whose }) => (whose === null ? rule : `${rule} of ${whose}`));
  if (outcome === 'inconclusive') return 'It could not be told whether the whitelist names everybody.';
  if (outcome === 'unasked') return 'The App asks who may.';
  if (outcome !== 'pass') return `${against.join(' and ')}.`;
  if (action.tier === 1) return 'Tier 1 is free.';
  if (isHeldByContracts(action)) return `Held by ${action.finding}, if it is not released.`;
  const approved = (release?.approvedBy.length ?? 0) === 0 ? null : `approved by ${release?.approvedBy.join(', ')}`;
  const reasons = [whitelistedBy === null ? null : 'the whitelist names it', approved].filter((reason) => reason !== null);
  if (reasons.length > 0) return `${capital(reasons.join(', '))}.`;
  return release?.from === 'root' && release.count === 0 ? 'No second person is asked at the root.' : 'No rule is against it.';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
