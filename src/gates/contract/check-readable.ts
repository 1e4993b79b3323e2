import type { ContractFault } from '../../domain/contract/contract.ts';
import type { ReadingProblem } from '../../domain/document/document.ts';
import { tokensOf } from '../../domain/document/pointer.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { limits } from '../../domain/limits.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import type { ContractWorld } from './contract-world.ts';
import { excessStandingFinding } from './excess-standing.ts';
import type { JudgedContract } from './judged-contract.ts';
import { reportAt } from './report.ts';

/** Every governed contract must be a file that can be read strictly. What stood in B before is a notice. */
export function checkReadable(world: ContractWorld): readonly Finding[] {
  const read = world.files.filter(({ isUnread }) => !isUnread);
  const told = read.flatMap((file) => [...resultFindings(file), ...baseFindings(file)]);
  return read.length === world.files.length ? told : [...told, excessStandingFinding()];
}

function resultFindings(file: JudgedContract): readonly Finding[] {
  const { inResult, path } = file;
  const stood = file.changed ? {} : ({ severity: 'notice' } as const);
  switch (inResult.kind) {
    case 'absent':
    case 'contract':
      return [];
    case 'unavailable':
      return [unreadable(path, inResult.why)];
    case 'not_a_file':
      return [finding({ ...stood, code: 'snapshot/not_a_file', path, ...words('read a contract', inResult.what, 'a plain file'), next: 'Commit the file itself instead.' })];
    case 'too_large':
      return [finding({ ...stood, code: 'snapshot/too_large', path, ...words('read a contract', `${inResult.size} bytes`, `at most ${limits.fileBytes} bytes`), next: 'Make the file smaller or split it.' })];
    case 'problem':
      return [finding({ ...stood, ...problemFinding(inResult.problem), path, ...inResult.problem.position })];
    case 'incomplete':
      return faultFindings(file, inResult.faults, stood);
  }
}

/** What is missing is one fault, however much of it. */
function faultFindings(file: JudgedContract, faults: readonly ContractFault[], stood: { readonly severity?: 'notice' }): readonly Finding[] {
  const missing = faults.filter((fault) => fault.isMissing);
  const [first] = missing;
  const wrong = faults.filter((fault) => !fault.isMissing).map((fault) => faultFinding(file, fault, stood));
  if (first === undefined) return wrong;
  const found = missing.map((fault) => fault.found).join(', ');
  return [reportAt(file, first.pointer, { ...stood, code: 'contract/unparsable', subject: 'missing', ...words('tell which contract this is', found, 'a contractId, a contractVersion and a lifecycle'), next: `Add ${missing.map(({ field }) => field).join(' and ')}.` }), ...wrong];
}

function faultFinding(file: JudgedContract, { field, below, pointer, found, expected }: ContractFault, stood: { readonly severity?: 'notice' }): Finding {
  const name = [field, ...(tokensOf(below) ?? [])].join('.');
  return reportAt(file, pointer, { ...stood, code: 'contract/unparsable', subject: `${field}${below}`, ...words('read a contract', found, expected), next: `Make ${quoted(name)} ${expected}.` });
}

/** Without the base's side nothing can be said about what changed. An unchanged file has only one side. */
function baseFindings({ changed, atBase, path }: JudgedContract): readonly Finding[] {
  return changed && atBase.kind === 'unavailable' ? [unreadable(path, `at the base: ${atBase.why}`)] : [];
}

function unreadable(path: string, why: string): Finding {
  return finding({ code: 'snapshot/unreadable', path, ...words('read a contract', why, 'its content'), next: waitForRetry });
}

const codes: Readonly<Record<ReadingProblem['reason'], readonly [code: FindingCode, next: string]>> = {
  encoding: ['snapshot/encoding', 'Save the file as UTF-8 without a byte order mark.'],
  too_large: ['snapshot/too_large', 'Make the document smaller or flatter.'],
  lfs_pointer: ['snapshot/content_unavailable', 'Take the path out of Git LFS and commit the content itself.'],
  unparsable: ['contract/unparsable', 'Mend the file at this place.'],
};

function problemFinding(problem: ReadingProblem): { readonly code: FindingCode; readonly message: string; readonly found: string; readonly expected: string; readonly next: string } {
  const [code, next] = codes[problem.reason];
  return { code, ...words('read a contract', problem.found, problem.expected), next };
}

function words(verb: string, found: string, expected: string): { readonly message: string; readonly found: string; readonly expected: string } {
  return { message: `Cannot ${verb}: ${found}, expected ${expected}.`, found, expected };
}
