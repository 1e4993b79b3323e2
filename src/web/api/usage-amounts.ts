import { member } from '../../domain/configuration/member.ts';
import type { JsonObject } from '../../domain/json-value.ts';

/** A count of tokens. */
export const tokensSchema = { type: 'integer', minimum: 0, maximum: 1_000_000_000_000 } as const;

/** An amount of money: digits, since no JSON number holds it safely. */
export const costSchema = { description: 'What it costs, in pico-dollars (10⁻¹² US dollars), as digits. It counts where it is more than the listed price comes to.', type: 'string', pattern: '^(?:0|[1-9][0-9]{0,26})$' } as const;

/** Of a body that its schema allows. */
export function countOf(body: JsonObject, name: string): number {
  return member.number(body, name) ?? 0;
}

export function costOf(body: JsonObject): bigint | null {
  const digits = member.text(body, 'costPicoUsd');
  return digits === null ? null : BigInt(digits);
}
