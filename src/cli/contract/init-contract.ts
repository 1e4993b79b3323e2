import { editOf } from '../../domain/contract/bump-edits.ts';
import { contractFields } from '../../domain/contract/contract-field.ts';
import { firstValue } from '../../domain/contract/first-value.ts';
import { readContract } from '../../domain/contract/read-contract.ts';
import { editDocument } from '../../domain/document/edit-document.ts';
import type { DocumentEdit } from '../../domain/document/edit-document.ts';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { writeDocument } from '../../domain/document/write-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { quotedWord } from '../../domain/shell-word.ts';
import { choosing, keyChoice, makeKey } from '../../gates/contract/signing-step.ts';
import type { KeyChoice } from '../../gates/contract/signing-step.ts';
import { terminalText } from '../../render/escape.ts';
import { typedHere } from '../check/typed-here.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { schemasFor, schemaNamed } from './base-facts.ts';
import { keysAtBase } from './base-keys.ts';
import { openContractBase } from './contract-base.ts';
import type { BaseOptions, ContractBase } from './contract-base.ts';
import { createFile, isTaken, makeFolders, workingFile } from './working-file.ts';
import type { WorkingFile } from './working-file.ts';

export interface InitOptions extends BaseOptions {
  readonly id?: string;
  readonly schema?: string;
}

/** Writes a draft: nothing is promised before `plumbline contract release`. Never overwrites. */
export async function initContract(terminal: Terminal, file: string, options: InitOptions): Promise<number> {
  const base = await openContractBase(terminal, options);
  try {
    const place = await workingFile(base, file);
    if (await isTaken(place)) throw new Failure('USAGE', `Cannot write ${JSON.stringify(file)}: it exists already, expected none. Nothing was changed.`);
    const contractId = options.id ?? nameOf(place.path);
    const key = base.setsFor(place.path).some(({ signatures }) => signatures === 'required') ? keyChoice(await keysAtBase(base), terminal.now().getTime()) : null;
    const skeleton = await skeletonFor(base, place.path, options.schema ?? null);
    const bytes = firstDocument(base, place, { contractId, kmsKeyRef: key?.kind === 'one' ? key.kid : null, skeleton });
    const taken = (await base.releasesOf(contractId)).at(-1);
    if (taken !== undefined) throw new Failure('USAGE', `Cannot begin the contract ${JSON.stringify(contractId)}: the id was released before, as ${taken.version} in ${taken.path}, expected one that never was. Choose another with --id <id>.`);
    await makeFolders(place);
    await createFile(place, bytes);
    const release = `plumbline contract release ${place.words}${options.base === undefined ? '' : ` --base ${quotedWord(options.base)}`}`;
    const steps = [...keyStep(base, place.path, key).map((step) => typedHere(step, base.standing)), 'Say in it what it promises, and commit it.', `Release it: ${release}`];
    terminal.write(`Wrote ${terminal.color.bold(terminalText(file))}: ${terminalText(contractId)} 1.0.0, a draft.\n\nNext:\n${steps.map((step, index) => `  ${index + 1}. ${terminalText(step)}\n`).join('')}`);
    return exitCodes.allow;
  } finally {
    await base.close();
  }
}

/** What is left to say about the key where a signature is required; nothing where the draft names it. */
function keyStep(base: ContractBase, path: string, key: KeyChoice | null): readonly string[] {
  if (key === null || base.setFor(path).fields.kmsKeyRef.kind !== 'pointer') return [];
  switch (key.kind) {
    case 'none':
      return [`Make the key that signs it: ${makeKey}, merge the key file, and set kmsKeyRef to local:contracts.`];
    case 'one':
      return [];
    case 'open':
      return [`${choosing(key)}.`];
  }
}

/** The name of the file, or of its folder where the file is named after a version. */
function nameOf(path: string): string {
  const parts = path.replace(/\.[A-Za-z]+$/, '').split('/');
  const named = parts.findLast((part) => !/^v?\d+(?:\.\d+)*$/.test(part)) ?? 'contract';
  return named.normalize('NFC');
}

async function skeletonFor(base: ContractBase, path: string, name: string | null): Promise<JsonObject> {
  const named = name === null ? null : await schemaNamed(base, name);
  if (name !== null && named === null) throw new Failure('USAGE', `Cannot use the schema ${JSON.stringify(name)}: it can not be read at the base, expected builtin:<name>/vN or the path of a JSON Schema.`);
  const schemas = named === null ? await schemasFor(base, path) : [named];
  const values = schemas.map((schema) => firstValue(schema));
  return Object.assign({}, ...values.filter((value) => isJsonObject(value)));
}

interface FirstContent {
  readonly contractId: string;
  /** Null: it names no key. */
  readonly kmsKeyRef: string | null;
  readonly skeleton: JsonObject;
}

/** The envelope's fields where the configuration maps them, and what the schema asks for. */
function firstDocument(base: ContractBase, { path, file }: WorkingFile, { contractId, kmsKeyRef, skeleton }: FirstContent): Uint8Array {
  const { fields } = base.setFor(path);
  const values = { contractId, contractVersion: '1.0.0', previousContractRef: null, lifecycle: 'draft', ...(kmsKeyRef === null ? {} : { kmsKeyRef }) } as const;
  const edits = contractFields.flatMap((field): readonly DocumentEdit[] => (field in values && fields[field].kind === 'pointer' ? [editOf(fields, field, Object.entries(values).find(([name]) => name === field)?.[1])] : []));
  const bare = editDocument(new TextEncoder().encode('{}\n'), 'first.json', edits);
  const envelope = valueOf(bare);
  const others = Object.entries(skeleton).filter(([name]) => !Object.hasOwn(envelope, name) && !contractFields.some((field) => field === name));
  const bytes = new TextEncoder().encode(writeDocument(editedValue(envelope, others), formatOf(path)));
  const reading = readDocument(bytes, formatOf(path));
  const read = reading.kind === 'document' ? readContract(reading.document, fields, path) : null;
  if (read?.kind === 'contract') return bytes;
  const why = read === null ? 'it could not be read again' : read.faults.map(({ found, expected }) => `found ${found}, expected ${expected}`).join('; ');
  throw new Failure('USAGE', `Cannot write a first contract to ${JSON.stringify(file)}: ${why}. Choose another id with --id <id>, or write it by hand.`);
}

function valueOf(bytes: Uint8Array): JsonObject {
  const reading = readDocument(bytes, 'json');
  return reading.kind === 'document' && isJsonObject(reading.document.value) ? reading.document.value : {};
}

function editedValue(envelope: JsonObject, others: readonly (readonly [string, JsonObject[string]])[]): JsonObject {
  return Object.fromEntries([...Object.entries(envelope), ...others]);
}
