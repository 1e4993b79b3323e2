import { countVotes } from '../../domain/approval/count-votes.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { daysUntil, isBefore } from '../../domain/instant.ts';
import { whyUnknown } from '../../domain/people/contributor.ts';
import { eachOnce } from '../../domain/people/untold.ts';
import type { Untold } from '../../domain/people/untold.ts';
import type { PolicyAction, PolicyInput } from '../../domain/policy/policy-input.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { FileRole, SnapshotFile } from '../../domain/snapshot.ts';
import type { Waiver } from '../../domain/waiver/waiver.ts';
import { contractsOfActions } from './contracts-of-actions.ts';
import type { NamedAction } from './derive-actions.ts';
import { actionItem } from './governance-world.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { approversOfAction } from './approvers-of-action.ts';
import { isRootAction } from './is-root-action.ts';
import { baseWaivers } from './waivers/base-waivers.ts';
import { matchWhitelist } from './whitelist/match-whitelist.ts';
import { endOf, isInFull } from '../../domain/whitelist/whitelist-entry.ts';
import type { WhitelistEntry } from '../../domain/whitelist/whitelist-entry.ts';

export interface AskedInput {
  readonly input: PolicyInput;
  /** What could not be told of whom the whitelist names. */
  readonly unknown: readonly Untold[];
}

/** All that policies are told about a change. */
export function policyInputOf(world: GovernanceWorld): AskedInput {
  const { snapshot, configuration, evidence, derived, electorate, required } = world;
  const { repository, change } = snapshot;
  const unknown: Untold[] = [];
  const actions = derived.actions.map((action) => actionOf(action, world, unknown));
  const input: PolicyInput = {
    version: 1,
    now: snapshot.now,
    repository: { id: repository.id, owner: repository.owner, name: repository.name, account: repository.account },
    base: { branch: change.baseBranch, entry: snapshot.entry?.entry ?? '', sha: snapshot.base },
    pullRequest: { number: change.subject.kind === 'pull-request' ? change.subject.number : null, title: change.title, author: change.author, draft: change.draft, fork: change.fork, head: snapshot.head },
    contributors: world.actors.people.map(({ login, kind, via }) => ({ login, kind, via })),
    unknownContributors: unknownContributors(world),
    changes: changedFiles(snapshot).map((file) => ({ path: file.path, status: statusOf(file), roles: file.roles.map(toldRole) })),
    actions,
    required,
    contracts: contractsOfActions(derived).contracts,
    verdicts: (evidence.verdicts ?? []).map(({ gate, verdict, findings }) => ({ gate, verdict, findings: findings.map(({ code, severity, path, fingerprint }) => ({ code, severity, path, fingerprint })) })),
    approvals: electorate.voters.filter(({ barred, votes }) => barred === null && votes.some(({ answer }) => answer === 'approve')).map(({ login, tier2, tier3, root }) => ({ login, tier2, tier3, root })),
    waivers: waiversOf(world).map(({ code, fingerprint, owner, until }) => ({ code, fingerprint, owner, until })),
    ...verificationIn(evidence),
    config: configuration.document,
  };
  return { input, unknown: eachOnce(unknown) };
}

function verificationIn({ verdicts }: Evidence): Pick<PolicyInput, 'verification'> {
  const verification = (verdicts ?? []).find(({ gate }) => gate === 'hallucination')?.verification;
  return verification === undefined ? {} : { verification };
}

/** Those in force. An organisation may have more than the input may hold, for other repositories: of its own those that name a finding of this change. */
function waiversOf(world: GovernanceWorld): readonly Waiver[] {
  const { snapshot, evidence, derived } = world;
  const { waivers, ofOrganization } = baseWaivers(world);
  const found = new Set([...(evidence.verdicts ?? []).flatMap(({ findings }) => findings), ...derived.findings].map(({ fingerprint }) => fingerprint));
  return waivers.filter((waiver) => isBefore(snapshot.now, waiver.until) && (!ofOrganization.has(waiver) || found.has(waiver.fingerprint)));
}

function actionOf(action: NamedAction, world: GovernanceWorld, unknown: Untold[]): PolicyAction {
  const { snapshot, evidence, electorate, actors } = world;
  const { name, tier, subject, paths, why, finding } = action;
  const match = tier === 1 ? { entries: [], unknown: [] } : matchWhitelist(action, actors, snapshot, evidence);
  unknown.push(...match.unknown);
  const { tier2, tier3, root, rejections } = countVotes(electorate, snapshot, actionItem(action), approversOfAction(action, world));
  return {
    name,
    action: action.action,
    tier,
    subject,
    paths,
    why,
    evidence: action.evidence,
    finding,
    isRoot: isRootAction(action, snapshot),
    whitelist: match.entries.map((entry) => entryOf(entry, snapshot.now)),
    approvals: { tier2, tier3, root },
    // What is free waits for nobody: it passes where it could not be read who said no, so nobody's no counts.
    rejections: tier === 1 ? [] : rejections,
  };
}

function entryOf(entry: WhitelistEntry, now: string): PolicyAction['whitelist'][number] {
  const { level, action, owner, until, maxTier } = entry;
  return { level, action, owner, until, daysLeft: daysUntil(endOf(entry), now), maxTier, inFull: isInFull(entry) };
}

function unknownContributors({ evidence, actors }: GovernanceWorld): string | null {
  const answer = evidence.find({ kind: 'contributors' });
  if (answer?.kind === 'answered') return whyUnknown(answer.value);
  return actors.hasUnknown ? (answer?.why ?? 'they were not asked for') : null;
}

function statusOf({ base, head }: SnapshotFile): 'added' | 'modified' | 'removed' {
  if (head === null) return 'removed';
  return base === null ? 'added' : 'modified';
}

/** To policies a file is Plumbline's own whether the base makes it so or the change. */
function toldRole(role: FileRole): Exclude<FileRole, 'own-anew'> {
  return role === 'own-anew' ? 'own' : role;
}
