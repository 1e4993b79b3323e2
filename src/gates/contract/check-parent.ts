import type { Contract } from '../../domain/contract/contract.ts';
import { isSuccessor } from '../../domain/contract/version.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Finding } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import type { Chain, Link } from './chain-of.ts';
import type { JudgedContract } from './judged-contract.ts';
import { bumpIt } from './next-step.ts';
import { reportField } from './report.ts';

/**
 * The reference of a new link. Every wrong one has exactly one code: `previous_ref_mismatch` names nothing where a
 * version is followed; `fork` names a version that another one follows already; `chain_broken` names what is no earlier
 * version of this id at all, or one from which the way leads past a released version.
 */
export function checkParent(file: JudgedContract, contract: Contract, chain: Chain): readonly Finding[] {
  const before = chain.predecessorOf(contract);
  const stated = contract.previousContractRef;
  if (stated === (before?.contentHash ?? null)) return [];
  const [code, why] = wrongParent(contract, stated, before, chain);
  const expected = before?.contentHash ?? 'null';
  return [
    reportField(file, 'previousContractRef', {
      code,
      subject: contract.contractId,
      message: `previousContractRef of ${contract.contractId} ${contract.version} is wrong: ${why}${before === null ? '' : `; it follows ${before.version}, whose content hash is ${before.contentHash}`}.`,
      expected,
      found: stated ?? 'null',
      next: bumpIt(file.path),
    }),
  ];
}

function wrongParent(contract: Contract, stated: Digest | null, before: Link | null, chain: Chain): readonly [code: FindingCode, why: string] {
  if (stated === null) return ['contract/previous_ref_mismatch', 'it names no version'];
  if (before === null) return ['contract/chain_broken', 'the id never had a release, so nothing can come before it'];
  const parent = chain.withHash(stated);
  if (parent === null) return ['contract/chain_broken', 'no version of this id was ever released with this content'];
  if (!isSuccessor(contract.version, parent.version)) return ['contract/chain_broken', `it names ${parent.version}, which does not come before it`];
  const child = chain.childOf(stated, contract);
  if (child !== null) return ['contract/fork', `${parent.version} is followed by ${child.version}${child.kind === 'new' ? ' of this change' : ''} already, and a version has one successor`];
  return ['contract/chain_broken', `it names ${parent.version} and skips ${before.version}`];
}
