import type { CommandRefusal } from '../../domain/command/command-outcome.ts';
import type { Command } from '../../domain/command/command.ts';
import { appendItems } from '../../domain/document/edit-list.ts';
import { formatOf } from '../../domain/document/read-document.ts';
import { writeValue } from '../../domain/document/write-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { lastWaiverDay, mayEndAt, whyNotWaivable } from '../../domain/waiver/waiver-bounds.ts';
import type { DecisionRecord } from '../ports/decision-store.ts';
import type { CommandAnswer, CommandRun } from './command-run.ts';
import { changeWaivers } from './change-waivers.ts';
import { refusalToWrite } from './refusal-to-write.ts';

type Waive = Extract<Command, { readonly kind: 'waive' }>;

/** Opens the pull request that adds a waiver for what the newest decision found at a path. It is judged like any other. */
export async function waiveCommand(run: CommandRun, command: Waive): Promise<CommandAnswer> {
  const unwritten = await refusalToWrite(run);
  if (unwritten !== null) return { outcome: unwritten };
  if (run.decision === null) return 'wait';
  const fingerprints = fingerprintsOf(run.decision, command);
  const refusal = refusalOf(run, run.decision, command, fingerprints);
  if (refusal !== null) return { outcome: refusal };
  const entries = fingerprints.map((fingerprint) => entryOf(run, command, fingerprint));
  return changeWaivers(run, run.decision, { word: 'waive', code: command.code, path: command.path, why: command.reason, edit: ({ path, bytes }) => (bytes === null ? newFile(path, entries) : appendItems(bytes, path, 'waivers', entries)) });
}

function fingerprintsOf({ decision }: DecisionRecord, { code, path }: Waive): readonly string[] {
  const found = decision.verdicts.flatMap((verdict) => verdict.findings).filter((one) => one.code === code && one.path === path && !one.waived);
  return [...new Set(found.map(({ fingerprint }) => fingerprint))];
}

function refusalOf({ ports, head }: CommandRun, { decision }: DecisionRecord, { code, path, until }: Waive, fingerprints: readonly string[]): CommandRefusal | null {
  const objection = whyNotWaivable(code, null);
  if (objection !== null) return { kind: 'not_waivable', code, why: objection };
  const now = ports.clock.now().toISOString();
  if (!mayEndAt(until, now)) return { kind: 'bad_end', until, latest: lastWaiverDay(now) };
  if (fingerprints.length > 0) return null;
  const paths = decision.verdicts.flatMap((verdict) => verdict.findings).flatMap((one) => (one.code === code && one.path !== null ? [one.path] : []));
  return { kind: 'no_finding', code, path, head, paths: [...new Set(paths)].toSorted() };
}

function entryOf({ askedBy }: CommandRun, { code, path, until, reason }: Waive, fingerprint: string): JsonObject {
  return { code, fingerprint, path, owner: `user:${askedBy.login}`, reason, grantedBy: askedBy.login, until };
}

function newFile(path: string, entries: readonly JsonObject[]): Uint8Array {
  const text = formatOf(path) === 'json' ? `${JSON.stringify({ version: 1, waivers: entries }, null, 2)}\n` : ['version: 1', 'waivers:', ...entries.map((entry) => `  - ${writeValue(entry, 'yaml')}`), ''].join('\n');
  return new TextEncoder().encode(text);
}
