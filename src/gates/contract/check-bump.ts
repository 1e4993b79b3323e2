import { bumpLevel, changeClasses, isBumpEnough, smallestVersion, strictestClass } from '../../domain/contract/change-class.ts';
import type { ChangeClass } from '../../domain/contract/change-class.ts';
import { contentChanges } from '../../domain/contract/content-changes.ts';
import type { ContentChange } from '../../domain/contract/content-changes.ts';
import { contractPromise } from '../../domain/contract/contract-content.ts';
import type { Contract } from '../../domain/contract/contract.ts';
import { pointerAbove } from '../../domain/document/pointer.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import type { Link } from './chain-of.ts';
import type { ContractWorld } from './contract-world.ts';
import type { JudgedContract } from './judged-contract.ts';
import { bumpIt } from './next-step.ts';
import { predecessorPromise, predecessorRequest } from './predecessor-promise.ts';
import { releaseStep } from './release-step.ts';
import type { ReleaseStep } from './release-step.ts';
import { reportField } from './report.ts';
import { readSchema, schemaValue } from './schema-source.ts';

/**
 * A new version says how much changes for those who rely on it. The class of each change comes from the schema at B, so a
 * contract without one has none; one whose schema can not be used is told by the schema check, and never passes.
 */
export function checkBump(file: JudgedContract, world: ContractWorld): readonly Finding[] {
  const step = releaseStep(file, world);
  const schemas = step === null ? null : schemaValues(file, world);
  if (step === null || schemas === null || schemas.length === 0) return [];
  const { contract, before } = step;
  const reading = predecessorPromise(file, contract, before, world);
  if (reading.kind === 'unavailable') return [unreadable(file, contract, before, reading.why)];
  const changes = contentChanges(reading.promise, contractPromise(contract.document.value, file.set.fields), ...schemas);
  const asking = changes.filter((one) => !isBumpEnough(before.version, contract.version, one.class));
  const strictest = strictestClass(asking.map((one) => one.class));
  return strictest === null ? [] : [tooSmall(file, { contract, before, asking, strictest })];
}

/** The question that `checkBump` needs answered about a file; null when it needs none. */
export function bumpRequest(file: JudgedContract, world: ContractWorld): ReturnType<typeof predecessorRequest> {
  const step = file.schemas.length === 0 ? null : releaseStep(file, world);
  return step === null ? null : predecessorRequest(step.contract, step.before, world);
}

function schemaValues(file: JudgedContract, world: ContractWorld): readonly JsonValue[] | null {
  const values = file.schemas.map((name) => schemaValue(readSchema(name, world.snapshot, world.evidence)));
  return values.includes(null) ? null : values;
}

interface SmallStep extends ReleaseStep {
  /** Changes that ask for a greater version. */
  readonly asking: readonly ContentChange[];
  readonly strictest: ChangeClass;
}

/** Changes that a message names. */
const mostNamed = 5;

function tooSmall(file: JudgedContract, { contract, before, asking, strictest }: SmallStep): Finding {
  const strict = asking.toSorted((a, b) => changeClasses.indexOf(b.class) - changeClasses.indexOf(a.class));
  const named = strict.slice(0, mostNamed).map((one) => shown(one, contract));
  const rest = asking.length - named.length;
  return reportField(file, 'contractVersion', {
    code: 'contract/version_bump_too_small',
    subject: subjectOf(contract, asking),
    message: `Version ${contract.version} of ${contract.contractId} follows ${before.version} and says too little of what changes: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
    expected: `${smallestVersion(before.version, strictest)} or a greater version, for a ${strictest} change`,
    found: contract.version,
    next: bumpIt(file.path, bumpLevel(before.version, strictest)),
  });
}

/** What is gone is shown at what held it. */
function shown({ kind, pointer, class: changed }: ContentChange, { document }: Contract): string {
  const { line } = document.positionOf(kind === 'removed' ? pointerAbove(pointer) : pointer);
  return `${pointer === '' ? 'the document' : quoted(pointer)} is ${kind} at line ${line} (${changed})`;
}

/** The same changes under another version are the same finding; of very many, only the very same content is. */
function subjectOf({ contractId, contentHash }: Contract, asking: readonly ContentChange[]): string {
  const length = asking.reduce((sum, one) => sum + one.pointer.length, 0);
  const changes = length > 100_000 ? [contentHash] : asking.map((one) => `${one.kind} ${one.class} ${one.pointer}`).toSorted();
  return [contractId, ...changes].join('\n');
}

function unreadable(file: JudgedContract, contract: Contract, before: Link, why: string): Finding {
  return finding({
    code: 'snapshot/unreadable',
    path: file.path,
    subject: `${contract.contractId}@${before.version}`,
    message: `Cannot compare ${contract.contractId} ${contract.version} with ${before.version}: ${why}, expected the released content.`,
    found: why,
    expected: 'the released content',
    next: waitForRetry,
  });
}
