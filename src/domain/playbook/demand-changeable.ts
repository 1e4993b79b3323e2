import type { Contract } from '../contract/contract.ts';
import { refusing } from './unplannable.ts';

/** @throws Unplannable where a contract takes no new version: while it is halted, and once it is retired. */
export function demandChangeable({ contractId, version, emergencyFlags, lifecycle }: Contract, path: string): void {
  if (emergencyFlags.halted) throw refusing({ kind: 'contract', path, found: `${contractId}, which is halted`, expected: 'a contract whose content may change', next: 'End the halt first, in a change of its own: the playbook resume-contract does.' });
  if (lifecycle === 'retired') throw refusing({ kind: 'contract', path, found: `${contractId} ${version}, which is retired`, expected: 'a contract that others may still rely on', next: 'Nothing follows that state.' });
}
