import { approversOf } from '../../domain/approval/approver-groups.ts';
import { countVotes } from '../../domain/approval/count-votes.ts';
import { keyOfFinding } from '../../domain/approval/finding-item.ts';
import { member } from '../../domain/configuration/member.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JudgedAction, ReleaseOfAction } from '../../domain/action/judged-action.ts';
import type { PolicyAnswer } from '../../domain/policy/policy-report.ts';
import type { NamedAction } from './derive-actions.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { approversOfAction } from './approvers-of-action.ts';
import { matchWhitelist } from './whitelist/match-whitelist.ts';
import type { WhitelistEntry } from './whitelist/whitelist-entry.ts';

export interface ToldOfAction {
  /** Of every rule about it; null: none gave a whole answer. */
  readonly answers: readonly PolicyAnswer[] | null;
  readonly findings: readonly Finding[];
}

/** What became of one action, for the record and for a reader. */
export function judgedAction(action: NamedAction, world: GovernanceWorld, { answers, findings }: ToldOfAction): JudgedAction {
  const { snapshot, evidence, actors } = world;
  const [entry] = action.tier === 1 ? [] : matchWhitelist(action, actors, snapshot, evidence).entries;
  const whitelistedBy = entry === undefined ? null : entryInWords(entry);
  const outcome = outcomeOf(action, world, { answers, findings });
  const release = isForbidden(action, answers) ? null : releaseOf(action, world);
  const { name, tier, subject, paths, why } = action;
  return { name, action: action.action, tier, subject, paths, why, outcome, because: because(action, { outcome, answers, release, whitelistedBy }), findings: [...findings.map((one) => keyOfFinding(one)), ...schemaFindings(action)], whitelistedBy, release };
}

/** Those of the contracts gate that hold the action. */
function schemaFindings({ finding, evidence }: NamedAction): readonly string[] {
  return finding?.startsWith('schema/') === true ? member.texts(evidence, 'findings').map((fingerprint) => `${finding} ${fingerprint}`) : [];
}

function outcomeOf({ tier }: NamedAction, { isAnonymous }: GovernanceWorld, { answers, findings }: ToldOfAction): JudgedAction['outcome'] {
  if (answers === null) return 'inconclusive';
  if (answers.some(({ outcome }) => outcome === 'fail')) return isOpen(findings) ? 'inconclusive' : 'fail';
  if (answers.some(({ outcome }) => outcome === 'hold')) return 'hold';
  return isAnonymous && tier > 1 ? 'unasked' : 'pass';
}

/** Whether nothing denies it for certain. */
function isOpen(findings: readonly Finding[]): boolean {
  return findings.some(({ severity }) => severity === 'unknown') && !findings.some(({ severity }) => severity === 'deny');
}

/** Tier 4 that the organisation does not lift: nobody's yes lets it pass. */
function isForbidden({ tier }: NamedAction, answers: readonly PolicyAnswer[] | null): boolean {
  return tier === 4 && (answers ?? []).some(({ rule, outcome }) => outcome === 'fail' && rule !== 'governance/rejected');
}

function releaseOf(action: NamedAction, world: GovernanceWorld): ReleaseOfAction | null {
  const { snapshot, configuration, electorate, required, isAnonymous } = world;
  if (action.tier === 1 || isAnonymous || action.finding === 'schema/incompatible' || action.finding === 'schema/undecided') return null;
  const from = approversOfAction(action, world);
  return { from, names: approversOf(configuration, from), count: required[from], approvedBy: countVotes(electorate, snapshot, actionItem(action), from)[from] };
}

function entryInWords({ action, owner, until, level }: WhitelistEntry): string {
  return `${action} until ${until}, owned by ${owner} (${level === 'organization' ? 'the organisation' : 'the repository'})`;
}

interface Reasons extends Pick<JudgedAction, 'outcome' | 'release' | 'whitelistedBy'> {
  readonly answers: readonly PolicyAnswer[] | null;
}

function because(action: NamedAction, { outcome, answers, release, whitelistedBy }: Reasons): string {
  if (answers === null) return 'The policies gave no whole answer.';
  const against = answers.filter((one) => one.outcome !== 'pass').map(({ rule }) => rule);
  if (outcome === 'inconclusive') return 'It could not be told whether the whitelist names everybody.';
  if (outcome === 'unasked') return 'The App asks who may.';
  if (outcome !== 'pass') return `${against.join(' and ')}.`;
  if (action.tier === 1) return 'Tier 1 is free.';
  if (action.finding === 'schema/incompatible' || action.finding === 'schema/undecided') return `Held by ${action.finding}, if it is not released.`;
  const approved = (release?.approvedBy.length ?? 0) === 0 ? null : `approved by ${release?.approvedBy.join(', ')}`;
  const reasons = [whitelistedBy === null ? null : 'the whitelist names it', approved].filter((reason) => reason !== null);
  if (reasons.length > 0) return `${capital(reasons.join(', '))}.`;
  return release?.from === 'root' && release.count === 0 ? 'No second person is asked at the root.' : 'No rule is against it.';
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
