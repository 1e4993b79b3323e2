import { Ajv } from 'ajv';
import contextSchema from '../../../schemas/check-context.schema.json' with { type: 'json' };
import { readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import { readAtMost } from '../read-at-most.ts';

export interface ContextPerson {
  readonly login: string;
  readonly kind: 'human' | 'agent' | 'app';
}

export interface ContextApproval extends ContextPerson {
  readonly scope: string;
  readonly sha?: string;
  readonly at: string;
}

/** What only GitHub knows about a change, by `schemas/check-context.schema.json`. */
export interface CheckContext {
  readonly author: ContextPerson;
  readonly contributors?: readonly ContextPerson[];
  readonly teams: Readonly<Record<string, readonly string[]>>;
  readonly approvals: readonly ContextApproval[];
  readonly title?: string;
  readonly body?: string;
  readonly fork: boolean;
  readonly now: string;
}

export async function readCheckContext(path: string): Promise<CheckContext> {
  const reading = readDocument(await readAtMost(path, path, limits.fileBytes, 'Name it with --context <file>.'), 'json');
  if (reading.kind === 'problem') {
    const { message, position } = reading.problem;
    throw wrong(path, `line ${position.line}, column ${position.column}: ${message}`);
  }
  const validate = new Ajv({ ownProperties: true }).compile<CheckContext>(contextSchema);
  const value: unknown = reading.document.value;
  if (validate(value)) return value;
  const [error] = validate.errors ?? [];
  const { line, column } = reading.document.positionOf(error?.instancePath ?? '');
  throw wrong(path, `line ${line}, column ${column}: ${error?.instancePath === '' ? 'it' : (error?.instancePath ?? 'it')} ${error?.message ?? 'does not fit'}`);
}

function wrong(path: string, found: string): Failure {
  return new Failure('USAGE', `Cannot use the context ${JSON.stringify(path)}: ${found}, expected what schemas/check-context.schema.json says.`);
}
