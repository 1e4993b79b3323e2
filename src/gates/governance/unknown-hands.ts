import type { JudgedAction } from '../../domain/action/judged-action.ts';
import { contributorsIn, untoldOperators } from '../../domain/approval/electorate.ts';
import type { Electing } from '../../domain/approval/electorate.ts';
import { keyOfFinding } from '../../domain/approval/finding-item.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { whyUnknown } from '../../domain/people/contributor.ts';
import { stepForHands } from '../../domain/people/step-for-hands.ts';
import type { Untold } from '../../domain/people/untold.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { fittingEntries } from './whitelist/fitting-entries.ts';

interface Told {
  /** What is held, by whatever gate. */
  readonly holds: readonly Finding[];
  readonly judged: readonly JudgedAction[];
  /** Of the judged actions. */
  readonly findings: readonly Finding[];
}

/** Says, where something waits for people or lacks an entry, that nobody counts while it is not known whose hands are in the change. */
export function unknownHands(change: Electing, told: Told): readonly Finding[] {
  const contributors = contributorsIn(change.evidence);
  const next = nextForHands(change);
  if (contributors === null || next === null || !(told.holds.some(waitsForPeople) || lacksEntry(told, change.snapshot))) return [];
  const why = whyUnknown(contributors) ?? lostOperators(change)[0]?.why ?? '';
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
export function nextForHands(change: Pick<Electing, 'configuration' | 'evidence'>): string | null {
  const forHands = (contributorsIn(change.evidence)?.unknown ?? []).flatMap(({ kind }) => stepForHands(kind) ?? []);
  const steps = new Set([...forHands, ...lostOperators(change).map(stepForOperator)]);
  return steps.size === 0 ? null : [...steps].join(' ');
}

type LostOperator = Extract<Untold, { readonly kind: 'lost' }>;

/** Of trouble with asking the gate says elsewhere that it is asked again. */
function lostOperators(change: Pick<Electing, 'configuration' | 'evidence'>): readonly LostOperator[] {
  return untoldOperators(change).filter((one) => one.kind === 'lost');
}

function stepForOperator({ named, login }: LostOperator): string {
  return `Name a team, or the login that they have now, in place of ${named ?? login} as \`operator\` in \`hallucination.agents\`: while no account is called so, nobody's yes counts.`;
}
