import { aContract, hashOf, releaseOf } from '../../builders/a-contract.ts';
import { aContractSet } from '../../builders/a-configuration.ts';
import type { ChangeInput } from './a-change.ts';

const path = 'contracts/checkout.yaml';
const v1 = aContract();
const v2 = aContract({ version: '1.1.0', previous: hashOf() });
const base = 'b'.repeat(40);
const commit = releaseOf(v1, path).commit;
const bump = `Run \`plumbline contract bump ${path}\` and commit the result.`;
const restore = (at: string) => `Run \`git checkout ${at} -- ${path}\` and commit the result.`;
const versioned = { contracts: [aContractSet({ layout: 'versioned' })] };

/** A change for each way of mending that the contracts gate names, and the next step that it names. */
export const nextSteps: readonly (readonly [code: string, what: string, change: ChangeInput, next: string])[] = [
  ['contract/immutable_changed', 'in place', { files: { [path]: { base: v1, head: aContract({ spec: 2 }) } } }, bump],
  ['contract/immutable_changed', 'in a path of its own', { configured: versioned, files: { [path]: { base: v1, head: v2 } } }, restore(commit)],
  ['contract/version_not_increased', 'of a new content', { files: { [path]: { base: v1, head: aContract({ version: '0.9.0', previous: hashOf() }) } } }, bump],
  ['contract/version_not_increased', 'of an old release', { files: { [path]: { base: v2, head: v1 } }, released: [[path, v1], [path, v2]] }, restore(base)],
  ['contract/previous_ref_mismatch', 'that names none', { files: { [path]: { base: v1, head: aContract({ version: '1.1.0' }) } } }, bump],
  ['contract/fork', 'of a released version', { files: { [path]: { base: v2, head: aContract({ version: '1.2.0', previous: hashOf() }) } }, released: [[path, v1], [path, v2]] }, bump],
  ['contract/chain_broken', 'of a first version', { files: { [path]: { head: v2 } } }, bump],
  ['contract/base_diverged', 'of a mutated base', { files: { [path]: { base: aContract({ spec: 9 }), head: null } }, released: [[path, v1]] }, restore(commit)],
  ['contract/removed', 'of an active contract', { files: { [path]: { base: v1, head: null } } }, `${restore(base)} It may go once it is retired: \`plumbline contract deprecate ${path}\` in a change of its own.`],
  ['contract/removed', 'of a deprecated contract', { files: { [path]: { base: aContract({ lifecycle: 'deprecated' }), head: null } } }, `${restore(base)} It may go once it is retired: \`plumbline contract retire ${path}\` in a change of its own.`],
  ['contract/removed', 'of a released path that moved', { configured: versioned, files: { [path]: { base: v1, head: null }, 'contracts/a.yaml': { head: v1 } } }, `Run \`git checkout ${base} -- ${path} && git rm -f -- contracts/a.yaml\` and commit the result. It may go once it is retired: \`plumbline contract deprecate ${path}\` in a change of its own.`],
  ['contract/lifecycle_forbidden', 'of a new contract', { files: { [path]: { head: aContract({ lifecycle: 'deprecated' }) } } }, bump],
  ['contract/lifecycle_forbidden', 'of a new version in place', { files: { [path]: { base: v1, head: aContract({ version: '1.1.0', previous: hashOf(), lifecycle: 'retired' }) } } }, bump],
  ['contract/lifecycle_forbidden', 'of a draft over a released version', { files: { [path]: { base: v1, head: aContract({ version: '1.1.0', previous: hashOf(), lifecycle: 'draft' }) } } }, `Run \`plumbline contract release ${path}\` and commit the result. A draft of a next version lives in a path of its own.`],
  ['contract/lifecycle_forbidden', 'from draft to deprecated', { files: { [path]: { base: aContract({ lifecycle: 'draft' }), head: aContract({ lifecycle: 'deprecated' }) } } }, `Run \`plumbline contract release ${path}\` and commit the result.`],
  ['contract/lifecycle_forbidden', 'from active to retired', { files: { [path]: { base: v1, head: aContract({ lifecycle: 'retired' }) } } }, `Run \`plumbline contract deprecate ${path}\` and commit the result.`],
  ['contract/lifecycle_forbidden', 'from retired to active', { files: { [path]: { base: aContract({ lifecycle: 'retired' }), head: v1 } } }, restore(base)],
  ['contract/halted', 'of a halted contract', { files: { [path]: { base: aContract({ flags: { halted: true } }), head: v2 } } }, `${restore(base)} The halt ends in a change of its own that clears \`emergencyFlags.halted\`.`],
  ['contract/duplicate_id', 'of a copy whose name git would take for a pattern', { files: { 'contracts/*.yaml': { head: v1 }, [path]: { base: v1 } } }, 'Run `git rm -- \':(literal)contracts/*.yaml\'` and commit the result, or give it a contractId of its own.'],
  ['contract/duplicate_id', 'of a copy', { files: { [path]: { head: v1 }, 'contracts/a.yaml': { base: v1 } } }, `Run \`git rm -- ${path}\` and commit the result, or give it a contractId of its own.`],
];
