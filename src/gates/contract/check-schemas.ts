import { fieldPointer } from '../../domain/contract/contract-field.ts';
import type { Answer, SchemaViolation } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { tokensOf } from '../../domain/document/pointer.ts';
import { finding, quoted } from '../../domain/finding.ts';
import type { Finding } from '../../domain/finding.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import type { FileSide } from '../../domain/tree.ts';
import { waitForRetry } from '../../domain/wait-for-retry.ts';
import { isNewRelease } from './chain-of.ts';
import { checkOverride } from './check-override.ts';
import type { ContractWorld } from './contract-world.ts';
import { isAbout, isToldFault, placeInEnvelope } from './is-told-fault.ts';
import type { JudgedContract } from './judged-contract.ts';
import { reportAt } from './report.ts';
import { readSchema } from './schema-source.ts';
import type { SchemaReading } from './schema-source.ts';
import { envelopeRequest, schemaValidationRequest } from './validation-requests.ts';

/** Each changed contract against the envelope, the base's schemas, and the clock where it says until when a quota is lifted. A schema that can not be used is told once. */
export function checkSchemas(world: ContractWorld): readonly Finding[] {
  const readings = new Map<string, SchemaReading>();
  for (const { schemas } of world.changed) for (const name of schemas) readings.set(name, readings.get(name) ?? readSchema(name, world.snapshot, world.evidence));
  const findings = world.changed.flatMap((file) => fileFindings(file, world, readings));
  return [...new Map(findings.map((one) => [one.code === 'contract/schema_invalid' ? one : one.fingerprint, one])).values()];
}

/** What the reading of the fields or the clock says already is not said again by a schema. */
function fileFindings(file: JudgedContract, world: ContractWorld, readings: ReadonlyMap<string, SchemaReading>): readonly Finding[] {
  const value = valueOf(file);
  const { result } = file;
  if (value === null || result === null) return [];
  const faults = file.inResult.kind === 'incomplete' ? file.inResult.faults : [];
  const override = checkOverride(file, world);
  const asked = envelopeRequest(file, result, value.value);
  const envelope = answerFindings(file, world, { schema: 'the contract envelope', path: null, isTold: (violation) => isToldFault(faults, violation, placeInEnvelope) || (override.length > 0 && isAbout(violation, overrideInEnvelope)) }, asked);
  const said = violationsOf(world.evidence.find(asked)).map((violation) => inDocument(file, violation));
  const isSaid = (violation: SchemaViolation) => said.some((other) => isSameMistake(violation, other)) || isToldFault(faults, violation, (fault) => fault.pointer);
  const configured = file.schemas.flatMap((name) => schemaFindings(file, world, { name, reading: readings.get(name), result, value: value.value, isTold: isSaid }));
  return [...envelope, ...override, ...configured];
}

const overrideInEnvelope = '/emergencyFlags/budgetOverride';

function violationsOf(answer: Answer<'validation'> | undefined): readonly SchemaViolation[] {
  return answer?.kind === 'answered' && answer.value.kind === 'violations' ? answer.value.violations : [];
}

/** Most schemas say again what the envelope says: told once is enough. What they ask beyond it, of the same value too, is another mistake. */
function isSameMistake(one: SchemaViolation, other: SchemaViolation): boolean {
  return one.pointer === other.pointer && one.keyword === other.keyword && one.message === other.message;
}

function valueOf({ inResult }: JudgedContract): { readonly value: JsonValue } | null {
  if (inResult.kind === 'contract') return inResult.contract.document;
  return inResult.kind === 'incomplete' ? inResult.document : null;
}

interface Configured {
  readonly name: string;
  readonly reading: SchemaReading | undefined;
  readonly result: FileSide;
  readonly value: JsonValue;
  readonly isTold: (violation: SchemaViolation) => boolean;
}

function schemaFindings(file: JudgedContract, world: ContractWorld, { name, reading, result, value, isTold }: Configured): readonly Finding[] {
  if (reading === undefined) return [engineFailed(name, 'it was not read')];
  switch (reading.kind) {
    case 'unusable':
      return [unusable(name, reading.path ?? file.path, reading.why)];
    case 'unavailable':
      return [finding({ code: 'snapshot/unreadable', path: reading.path, message: `Cannot read the schema ${name}: ${reading.why}, expected its content at the base.`, found: reading.why, next: waitForRetry })];
    case 'source':
      return answerFindings(file, world, { schema: name, path: reading.path, isTold }, schemaValidationRequest(reading.source, result, value));
  }
}

interface Asked {
  readonly schema: string;
  /** Null for one that does not stand in the repository. */
  readonly path: string | null;
  /** Whether something else has told a violation. */
  readonly isTold: (violation: SchemaViolation) => boolean;
}

function answerFindings(file: JudgedContract, world: ContractWorld, { schema, path, isTold }: Asked, request: RequestOf<'validation'>): readonly Finding[] {
  const answer: Answer<'validation'> | undefined = world.evidence.find(request);
  if (answer === undefined) return [engineFailed(schema, 'it was not asked')];
  if (answer.kind === 'unavailable') return [engineFailed(schema, answer.why)];
  switch (answer.value.kind) {
    case 'valid':
      return [];
    case 'undecided':
      return [undecided(file, schema, answer.value.why)];
    case 'unusable':
      return [unusable(schema, path ?? file.path, answer.value.why)];
    case 'violations': {
      const isEnvelope = request.schema.kind === 'builtin' && request.schema.name === 'contract-envelope';
      if (answer.value.violations.length === 0) return [engineFailed(schema, 'it was refused without a reason')];
      return answer.value.violations.filter((violation) => !isTold(violation)).map((violation) => (isEnvelope ? invalid(file, schema, inDocument(file, violation), false) : schemaViolation(file, world, schema, violation)));
    }
  }
}

/** The envelope sees the mapped view: its pointers are led back to where the fields stand. */
function inDocument(file: JudgedContract, violation: SchemaViolation): SchemaViolation {
  const [, field, ...rest] = violation.pointer.split('/');
  const known = file.isPlain ? undefined : Object.entries(file.set.fields).find(([name]) => name === field)?.[1];
  const pointer = known === undefined ? violation.pointer : [known.kind === 'pointer' ? known.pointer : '', ...rest].join('/');
  return { ...violation, pointer };
}

/** A stricter schema must not hinder a halt: of a content that the base or the record has, only the state is judged, until it is released. */
function schemaViolation(file: JudgedContract, world: ContractWorld, schema: string, violation: SchemaViolation): Finding {
  const { fields } = file.set;
  const isState = [fieldPointer(fields, 'lifecycle'), fieldPointer(fields, 'emergencyFlags')].some((pointer) => pointer !== '' && `${violation.pointer}/`.startsWith(`${pointer}/`));
  return invalid(file, schema, violation, !isState && hasStood(file, world));
}

function hasStood({ atBase, inResult }: JudgedContract, world: ContractWorld): boolean {
  if (inResult.kind !== 'contract' || isNewRelease(inResult.contract, world)) return false;
  const { contractId, key, contentHash } = inResult.contract;
  const isAsAtBase = atBase.kind === 'contract' && atBase.contract.contentHash === contentHash;
  return isAsAtBase || world.released(contractId, key)?.contentHash === contentHash;
}

function invalid(file: JudgedContract, schema: string, { pointer, keyword, message }: SchemaViolation, stood: boolean): Finding {
  const where = pointer === '' ? 'The document' : `\`${pointer.slice(0, 120)}\``;
  return reportAt(file, pointer, {
    code: 'contract/schema_invalid',
    ...(stood ? { severity: 'notice' } : {}),
    subject: [schema, pointer, keyword, message].join('\n'),
    message: `${where} ${clipped(message)}, says ${schema}.${stood ? ' It stood there before this change.' : ''}`,
    expected: clipped(message),
    found: shownAt(file, pointer) ?? keyword,
    next: 'Mend the value at this place.',
  });
}

/** Some patterns are longer than what they are about: the schema has them. */
function clipped(message: string): string {
  if (message.length <= 100) return message;
  return message.startsWith('must match pattern') ? 'must match the pattern of the schema' : `${message.slice(0, 99)}…`;
}

/** The value at a pointer where it is a plain one; null for what can not be shown in a few words. */
function shownAt(file: JudgedContract, pointer: string): string | null {
  let value: JsonValue | undefined = valueOf(file)?.value;
  for (const token of tokensOf(pointer) ?? []) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return null;
    value = Object.entries(value).find(([member]) => member === token)?.[1];
  }
  return value === undefined || typeof value === 'object' ? null : quoted(String(value));
}

function unusable(schema: string, path: string, why: string): Finding {
  return finding({
    code: 'contract/schema_unknown',
    path,
    subject: schema,
    message: `Cannot use the schema ${schema}: ${why}, expected a JSON Schema at the base.`,
    found: why,
    expected: 'a JSON Schema that stands at the base, compiles, and refers to nothing outside',
    next: 'Merge a usable schema first, or correct `schema` of this contract set.',
  });
}

/** Not known to be wrong, and trying again would not tell: a person may look at it. */
function undecided(file: JudgedContract, schema: string, why: string): Finding {
  return reportAt(file, '', {
    code: 'contract/schema_invalid',
    severity: 'hold',
    subject: [schema, 'undecided'].join('\n'),
    message: `This contract could not be validated within the limits against ${schema}: ${why}. It is held: a person may release it.`,
    expected: 'a document and a schema that can be validated within the limits',
    found: why,
    next: 'Make the document or a pattern of the schema simpler, or ask the approvers of tier 3 to look at it.',
  });
}

function engineFailed(schema: string, why: string): Finding {
  return finding({ code: 'engine/failed', subject: `schema:${schema}`, message: `Cannot validate against ${schema}: ${why}, expected an answer.`, found: why, expected: 'an answer of the validator', next: waitForRetry });
}
