import schema from '../../../schemas/playbook.schema.json' with { type: 'json' };
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import { isFindingCode } from '../finding-code.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import type { Difference, MeasuredDrift } from './measured-drift.ts';

export type DriftReading = { readonly kind: 'drift'; readonly drift: MeasuredDrift } | { readonly kind: 'invalid'; readonly violations: readonly Violation[] };

const violationsOf = ownSchema({ $ref: '#/definitions/drift', definitions: schema.definitions }, 'drift');

/** A drift as a person writes it, to try a playbook on. */
export function readDrift(value: JsonValue): DriftReading {
  const violations = violationsOf(value);
  return violations.length > 0 || !isJsonObject(value) ? { kind: 'invalid', violations } : { kind: 'drift', drift: driftOf(value) };
}

/** Of a document that the schema allows. Without differences it is one at the path that its target is. */
export function driftOf(value: JsonObject): MeasuredDrift {
  const code = member.text(value, 'code') ?? '';
  const target = member.text(value, 'target') ?? '';
  const stated = member.objects(value, 'differences').map(differenceOf);
  const whole: Difference = { path: target, template: null, name: null, expected: null, found: null };
  return { code: isFindingCode(code) ? code : null, observed: member.text(value, 'class') ?? '', target, owner: member.text(value, 'owner'), differences: stated.length === 0 ? [whole] : stated };
}

function differenceOf(value: JsonObject): Difference {
  const text = (name: string): string | null => member.text(value, name);
  return { path: text('path'), template: text('template'), name: text('name'), expected: value['expected'] ?? null, found: value['found'] ?? null };
}
