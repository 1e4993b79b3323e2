import { Ajv } from 'ajv';
import type { SchemaObject, ValidateFunction } from 'ajv';
import { bytesOfBase64 } from '../audit/base64.ts';
import { Failure } from '../domain/failure.ts';

/** How a value goes through the operator's door: one line of JSON, bytes as base64. */
export interface WireForm<Value> {
  write(value: Value): string;
  /** @throws Failure STORE_INCONSISTENT when the line is not what this version writes. */
  read(line: string): Value;
}

const ajv = new Ajv();

export function wireForm<Value, Wire>(schema: SchemaObject, ways: { readonly to: (value: Value) => Wire; readonly from: (wire: Wire) => Value }): WireForm<Value> {
  let compiled: ValidateFunction<Wire> | null = null;
  return {
    write: (value) => JSON.stringify(ways.to(value)),
    read(line) {
      const isWire = (compiled ??= ajv.compile<Wire>(schema));
      const value: unknown = parsed(line);
      if (isWire(value)) return ways.from(value);
      throw unreadable(ajv.errorsText(isWire.errors));
    },
  };
}

export function plainForm<Value>(schema: SchemaObject): WireForm<Value> {
  return wireForm<Value, Value>(schema, { to: (value) => value, from: (wire) => wire });
}

/** Bytes of base64 in a form; @throws Failure STORE_INCONSISTENT. */
export function bytesOf(base64: string): Uint8Array {
  const bytes = bytesOfBase64(base64);
  if (bytes === null) throw unreadable('bytes that are not base64');
  return bytes;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function unreadable(why: string): Failure {
  return new Failure('STORE_INCONSISTENT', `Cannot read the answer of the server: ${why}, expected what this version of Plumbline writes. Run the command with the server's own version.`);
}
