import { countVotes } from '../../domain/approval/count-votes.ts';
import { electorsOf, findingItem } from '../../domain/approval/finding-item.ts';
import { voteLine } from '../../domain/command/vote-line.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { GovernanceWorld } from './governance-world.ts';

/** What is held, by whatever gate, and somebody who could have released it rejected. */
export function rejectedHolds({ electorate, snapshot }: Pick<GovernanceWorld, 'electorate' | 'snapshot'>, holds: readonly Finding[]): readonly Finding[] {
  return holds.flatMap((one) => {
    const from = electorsOf(one);
    const item = findingItem(one, snapshot);
    const [rejection] = from === null ? [] : countVotes(electorate, snapshot, item, from).rejections;
    if (rejection === undefined) return [];
    return [
      finding({
        code: 'governance/rejected',
        ...(one.path === null ? {} : { path: one.path }),
        ...(one.line === null ? {} : { line: one.line }),
        ...(one.column === null ? {} : { column: one.column }),
        subject: `${one.code} ${one.fingerprint}`,
        message: `${rejection.login} rejected ${one.code}${one.path === null ? '' : ` in ${quoted(one.path)}`}: ${rejection.reason}`,
        expected: 'no rejection by somebody who may approve it',
        found: `a rejection by ${rejection.login}`,
        next: `Change what was rejected, or ask ${rejection.login} to take it back: \`${voteLine('unapprove', item.scope, snapshot.head)}\`.`,
      }),
    ];
  });
}
