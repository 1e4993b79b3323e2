import type { Finding } from '../../../domain/finding.ts';
import type { NamedAction } from '../derive-actions.ts';
import { secretFinding } from './secret-finding.ts';

/** A secret of which it could not be told whether the whitelist allows it: it can be waived, so it is told as what a waiver names. */
export function openSecretFinding(action: NamedAction): Finding {
  const message = `${action.why} That is ${action.action}, tier ${action.tier}: it may be done only if the whitelist names everybody who takes part, which could not be told.`;
  return Object.freeze({ ...secretFinding(action), severity: 'unknown', declared: 'unknown', message, expected: null, found: null });
}
