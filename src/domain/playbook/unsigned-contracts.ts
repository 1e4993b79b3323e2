import { fieldValue } from '../contract/contract-field.ts';
import type { PlannedFile, UnsignedContract } from './plan.ts';
import type { PlaybookFacts } from './playbook-facts.ts';
import { contractIn } from './standing-contract.ts';

/** The contracts among the files that nobody signed, where their set asks for it or the base had a signature; drafts need none. */
export function unsignedContracts({ contracts }: PlaybookFacts, files: readonly PlannedFile[]): readonly UnsignedContract[] {
  return files.flatMap(({ path, text, before }) => {
    const fact = contracts.get(path) ?? null;
    const contract = fact === null || text === null ? null : contractIn(text, path, fact);
    if (fact === null || contract === null || contract.lifecycle === 'draft') return [];
    const standing = before === null ? null : contractIn(before, path, fact);
    const isSigned = (one: typeof contract | null): boolean => typeof fieldValue(one?.document.value ?? null, fact.fields, 'signature', path) === 'string';
    const key = fieldValue(contract.document.value, fact.fields, 'kmsKeyRef', path);
    return isSigned(contract) || !(fact.isSigned || isSigned(standing)) ? [] : [{ path, contractId: contract.contractId, key: typeof key === 'string' ? key : null }];
  });
}
