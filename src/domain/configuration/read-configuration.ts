import { readDocument } from '../document/read-document.ts';
import type { Document, ReadingProblem } from '../document/document.ts';
import { finding, quoted } from '../finding.ts';
import type { Finding } from '../finding.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import { configurationKeys } from './configuration-key.ts';
import { describeViolation } from './describe-violation.ts';
import type { Violation } from './describe-violation.ts';
import { impossibleFields } from './impossible-fields.ts';
import { repeatedIdentities } from './repeated-identities.ts';
import { validateConfiguration } from './validate-configuration.ts';

export type ConfigurationReading =
  | { readonly kind: 'valid'; readonly document: JsonObject; readonly text: string }
  | { readonly kind: 'invalid'; readonly findings: readonly Finding[] };

/** Reads a configuration strictly. A wrong one is `config/invalid` with line and column, never defaults. */
export function readConfiguration(bytes: Uint8Array, path: string): ConfigurationReading {
  const reading = readDocument(bytes, 'yaml');
  if (reading.kind === 'problem') return { kind: 'invalid', findings: [unreadable(reading.problem, path)] };
  const { document } = reading;
  const { value } = document;
  const violations = validateConfiguration(value).filter((error) => error.keyword !== 'propertyNames').map((error) => describeViolation(error));
  const beyondSchema = violations.length === 0 ? [...repeatedIdentities(configurationKeys, value), ...impossibleFields(value)] : [];
  const findings = [...violations, ...beyondSchema].map((violation) => invalid(violation, document, path));
  if (findings.length > 0 || !isJsonObject(value)) return { kind: 'invalid', findings: distinct(findings) };
  return { kind: 'valid', document: value, text: new TextDecoder().decode(bytes) };
}

function unreadable(problem: ReadingProblem, path: string): Finding {
  return finding({
    code: 'config/invalid',
    path,
    ...problem.position,
    message: `Cannot read the configuration ${quoted(path)}: ${problem.message}`,
    expected: problem.expected,
    found: problem.found,
    next: `Correct ${path} and check it with \`plumbline config check\`.`,
    subject: problem.reason,
  });
}

function invalid(violation: Violation, document: Document, path: string): Finding {
  return finding({
    code: 'config/invalid',
    path,
    ...document.positionOf(violation.pointer),
    message: violation.message,
    expected: violation.expected,
    found: violation.found,
    next: violation.next,
    subject: violation.pointer,
  });
}

/** A value that breaks pattern and format alike is one mistake. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((one) => [one.fingerprint, one])).values()];
}
