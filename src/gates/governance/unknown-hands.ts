import { contributorsIn } from '../../domain/approval/electorate.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import { limits } from '../../domain/limits.ts';
import { whyUnknown } from '../../domain/people/contributor.ts';
import type { UnknownHands } from '../../domain/people/contributor.ts';

/** Says, where something waits for people or lacks an entry, that nobody counts while it is not known whose hands are in the change. @param told What is held and denied. */
export function unknownHands(evidence: Evidence, told: readonly Finding[]): readonly Finding[] {
  const contributors = contributorsIn(evidence);
  const next = nextForHands(evidence);
  if (contributors === null || next === null || !told.some(restsOnHands)) return [];
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
function restsOnHands({ code, severity }: Finding): boolean {
  return code === 'governance/not_whitelisted' || (severity === 'hold' && code !== 'config/missing');
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
