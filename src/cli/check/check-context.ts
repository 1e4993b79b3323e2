import { readFile, stat } from 'node:fs/promises';
import { Ajv } from 'ajv';
import contextSchema from '../../../schemas/check-context.schema.json' with { type: 'json' };
import { readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import { whyUnreadable } from '../why-unreadable.ts';

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
  const reading = readDocument(await bytesOf(path), 'json');
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

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= limits.fileBytes) return await readFile(path);
  } catch (error) {
    throw new Failure('USAGE', `Cannot read the context ${JSON.stringify(path)}: ${whyUnreadable(error)}. Name it with --context <file>.`, { cause: error });
  }
  throw wrong(path, `it is larger than ${limits.fileBytes} bytes`);
}

function wrong(path: string, found: string): Failure {
  return new Failure('USAGE', `Cannot use the context ${JSON.stringify(path)}: ${found}, expected what schemas/check-context.schema.json says.`);
}
