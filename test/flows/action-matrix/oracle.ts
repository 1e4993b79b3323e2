import { hands, operators, owners, teams } from './a-case.ts';
import type { Case } from './a-case.ts';
import { entryOf } from './an-entry.ts';
import type { Entry } from './an-entry.ts';
import type { ExpectedAction } from './kinds.ts';

/** What must become of an action, and of the change: the sentences of the specification, said again without our code. */
export type Expected = 'pass' | 'hold' | 'fail';

export interface ExpectedJudgement {
  readonly action: ExpectedAction;
  readonly outcome: Expected;
  /** The entry of the whitelist that lets it pass, or would if enough people agreed, in words; null: none. */
  readonly listedBy: string | null;
  /** Whose yes counts; nobody's where none is asked. */
  readonly approvedBy: readonly string[];
}

export function expectedOf(one: Case): { readonly change: Expected; readonly judged: readonly ExpectedJudgement[] } {
  const judged = one.kinds.flatMap(({ actions }) => actions).map((action) => judgementOf(one, action));
  const outcomes = judged.map(({ outcome }) => outcome);
  return { judged, change: outcomes.includes('fail') ? 'fail' : outcomes.includes('hold') ? 'hold' : 'pass' };
}

function judgementOf(one: Case, action: ExpectedAction): ExpectedJudgement {
  const group = groupOf(one, action);
  const isListed = fits(one, action);
  const isBeyond = action.tier === 4 && group !== 'root' && !isLifted(one, action);
  const agreed = approvers(one, group);
  const approvedBy = isBeyond || isSpared(action, isListed) ? [] : agreed;
  const judgement = { action, listedBy: isListed && !isBeyond && group !== 'root' && action.tier > 1 ? inWords(one) : null, approvedBy };
  if (action.tier === 1) return { ...judgement, outcome: 'pass' };
  if (rejected(one, group)) return { ...judgement, outcome: 'fail' };
  const isUnlisted = action.tier === 3 && group !== 'root' && !isListed;
  if (isBeyond || isUnlisted) return { ...judgement, outcome: 'fail' };
  return { ...judgement, outcome: agreed.length >= needed(group) || isSpared(action, isListed) ? 'pass' : 'hold' };
}

type Group = 'tier2' | 'tier3' | 'root';

/** "The root: changes to Plumbline's own files need no whitelist match; released by organisation owners (user account: admins)." */
function groupOf({ place }: Case, { own, tier, flagged }: ExpectedAction): Group {
  if (own === true && (place === 'dot-github' || place === 'user')) return 'root';
  return tier === 2 && flagged !== true ? 'tier2' : 'tier3';
}

/** "Tier 2 needs 1 approval; tier 3 its approvals (default 2); approvals.root.count, default 1." */
function needed(group: Group): number {
  return group === 'tier3' ? 2 : 1;
}

/** "Tier 2 needs a whitelist match or 1 approval"; a flag asks for people all the same. */
function isSpared({ tier, flagged }: ExpectedAction, isListed: boolean): boolean {
  return tier === 2 && flagged !== true && isListed;
}

function electorate(group: Group): readonly string[] {
  if (group === 'root') return owners;
  return group === 'tier3' ? teams.governance : [...teams.reviewers, ...teams.governance];
}

function mayVote({ authorship }: Case, group: Group, login: string): boolean {
  return electorate(group).includes(login) && !hands[authorship].includes(login) && !operating(authorship).includes(login);
}

/** "An agent's configured operator (a team: each member for approvals; for the whitelist an entry that names that team)." */
function operating(authorship: Case['authorship']): readonly string[] {
  const team = operators[authorship];
  return team === undefined ? [] : teams[team];
}

/** The last word of each counts. "An agent's or app's approval counts nothing, nor does any contributor's": where one is unknown it may be anybody. */
function approvers(one: Case, group: Group): readonly string[] {
  if (one.authorship === 'unseen') return [];
  const later = one.rejection?.by;
  return one.approvals.filter((login) => login !== later && mayVote(one, group, login)).toSorted();
}

/** A no is heard of whoever only stands behind an agent. */
function rejected(one: Case, group: Group): boolean {
  const { rejection } = one;
  return rejection !== null && !rejection.back && electorate(group).includes(rejection.by) && !hands[one.authorship].includes(rejection.by);
}

/** "Every contributor must match"; whoever is unknown matches nothing. */
function fits(one: Case, action: ExpectedAction): boolean {
  const entry = entryOf(one);
  if (entry === null || one.authorship === 'unseen' || entry.until <= '2026-11-20') return false;
  if (action.tier > reachOf(one) || (entry.maxTier !== undefined && action.tier > entry.maxTier)) return false;
  if ((entry.paths !== undefined && !entry.paths.includes(action.path)) || entry.repos !== undefined) return false;
  const team = operators[one.authorship];
  if (team !== undefined && !entry.actors.includes(`team:${team}`)) return false;
  return isNamed(entry, action) && hands[one.authorship].every((login) => isActor(entry, login));
}

function isNamed({ action: pattern }: Entry, { action }: ExpectedAction): boolean {
  return pattern.endsWith('*') ? action.startsWith(pattern.slice(0, -1)) : pattern === action;
}

function isActor({ actors }: Entry, login: string): boolean {
  const isMember = teams.platform.some((one) => one === login) && actors.includes('team:platform');
  return isMember || actors.includes(login.endsWith('[bot]') ? `app:${login.slice(0, -'[bot]'.length)}` : `user:${login}`);
}

/** "Repository entries reach only up to the organisation's repositoryMaxTier (default 2 where an organisation configuration exists)." */
function reachOf({ level, place }: Case): number {
  return level === 'repository' && (place === 'organization' || place === 'dot-github') ? 2 : 4;
}

function isOrganizations({ place, level }: Case): boolean {
  return place === 'user' || (level === 'organization' && place !== 'alone');
}

function inWords(one: Case): string | null {
  const entry = entryOf(one);
  return entry === null ? null : `${entry.action} until ${entry.until}, owned by team:platform (${isOrganizations(one) ? 'the organisation' : 'the repository'})`;
}

/** "Unless an organisation-level whitelist entry names it in full (no glob) with an expiry of at most 30 days." */
function isLifted(one: Case, action: ExpectedAction): boolean {
  const entry = entryOf(one);
  return entry !== null && isOrganizations(one) && !entry.action.includes('*') && entry.until <= '2026-12-20' && fits(one, action);
}
