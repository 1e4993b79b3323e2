import { member } from '../../../domain/configuration/member.ts';
import type { Action } from '../../../domain/action/action.ts';

/** The instant (ISO 8601) at which what an action request asks for ends; null for any other action. */
export function requestEnd({ action, evidence }: Pick<Action, 'action' | 'evidence'>): string | null {
  const expires = action.startsWith('request.') ? member.text(evidence, 'expires') : null;
  const instant = expires === null ? Number.NaN : Date.parse(expires);
  return Number.isNaN(instant) ? null : new Date(instant).toISOString();
}
