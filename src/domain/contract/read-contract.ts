import type { ContractField, ContractFields } from '../configuration/configuration.ts';
import { digestOfValue, isDigest } from '../digest.ts';
import type { Digest } from '../digest.ts';
import type { Document } from '../document/document.ts';
import { tokensOf } from '../document/pointer.ts';
import { quoted } from '../finding.ts';
import type { JsonValue } from '../json-value.ts';
import { contentHash } from './contract-content.ts';
import { fieldPointer, fieldValue } from './contract-field.ts';
import type { Contract, ContractFault } from './contract.ts';
import type { EmergencyFlags } from './emergency-flags.ts';
import { readEmergencyFlags } from './emergency-flags.ts';
import { isLifecycle, lifecycles } from './lifecycle.ts';
import { versionKey } from './version.ts';

export type ContractReading = { readonly kind: 'contract'; readonly contract: Contract } | { readonly kind: 'incomplete'; readonly faults: readonly ContractFault[] };

/** Letters that show, spaces only inside: no control, format, or unassigned characters that make two ids look alike. */
const idForm = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u;

/** Reads a contract's own fields. Without all of them there is no identity to judge. The record and every round look at the same documents again. */
export function readContract(document: Document, fields: ContractFields, path: string): ContractReading {
  const known = remembered.get(document);
  if (known !== undefined && known.path === path && known.fields === fields) return known.reading;
  const reading = readAnew(document, fields, path);
  remembered.set(document, { path, fields, reading });
  return reading;
}

/** A reading depends on nothing but these. */
const remembered = new WeakMap<Document, { readonly path: string; readonly fields: ContractFields; readonly reading: ContractReading }>();

function readAnew(document: Document, fields: ContractFields, path: string): ContractReading {
  const reader = new FieldReader(document.value, fields, path);
  const contractId = reader.read('contractId', 'visible text in NFC, at most 300 characters', readId);
  const version = reader.read('contractVersion', 'a semantic version', readVersion);
  const previousContractRef = reader.read('previousContractRef', '"sha256:" and 64 hex digits, or null', readRef);
  const lifecycle = reader.read('lifecycle', `one of ${lifecycles.join(', ')}`, (value) => (isLifecycle(value) ? value : undefined));
  const emergencyFlags = reader.readFlags();
  const isWhole = contractId !== undefined && version !== undefined && previousContractRef !== undefined && lifecycle !== undefined && emergencyFlags !== undefined;
  if (!isWhole) return { kind: 'incomplete', faults: reader.faults };
  return { kind: 'contract', contract: withDigests({ path, contractId, ...version, previousContractRef, lifecycle, emergencyFlags, document }, fields) };
}

class FieldReader {
  readonly faults: ContractFault[] = [];
  readonly #document: JsonValue;
  readonly #fields: ContractFields;
  readonly #path: string;

  constructor(document: JsonValue, fields: ContractFields, path: string) {
    this.#document = document;
    this.#fields = fields;
    this.#path = path;
  }

  read<Value>(field: ContractField, expected: string, accept: (value: JsonValue | undefined) => Value | undefined): Value | undefined {
    const value = fieldValue(this.#document, this.#fields, field, this.#path);
    const accepted = accept(value);
    if (accepted === undefined) this.#refuse(field, '', value, expected);
    return accepted;
  }

  readFlags(): EmergencyFlags | undefined {
    const value = fieldValue(this.#document, this.#fields, 'emergencyFlags', this.#path);
    const reading = readEmergencyFlags(value);
    if (reading.kind === 'flags') return reading.flags;
    for (const fault of reading.faults) this.#refuse('emergencyFlags', fault.pointer, fault.value, fault.expected);
    return undefined;
  }

  #refuse(field: ContractField, below: string, value: JsonValue | undefined, expected: string): void {
    const found = value === undefined ? `no ${field}` : `${[field, ...(tokensOf(below) ?? [])].join('.')} ${shown(value)}`;
    const place = fieldPointer(this.#fields, field);
    this.faults.push({ field, isMissing: value === undefined, below, pointer: place === '' ? '' : `${place}${below}`, found, expected });
  }
}

/** As JSON, cut at 80 characters. */
function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  if (typeof value === 'string') return quoted(text.slice(1, -1));
  const points = Array.from(text);
  return points.length <= 80 ? text : `${points.slice(0, 79).join('')}…`;
}

function readId(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value.length <= 300 && idForm.test(value) && value.normalize('NFC') === value ? value : undefined;
}

function readVersion(value: JsonValue | undefined): { readonly version: string; readonly key: string } | undefined {
  const key = typeof value === 'string' ? versionKey(value) : null;
  return typeof value === 'string' && key !== null ? { version: value, key } : undefined;
}

function readRef(value: JsonValue | undefined): Digest | null | undefined {
  if (value === undefined || value === null) return null;
  return isDigest(value) ? value : undefined;
}

/** Hashing costs more than reading, and most contracts of a repository are only looked at for their id. */
function withDigests(read: Omit<Contract, 'contentHash' | 'stateDigest'>, fields: ContractFields): Contract {
  return {
    ...read,
    get contentHash() {
      return contentHash(read.document, fields);
    },
    get stateDigest() {
      return stateDigestOf(read);
    },
  };
}

function stateDigestOf({ lifecycle, emergencyFlags }: Pick<Contract, 'lifecycle' | 'emergencyFlags'>): Digest {
  const { halted, humanApprovalRequired, budgetOverride } = emergencyFlags;
  return digestOfValue({ lifecycle, emergencyFlags: { halted, humanApprovalRequired, budgetOverride: budgetOverride === false ? false : { until: budgetOverride.until } } });
}
