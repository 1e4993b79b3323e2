import { smallestVersion, strictestClass } from '../../domain/contract/change-class.ts';
import type { ChangeClass } from '../../domain/contract/change-class.ts';
import { classToAnswer } from '../../domain/contract/class-to-answer.ts';
import { contentChanges } from '../../domain/contract/content-changes.ts';
import type { ContentChange } from '../../domain/contract/content-changes.ts';
import { contractPromise } from '../../domain/contract/contract-content.ts';
import { contractFields, fieldValue } from '../../domain/contract/contract-field.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { shellWord } from '../../domain/shell-word.ts';
import { clip } from '../../render/clip.ts';
import { classWord, contractChangeLines } from '../../render/contract-changes.ts';
import { count } from '../../render/count.ts';
import { inertJson, terminalText } from '../../render/escape.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { schemasFor } from './base-facts.ts';
import { openContractBase } from './contract-base.ts';
import type { BaseOptions, ContractBase } from './contract-base.ts';
import { contractSide, releasedSide } from './contract-side.ts';
import type { ContractSide } from './contract-side.ts';

export interface DiffOptions extends BaseOptions {
  readonly format: string;
}

interface Comparison {
  readonly before: ContractSide;
  readonly after: ContractSide;
  readonly changes: readonly ContentChange[];
  readonly class: ChangeClass | null;
  /** Whether a schema says what a change means. */
  readonly hasSchema: boolean;
  /** That the gate takes; null where nothing that needs a version differs. */
  readonly smallest: string | null;
  /** What belongs to the envelope: version, link, checksum, key, state and signature. */
  readonly fields: readonly { readonly field: string; readonly before: JsonValue | undefined; readonly after: JsonValue | undefined }[];
}

/** As `diff` does: exit 0 when nothing differs, 1 when something does. */
export async function compareContracts(terminal: Terminal, names: readonly [string, string?], options: DiffOptions): Promise<number> {
  const base = await openContractBase(terminal, options);
  try {
    const compared = await comparisonOf(base, await sidesOf(base, names));
    terminal.write(options.format === 'json' ? jsonOf(compared) : textOf(compared, terminal));
    return compared.changes.length === 0 && compared.fields.length === 0 ? exitCodes.allow : exitCodes.deny;
  } finally {
    await base.close();
  }
}

async function sidesOf(base: ContractBase, [first, second]: readonly [string, string?]): Promise<readonly [ContractSide, ContractSide]> {
  const one = await contractSide(base, first);
  if (second !== undefined) return [one, await contractSide(base, second)];
  const newest = (await base.releasesOf(one.contract.contractId)).at(-1);
  if (newest === undefined) throw new Failure('USAGE', `Cannot compare ${JSON.stringify(first)}: ${JSON.stringify(one.contract.contractId)} never had a release, expected one. Name what to compare it with: plumbline contract diff ${shellWord(first)} <b>${repoWords(base.repo)}`);
  return [await releasedSide(base, newest), one];
}

function promiseOf({ contract, set }: ContractSide): JsonValue {
  return contractPromise(contract.document.value, set.fields);
}

async function comparisonOf(base: ContractBase, [before, after]: readonly [ContractSide, ContractSide]): Promise<Comparison> {
  const schemas = await schemasFor(base, after.contract.path);
  const hasSchema = schemas.length > 0;
  const changes = contentChanges(promiseOf(before), promiseOf(after), ...schemas);
  const strictest = strictestClass(changes.map((one) => one.class));
  const fields = contractFields.flatMap((field) => {
    const [old, now] = [before, after].map(({ contract, set }) => fieldValue(contract.document.value, set.fields, field, contract.path));
    return JSON.stringify(old ?? null) === JSON.stringify(now ?? null) ? [] : [{ field, before: old, after: now }];
  });
  return { before, after, changes, class: strictest, hasSchema, smallest: strictest === null ? null : smallestVersion(before.contract.version, classToAnswer({ changes, hasSchema, isChosen: true })), fields };
}

function jsonOf({ before, after, changes, class: changed, smallest, fields }: Comparison): string {
  return `${inertJson({ before: sideJson(before), after: sideJson(after), class: changed, smallestVersion: smallest, changes, fields })}\n`;
}

function sideJson({ name, contract }: ContractSide): JsonObject {
  const { path, contractId, version, lifecycle, contentHash } = contract;
  return { name, path, contractId, version, lifecycle, contentHash };
}

function titleOf({ name, contract }: ContractSide): string {
  return terminalText(name === `${contract.contractId}@${contract.version}` ? name : `${name} (${contract.contractId} ${contract.version})`);
}

function textOf(compared: Comparison, { color: paint }: Terminal): string {
  const { before, after, changes, fields } = compared;
  const head = `${paint.bold(titleOf(before))} ${paint.dim('→')} ${paint.bold(titleOf(after))}`;
  const rows = fields.map(({ field, before: old, after: now }) => paint.dim(`  ${field}  ${shown(old)} → ${shown(now)}`));
  return `${[head, ...contractChangeLines(changes, paint), ...rows, summaryOf(compared, paint)].join('\n')}\n`;
}

function summaryOf({ before, changes, class: changed, hasSchema, smallest, fields }: Comparison, paint: Terminal['color']): string {
  if (changed === null) return fields.length === 0 ? 'Nothing differs.' : 'The promise is the same: only what the envelope states differs.';
  const enough = `after ${terminalText(before.contract.version)} the smallest version is ${paint.bold(terminalText(smallest ?? ''))}.`;
  if (!hasSchema) return `${count(changes.length, 'change')}, ${classWord(changed, paint)} for all that is known. Without a schema any greater version is enough: ${enough}`;
  return `${count(changes.length, 'change')}, the strictest is ${classWord(changed, paint)}: ${enough}`;
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? 'none' : terminalText(clip(JSON.stringify(value), 40));
}
