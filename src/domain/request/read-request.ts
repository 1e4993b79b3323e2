import schema from '../../../schemas/action-request.schema.json' with { type: 'json' };
import type { Tier } from '../action/action.ts';
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import { instantOf } from '../instant.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { ActionRequest } from './action-request.ts';

export type RequestReading = { readonly kind: 'request'; readonly request: ActionRequest } | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

const violationsOf = ownSchema(schema, 'request');

/** Reads an action request strictly. */
export function readRequest(value: JsonValue): RequestReading {
  const violations = violationsOf(value);
  if (violations.length > 0 || !isJsonObject(value)) return { kind: 'invalid', violations };
  const tier = tierOf(member.number(value, 'tier'));
  return { kind: 'request', request: { action: text(value, 'action'), target: text(value, 'target'), rationale: text(value, 'rationale'), playbook: member.text(value, 'playbook'), expires: instant(value), tier } };
}

function text(value: JsonObject, name: string): string {
  return member.text(value, name) ?? '';
}

function instant(value: JsonObject): string {
  return new Date(instantOf(text(value, 'expires')) ?? 0).toISOString();
}

function tierOf(value: number | null): Tier | null {
  return value === 1 || value === 2 || value === 3 || value === 4 ? value : null;
}
