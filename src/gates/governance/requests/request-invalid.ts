import type { Violation } from '../../../domain/configuration/describe-violation.ts';
import type { Document } from '../../../domain/document/document.ts';
import { finding } from '../../../domain/finding.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { ActionRequest } from '../../../domain/request/action-request.ts';

/** An action request of which nobody could say what it asks for. */
export function invalidRequest(path: string, { pointer, message, expected, found, next }: Violation, document: Document): Finding {
  return finding({ code: 'governance/request_invalid', path, ...document.positionOf(pointer), message, expected, found, next, subject: `${pointer} ${expected}` });
}

export function unreadableRequest(path: string, why: string): Finding {
  return finding({
    code: 'governance/request_invalid',
    path,
    line: 1,
    column: 1,
    message: `Cannot read the request \`${path}\`: ${why}.`,
    expected: 'an action request as JSON or YAML',
    found: why,
    next: `Correct ${path}.`,
    subject: 'unreadable',
  });
}

export function expiredRequest(path: string, { expires }: ActionRequest, document: Document): Finding {
  return finding({
    code: 'governance/request_invalid',
    path,
    ...document.positionOf('/expires'),
    message: `Cannot grant the request \`${path}\`: it ended at ${expires}, expected an end that has not passed.`,
    expected: 'an end that has not passed',
    found: expires,
    next: 'Set `expires` to a later day, if it is still asked for.',
    subject: 'expired',
  });
}
