import type { ErrorObject } from 'ajv';
import type { SchemaViolation } from '../../domain/probe-answer.ts';
import { quoted } from '../../domain/finding.ts';

/** Violations shown of one document; the first ones are enough to mend it. */
const maximumViolations = 50;

/** What each error says, at the place where a person would mend it. */
export function violationsOf(errors: readonly ErrorObject[]): readonly SchemaViolation[] {
  const said = new Map<string, SchemaViolation>();
  for (const error of errors) {
    const violation = { pointer: pointerOf(error), keyword: error.keyword, message: messageOf(error) };
    said.set(JSON.stringify(violation), violation);
    if (said.size === maximumViolations) break;
  }
  return [...said.values()];
}

/** A member that may not be there is shown itself, not the object that holds it. */
function pointerOf(error: ErrorObject): string {
  const member = error.params['additionalProperty'] ?? error.params['unevaluatedProperty'] ?? error.params['propertyName'] ?? error.propertyName;
  return typeof member === 'string' ? `${error.instancePath}/${member.replaceAll('~', '~0').replaceAll('/', '~1')}` : error.instancePath;
}

function messageOf(error: ErrorObject): string {
  const { params } = error;
  switch (error.keyword) {
    case 'enum':
      return `must be one of ${listOf(params['allowedValues'])}`;
    case 'const':
      return `must be ${quoted(JSON.stringify(params['allowedValue']) ?? '')}`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `must not have the property ${quoted(String(params['additionalProperty'] ?? params['unevaluatedProperty']))}`;
    case 'required':
      return `must have the property ${quoted(String(params['missingProperty']))}`;
    case 'false schema':
      return 'must not be there';
    default:
      return (error.message ?? `must satisfy ${error.keyword}`).slice(0, 300);
  }
}

function listOf(values: unknown): string {
  if (!Array.isArray(values)) return 'the listed values';
  const shown = values.slice(0, 10).map((value: unknown) => (typeof value === 'string' ? quoted(value) : (JSON.stringify(value) ?? '').slice(0, 80)));
  return values.length > shown.length ? `${shown.join(', ')} and ${values.length - shown.length} more` : shown.join(', ');
}
