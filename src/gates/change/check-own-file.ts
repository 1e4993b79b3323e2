import { readBehavior } from '../../domain/behavior/read-behavior.ts';
import type { Violation } from '../../domain/configuration/describe-violation.ts';
import { readConfiguration } from '../../domain/configuration/read-configuration.ts';
import type { Document } from '../../domain/document/document.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { readOwnPlaybook } from '../../domain/playbook/read-own-playbook.ts';
import { readKeys } from '../../domain/signature/read-keys.ts';
import type { KeysProblem } from '../../domain/signature/read-keys.ts';
import type { Sha } from '../../domain/tree.ts';
import { readWaiverFile } from '../../domain/waiver/read-waiver-file.ts';
import type { OwnFile } from './own-files.ts';
import { readOwnFile } from './read-own-file.ts';

/** What is wrong with one of Plumbline's own files at the head, by the kind of file that it is. */
export function checkOwnFile(own: OwnFile, evidence: Evidence): readonly Finding[] {
  const reading = readOwnFile(own, evidence);
  switch (reading.kind) {
    case 'nothing':
    case 'text':
      return [];
    case 'finding':
      return [reading.finding];
    case 'document':
      return checkDocument(own, reading.document, reading.bytes, evidence);
  }
}

/** Asks whether a schema compiles: by validating it against itself, in isolation. Only `unusable` matters. */
export function compileRequest(blob: Sha, value: JsonValue): RequestOf<'validation'> {
  return { kind: 'validation', schema: { kind: 'document', blob, value }, blob, value };
}

function checkDocument({ file, kind }: OwnFile, document: Document, bytes: Uint8Array, evidence: Evidence): readonly Finding[] {
  switch (kind) {
    case 'configuration': {
      const reading = readConfiguration(bytes, file.path);
      return reading.kind === 'invalid' ? reading.findings : [];
    }
    case 'keys':
      return readKeys(document.value).problems.map((problem) => invalid(file.path, document, problem));
    case 'schema':
      return checkSchema(file.path, compileRequest(file.head?.blob ?? '', document.value), evidence);
    case 'waivers':
    case 'organization-waivers': {
      const reading = readWaiverFile(document);
      return reading.kind === 'invalid' ? reading.violations.map((violation) => violating(file.path, document, violation)) : [];
    }
    case 'behavior': {
      const reading = readBehavior(document);
      return reading.kind === 'invalid' ? reading.problems.map((problem) => violating(file.path, document, problem)) : [];
    }
    case 'playbook': {
      const reading = readOwnPlaybook(document);
      return reading.kind === 'invalid' ? reading.problems.map((problem) => violating(file.path, document, problem)) : [];
    }
    case 'policy':
    case 'bundle':
      return [];
  }
}

/** Whether a schema of the head compiles, by what was answered to `compileRequest`. */
export function checkSchema(path: string, request: RequestOf<'validation'>, evidence: Evidence): readonly Finding[] {
  const answer = evidence.find(request);
  if (answer === undefined || answer.kind === 'unavailable') {
    const why = answer?.why ?? 'it was not compiled';
    return [finding({ code: 'snapshot/unreadable', path, message: `Cannot tell whether \`${path}\` compiles: ${why}. Nothing in your change caused this.`, found: why, next: 'Wait for the next attempt.', subject: 'compile' })];
  }
  if (answer.value.kind === 'valid' || answer.value.kind === 'violations') return [];
  const { kind, why } = answer.value;
  if (kind === 'undecided') return [uncompiled(path, why)];
  const expected = 'a JSON Schema that compiles and refers to nothing outside';
  return [finding({ code: 'schema/invalid', path, line: 1, column: 1, message: `Cannot compile the schema \`${path}\`: found ${why}, expected ${expected}.`, expected, found: why, next: `Correct ${path}.` })];
}

/** Not known to be wrong: a limit of time may say more of the machine than of the schema. */
function uncompiled(path: string, why: string): Finding {
  const expected = 'a JSON Schema that compiles within the limits';
  return finding({
    code: 'schema/invalid',
    severity: 'hold',
    path,
    line: 1,
    column: 1,
    subject: 'undecided',
    message: `The schema \`${path}\` could not be compiled within the limits: ${why}. It is held: a person may release it.`,
    expected,
    found: why,
    next: `Make ${path} simpler, or ask the approvers of tier 3 to look at it.`,
  });
}

function violating(path: string, document: Document, { pointer, message, expected, found, next }: Violation): Finding {
  return finding({ code: 'config/invalid', path, ...document.positionOf(pointer), message, expected, found, next, subject: `${pointer} ${expected}` });
}

function invalid(path: string, document: Document, problem: KeysProblem): Finding {
  return finding({
    code: 'config/invalid',
    path,
    ...document.positionOf(problem.pointer),
    message: `Cannot use \`${path}\`: found ${problem.found}, expected ${problem.expected}.`,
    expected: problem.expected,
    found: problem.found,
    next: `Correct ${path}.`,
    subject: `${problem.pointer} ${problem.expected}`,
  });
}
