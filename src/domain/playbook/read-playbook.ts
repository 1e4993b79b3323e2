import schema from '../../../schemas/playbook.schema.json' with { type: 'json' };
import { durationOf } from '../duration.ts';
import type { Violation } from '../configuration/describe-violation.ts';
import { member } from '../configuration/member.ts';
import { ownSchema } from '../configuration/own-schema.ts';
import { isLifecycle } from '../contract/lifecycle.ts';
import type { Document } from '../document/document.ts';
import { isFindingCode } from '../finding-code.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject } from '../json-value.ts';
import type { Position } from '../position.ts';
import { impossiblePlaybook } from './impossible-playbook.ts';
import { pauseWindowOf } from '../scan/pause-window.ts';
import type { Playbook, PlaybookTier, Precondition, PreconditionKind, Rollback, Verification } from './playbook.ts';
import { readStep } from './read-step.ts';
import { readTest } from './read-test.ts';

/** What is wrong at one place of a playbook. */
export interface PlaybookProblem extends Violation, Position {
  readonly code: 'config/invalid';
}

export type PlaybookReading =
  | { readonly kind: 'playbook'; readonly playbook: Playbook }
  /** One thing wrong in it, and nothing is done by it: never with a default in place of what was meant. */
  | { readonly kind: 'invalid'; readonly problems: readonly PlaybookProblem[] };

const violationsOf = ownSchema(schema, 'playbook');

/** Reads a playbook strictly. Whether another one has its id is asked where they are collected. */
export function readPlaybook(document: Document): PlaybookReading {
  const { value } = document;
  const violations = violationsOf(value);
  if (violations.length > 0 || !isJsonObject(value)) return invalid(document, violations);
  const impossible = impossiblePlaybook(value);
  return impossible.length > 0 ? invalid(document, impossible) : { kind: 'playbook', playbook: playbookOf(value) };
}

/** A key that is unknown for two reasons is one mistake. */
function invalid(document: Document, violations: readonly Violation[]): PlaybookReading {
  const distinct = [...new Map(violations.map((violation) => [violation.message, violation])).values()];
  return { kind: 'invalid', problems: distinct.map((violation) => ({ code: 'config/invalid', ...document.positionOf(violation.pointer), ...violation })) };
}

function playbookOf(value: JsonObject): Playbook {
  const text = (name: string): string => member.text(value, name) ?? '';
  const [trigger, bounds, verification] = [member.object(value, 'trigger'), member.object(value, 'bounds'), member.object(value, 'verification')];
  return Object.freeze({
    id: text('id'),
    version: text('version'),
    title: text('title'),
    description: text('description'),
    category: text('category'),
    tier: tierOf(member.number(value, 'tier')),
    trigger: { codes: member.texts(trigger, 'codes').filter((code) => isFindingCode(code)), classes: member.texts(trigger, 'classes') },
    preconditions: member.objects(value, 'preconditions').map(preconditionOf),
    steps: member.objects(value, 'steps').map(readStep),
    bounds: { maxFiles: member.number(bounds, 'maxFiles') ?? 0, maxRepositories: member.number(bounds, 'maxRepositories') ?? 1, pauseWindows: member.objects(bounds, 'pauseWindows').map(pauseWindowOf) },
    verification: { probe: probeOf(member.text(verification, 'probe')), window: durationOf(member.text(verification, 'window') ?? '') ?? 0 },
    rollback: rollbackOf(value),
    docs: text('docs'),
    tests: member.objects(value, 'tests').map((test) => readTest(test, isJsonObject(value['rollback']) ? 'refused' : 'planned')),
  });
}

function probeOf(text: string | null): Verification['probe'] {
  return text === 'finding' ? 'finding' : 'behavior';
}

function tierOf(value: number | null): PlaybookTier {
  return value === 1 || value === 2 ? value : 3;
}

const preconditionKinds: readonly PreconditionKind[] = ['file-exists', 'file-missing', 'contract-released', 'contract-diverged', 'contract-standing', 'contract-halted', 'contract-not-halted'];

function preconditionOf(value: JsonObject): Precondition {
  const path = member.text(value, 'path');
  const kind = preconditionKinds.find((one) => one === member.text(value, 'type')) ?? 'contract-lifecycle';
  return kind === 'contract-lifecycle' ? { kind, path, in: member.texts(value, 'in').filter((state) => isLifecycle(state)) } : { kind, path };
}

function rollbackOf(value: JsonObject): Rollback {
  const { rollback } = value;
  if (isJsonObject(rollback)) return { kind: 'none', reason: member.text(rollback, 'none') ?? '' };
  return { kind: rollback === 'roll-forward' ? 'roll-forward' : 'revert' };
}
