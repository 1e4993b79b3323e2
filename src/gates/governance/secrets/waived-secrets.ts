import { applyWaivers } from '../../../domain/apply-waivers.ts';
import type { Finding } from '../../../domain/finding.ts';
import type { NamedAction } from '../derive-actions.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { baseWaivers } from '../waivers/base-waivers.ts';
import { secretFinding } from './secret-finding.ts';

/** Secrets that the base waives, each with what is told of it: no action for anybody to judge. */
export function waivedSecrets(actions: readonly NamedAction[], change: ChangeToDerive): ReadonlyMap<NamedAction, Finding> {
  const secrets = actions.filter(({ finding }) => finding === 'governance/secret_committed');
  if (secrets.length === 0) return new Map();
  const { waivers } = baseWaivers(change);
  return new Map(secrets.map((action) => [action, secretFinding(action)] as const).filter(([, finding]) => applyWaivers(finding, waivers, change.snapshot.now) !== null));
}
