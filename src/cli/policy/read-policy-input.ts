import { resolve } from 'node:path';
import type { Document } from '../../domain/document/document.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import { objectionToPolicyInput } from '../../domain/policy/objection-to-policy-input.ts';
import type { PolicyQuestion } from '../../probes/policy-engine/policy-engine.ts';
import { readAtMost } from '../read-at-most.ts';
import type { Terminal } from '../terminal.ts';

/** An input in a file. Of version 1 it must be one that Plumbline could ask about; what others mean is between it and the policies. @throws Failure USAGE */
export async function readPolicyInput(terminal: Terminal, path: string): Promise<PolicyQuestion['input']> {
  const reading = readDocument(await readAtMost(resolve(terminal.directory, path), path, limits.policyInputBytes, 'Name an existing file.'), 'json');
  if (reading.kind === 'problem') throw new Failure('USAGE', `Cannot read the input ${JSON.stringify(path)}: line ${reading.problem.position.line}, column ${reading.problem.position.column}: ${reading.problem.message}. Name a JSON file.`);
  const { value } = reading.document;
  const version = isJsonObject(value) ? value['version'] : undefined;
  if (!isJsonObject(value) || typeof version !== 'number' || !Number.isSafeInteger(version)) throw new Failure('USAGE', `Cannot use the input ${JSON.stringify(path)}: found no whole number \`version\`, expected an object that states the version of its form, as {"version": 1}.`);
  if (version === 1) refuseInvalid(reading.document, path);
  return { ...value, version };
}

function refuseInvalid(document: Document, path: string): void {
  const objection = objectionToPolicyInput(document.value);
  if (objection === null) return;
  const { line, column } = document.positionOf(objection.pointer);
  throw new Failure('USAGE', `Cannot use the input ${JSON.stringify(path)}: line ${line}, column ${column}: ${objection.pointer === '' ? 'it' : objection.pointer} ${objection.why}, expected what schemas/policy-input.schema.json says of version 1.`);
}
