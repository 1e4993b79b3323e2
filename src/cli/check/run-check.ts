import { isAbsolute, join, resolve } from 'node:path';
import type { Decision } from '../../domain/decision.ts';
import { Failure } from '../../domain/failure.ts';
import { requiredGates } from '../../domain/gate-name.ts';
import type { GateName } from '../../domain/gate-name.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import { gates as everyGate } from '../../flows/judge.ts';
import type { Gate } from '../../gates/gate.ts';
import { isFormat, renderFormat } from '../../render/render-format.ts';
import type { Format } from '../../render/render-format.ts';
import { alsoAsksLine } from '../../render/also-asks.ts';
import { readOrganizationConfiguration } from '../config/configuration-file.ts';
import { readKeysFile } from '../config/keys-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { watch } from '../progress.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';
import type { CheckOptions } from './check-command.ts';
import { readCheckContext } from './check-context.ts';
import type { CheckContext } from './check-context.ts';
import { judgeRange } from './judge-range.ts';
import { leftOut } from './left-out.ts';
import { standingAt } from './standing.ts';
import { decisionHere } from './typed-here.ts';

export interface HowToCheck {
  /** Gates to ask instead of all that there are. */
  readonly asked?: readonly Gate[];
  /** Whether an agent has a hand in it, whoever else is known. */
  readonly isByAgent?: boolean;
}

/**
 * Judges what the options name and shows the decision. Everything wrong with the options is found before anything is judged.
 */
export async function runCheck(terminal: Terminal, options: CheckOptions, { asked = everyGate, isByAgent = false }: HowToCheck = {}): Promise<number> {
  const gates = gatesOf(options.gate ?? []);
  const format = formatOf(options.format);
  const context = options.context === undefined ? null : await readCheckContext(resolve(terminal.directory, options.context));
  const now = nowOf(options.now, context, terminal);
  const organization = options.organization === undefined ? null : await readOrganizationConfiguration(terminal.directory, options.organization);
  const operatorKeys = options.keys === undefined ? [] : await readKeysFile(terminal.directory, options.keys);
  const progress = watch(terminal);
  try {
    const judged = await judgeRange({ directory: directoryOf(terminal, options.repo), base: options.base ?? null, head: options.worktree === true ? null : (options.head ?? 'HEAD'), context, organization, operatorKeys, isOnline: options.online === true, environment: terminal.environment, threads: terminal.threads, gates, asked, isByAgent, now, progress: (text) => progress.show(text), again: (name) => typeAgain(terminal, `--base ${name}`) });
    const { alsoAsks, skipped } = leftOut(context, { ...judged, hasOrganization: organization !== null });
    const decision = withSkipped(judged.decision, [...judged.skipped, ...skipped]);
    progress.end();
    const shown = format === 'pretty' ? decisionHere(decision, await standingAt(terminal, options, judged.root)) : decision;
    terminal.write(renderFormat(shown, format, { color: terminal.color, alsoAsks }));
    if (format !== 'pretty' && alsoAsks.length > 0) terminal.tell(`${alsoAsksLine(alsoAsks)}\n`);
    return exitCodeOf(decision, options.strict === true && alsoAsks.length > 0);
  } finally {
    progress.end();
  }
}

function gatesOf(names: readonly string[]): readonly GateName[] {
  if (names.length === 0) return requiredGates;
  return names.flatMap((name) => name.split(',')).map((name) => {
    const gate = requiredGates.find((one) => one === name);
    if (gate !== undefined) return gate;
    const near = nearestWord(name, requiredGates);
    throw new Failure('USAGE', `Cannot ask the gate ${JSON.stringify(name.slice(0, 80))}: this version has none of that name, expected one of ${requiredGates.join(', ')}.${near === null ? '' : ` Did you mean ${near}?`}`);
  });
}

function formatOf(text: string): Format {
  if (isFormat(text)) return text;
  throw new Failure('USAGE', `Cannot show the decision as ${JSON.stringify(text.slice(0, 80))}: unknown format. See plumbline check --help`);
}

/** `--now` wins over the context's, which wins over the clock. */
function nowOf(stated: string | undefined, context: CheckContext | null, terminal: Terminal): Date {
  const text = stated ?? context?.now;
  if (text === undefined) return terminal.now();
  const now = new Date(text);
  const isInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/.test(text) && !Number.isNaN(now.getTime());
  if (isInstant) return now;
  throw new Failure('USAGE', `Cannot judge as of ${JSON.stringify(text.slice(0, 80))}: expected an instant in UTC such as 2026-11-20T12:00:00Z.`);
}

function directoryOf(terminal: Terminal, repo: string): string {
  return isAbsolute(repo) ? repo : join(terminal.directory, repo);
}

/** What this run could not ask stands in the record itself, so that every format shows it. */
function withSkipped(decision: Decision, skipped: Decision['verdicts'][number]['skipped']): Decision {
  const [first, ...rest] = decision.verdicts;
  return first === undefined || skipped.length === 0 ? decision : { ...decision, verdicts: [{ ...first, skipped: [...first.skipped, ...skipped] }, ...rest] };
}

function exitCodeOf(decision: Decision, isIncomplete: boolean): number {
  if (decision.decision === 'deny') return decision.cause === 'inconclusive' ? exitCodes.unknown : exitCodes.deny;
  if (isIncomplete) return exitCodes.unknown;
  return decision.decision === 'hold' ? exitCodes.hold : exitCodes.allow;
}
