import { member } from '../../../domain/configuration/member.ts';
import type { Finding } from '../../../domain/finding.ts';
import { actionFinding } from '../action-finding.ts';
import type { NamedAction } from '../derive-actions.ts';
import { forbiddenWords } from '../forbidden-words.ts';

/** That a change adds secrets to a file. It is told of the action alone, so that what the base waives is known before anybody judges it. */
export function secretFinding(action: NamedAction): Finding {
  return actionFinding(action, { code: 'governance/secret_committed', subject: secretsIn(action), ...forbiddenWords(action, [action.action]) });
}

/** A waiver of the secrets of a file is for the content that somebody looked at: another one of it may have others. */
function secretsIn({ evidence }: NamedAction): string {
  const kinds = member.objects(evidence, 'secrets').map((one) => member.text(one, 'rule') ?? '');
  return [member.text(evidence, 'blob') ?? '', member.number(evidence, 'count') ?? 0, ...kinds.toSorted()].join(' ');
}
