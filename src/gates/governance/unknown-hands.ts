import type { JudgedAction } from '../../domain/action/judged-action.ts';
import { contributorsIn } from '../../domain/approval/electorate.ts';
import { keyOfFinding } from '../../domain/approval/finding-item.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import { whyUnknown } from '../../domain/people/contributor.ts';
import type { UnknownHands } from '../../domain/people/contributor.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { fittingEntries } from './whitelist/fitting-entries.ts';

interface Told {
  /** What is held, by whatever gate. */
  readonly holds: readonly Finding[];
  readonly judged: readonly JudgedAction[];
  /** Of the judged actions. */
  readonly findings: readonly Finding[];
}

/** Says, where something waits for people or lacks an entry, that nobody counts while it is not known whose hands are in the change. */
export function unknownHands({ evidence, snapshot }: Pick<GovernanceWorld, 'evidence' | 'snapshot'>, told: Told): readonly Finding[] {
  const contributors = contributorsIn(evidence);
  const next = nextForHands(evidence);
  if (contributors === null || next === null || !(told.holds.some(waitsForPeople) || lacksEntry(told, snapshot))) return [];
  const why = whyUnknown(contributors) ?? '';
  return [
    finding({
      code: 'governance/contributors_unknown',
      subject: 'people',
      message: `It is not known whose hands are in this change: ${why}. Whoever is not known is in no entry of the whitelist and may be anybody who approves, so nobody's yes counts yet.`,
      expected: 'everybody who brought it',
      found: why,
      next,
    }),
  ];
}

/** A first configuration even an admin who brought it may release. */
function waitsForPeople({ code }: Finding): boolean {
  return code !== 'config/missing';
}

/** Nobody who is not known is in an entry. To tier 4 that matters where the organisation has one. What people or rules of others refuse rests on no entry. */
function lacksEntry({ judged, findings }: Told, snapshot: Snapshot): boolean {
  const fitting = new Set(judged.filter((action) => fittingEntries(action, snapshot).length > 0).flatMap((action) => action.findings));
  return findings.some((one) => one.code === 'governance/not_whitelisted' || (one.severity === 'deny' && isOfRules(one) && fitting.has(keyOfFinding(one))));
}

function isOfRules({ code }: Finding): boolean {
  return code.startsWith('governance/') && code !== 'governance/rejected';
}

/** What makes it known whose hands are in a change; null where all are, or where nobody here can. */
export function nextForHands(evidence: Evidence): string | null {
  const steps = new Set((contributorsIn(evidence)?.unknown ?? []).flatMap(({ kind }) => stepFor(kind) ?? []));
  return steps.size === 0 ? null : [...steps].join(' ');
}

function stepFor(kind: UnknownHands['kind']): string | null {
  switch (kind) {
    case 'unseen':
      return 'Let its author, or somebody who does not approve it, close the pull request and open it again: whoever opens it has a hand in it.';
    case 'unlisted':
      return `Squash its commits, or split it: of one pull request ${limits.commits.toLocaleString('en-US')} commits are read, with ${limits.commitAuthors} authors each.`;
    case 'unasked':
      return null;
  }
}
