import type { FindingCode } from '../../domain/finding-code.ts';
import type { EvaluatedRule, SkippedRule } from '../../domain/verdict.ts';
import { isStating } from './check-policy.ts';
import type { ContractWorld } from './contract-world.ts';
import { judgedSignatures } from './judged-signatures.ts';
import { isOnlyBranch } from './must-stand.ts';
import { releaseStep } from './release-step.ts';
import { signatureOf } from './signature-claim.ts';

interface Coverage {
  readonly evaluated: readonly EvaluatedRule[];
  readonly skipped: readonly SkippedRule[];
}

/** Which rules looked at how many subjects, and what this version does not judge. */
export function coverageOf(world: ContractWorld): Coverage {
  const counts = Object.entries(subjects(world));
  return {
    evaluated: counts.filter(([, count]) => count > 0).map(([rule, count]) => ({ rule, subjects: count })),
    skipped: [...counts.filter(([, count]) => count === 0).map(([rule]) => ({ rule, why: 'the change has no subject for it' })), ...notJudged(world)],
  };
}

function subjects(world: ContractWorld): Readonly<Partial<Record<FindingCode, number>>> {
  const { changed, files, ids } = world;
  const steps = changed.filter((file) => releaseStep(file, world) !== null);
  const judged = judgedSignatures(world);
  const signed = judged.filter(({ file, contract }) => signatureOf(contract, file.set.fields) !== null).length;
  const present = changed.filter((file) => file.inResult.kind !== 'absent').length;
  const readable = changed.filter((file) => file.inResult.kind === 'contract').length;
  const before = changed.filter((file) => file.atBase.kind === 'contract').length;
  return {
    'contract/unparsable': present,
    'contract/schema_invalid': changed.filter((file) => file.inResult.kind === 'contract' || file.inResult.kind === 'incomplete').length,
    'contract/schema_unknown': new Set(changed.flatMap((file) => file.schemas)).size,
    'contract/record_incomplete': ids.length,
    'contract/immutable_changed': readable,
    'contract/version_not_increased': readable,
    'contract/version_bump_too_small': steps.filter((file) => file.schemas.length > 0).length,
    'contract/previous_ref_mismatch': readable,
    'contract/fork': readable,
    'contract/chain_broken': readable,
    'contract/id_reused': readable,
    'contract/policy_checksum_mismatch': changed.filter((file) => isStating(file, world)).length,
    'contract/lifecycle_forbidden': readable,
    'contract/state_changed': readable,
    'contract/format_changed': readable,
    'contract/duplicate_id': files.filter((file) => file.inResult.kind === 'contract').length,
    'contract/removed': before,
    'contract/base_diverged': changed.length,
    'contract/halted': ids.length,
    'contract/signature_missing': judged.filter(({ file }) => file.signatures === 'required').length,
    'contract/signature_invalid': signed,
    'contract/key_unknown': signed,
    'contract/key_mismatch': signed,
  };
}

/** Said in every decision, so that nobody takes a pass for more than it is. */
function notJudged(world: ContractWorld): readonly SkippedRule[] {
  return [...withoutSchema(world), ...ofOtherBranches(world)];
}

function withoutSchema(world: ContractWorld): readonly SkippedRule[] {
  const plain = world.changed.filter((file) => file.schemas.length === 0 && releaseStep(file, world) !== null).length;
  return plain === 0 ? [] : [{ rule: 'contract/version_bump_too_small', why: `${plain} new versions have no schema, which would say what a change of them means` }];
}

/** A record that several branches share does not say which of them has lost a release. */
function ofOtherBranches(world: ContractWorld): readonly SkippedRule[] {
  return isOnlyBranch(world) ? [] : [{ rule: 'contract/base_diverged', why: 'the entry has several branches, so that a release which is missing at this base may stand on another one' }];
}
