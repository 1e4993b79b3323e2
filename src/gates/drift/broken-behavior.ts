import { behaviorAt } from '../../domain/behavior/behavior-at.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { OlderBehavior, SnapshotFile } from '../../domain/snapshot.ts';
import type { Sha } from '../../domain/tree.ts';
import type { BaseBehavior } from './base-behaviors.ts';
import { shortened } from '../../domain/behavior/shortened.ts';

/** A behaviour of the base that can not be read: an older one judges, or what it would say is not known. A change that mends it is held, not blocked. */
export function brokenBehavior({ file, at: judging, older }: BaseBehavior, base: Sha, evidence: Evidence): readonly Finding[] {
  const at = older === null || file.base === null ? judging : behaviorAt(file.path, file.base, evidence);
  if (at.kind === 'behavior') return [];
  if (older !== null && judging.kind === 'behavior' && at.kind === 'invalid' && !isMendedBy(file, evidence)) return [olderJudges(file.path, at.why, base, older)];
  const isMended = at.kind === 'invalid' && isMendedBy(file, evidence);
  const words = isMended ? 'This change mends it. It is held: a person may release it.' : at.kind === 'unavailable' ? 'Nothing in your change caused this.' : 'It stood in the base before your change.';
  return [
    finding({
      code: 'drift/no_signal',
      ...(isMended ? { severity: 'hold' } : {}),
      path: file.path,
      message: `The behaviour in \`${file.path}\` of the base can not be judged: ${shortened(at.why).replace(/\.$/, '')}. ${words}`,
      expected: 'a valid behaviour with a name of its own',
      found: shortened(at.why),
      next: isMended ? 'Ask the approvers of tier 3 to look at it.' : at.kind === 'unavailable' ? 'Wait for the next attempt.' : `Open a pull request that makes ${file.path} valid: it is held for approvals.`,
      subject: 'base',
      restsOn: [],
    }),
  ];
}

function olderJudges(path: string, why: string, base: Sha, { commit }: OlderBehavior): Finding {
  return finding({
    code: 'config/base_invalid',
    severity: 'notice',
    path,
    message: `Cannot use the behaviour in \`${path}\` of the base, at ${base}: ${shortened(why).replace(/\.$/, '')}. The newest valid one, of ${commit}, judges, with the files that it names there.`,
    expected: 'a valid behaviour',
    found: shortened(why),
    next: `Open a pull request that makes ${path} valid: it is held for approvals.`,
    subject: 'behavior',
  });
}

/** Deleted, or valid afterwards. */
function isMendedBy({ path, changed, head }: SnapshotFile, evidence: Evidence): boolean {
  return changed && (head === null || behaviorAt(path, head, evidence).kind === 'behavior');
}
