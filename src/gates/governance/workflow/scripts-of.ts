import type { JsonValue } from '../../../domain/json-value.ts';
import { memberOf, membersOf } from './member-of.ts';

export interface Script {
  /** Where it stands in its step. */
  readonly name: string;
  readonly text: string;
}

/** Inputs that actions run as a program, as far as their names tell. */
const runInputs: ReadonlySet<string> = new Set(['script', 'run', 'command', 'commands', 'cmd', 'inlinescript']);

/** What a step runs as a program: its own script and shell, and scripts that it gives to an action. */
export function scriptsOf(step: JsonValue): readonly Script[] {
  const own = ['run', 'shell'].map((name) => ({ name, value: memberOf(step, name) }));
  const given = membersOf(memberOf(step, 'with')).flatMap(([name, value]) => (runInputs.has(name.toLowerCase()) ? [{ name, value }] : []));
  return [...own, ...given].flatMap(({ name, value }) => (typeof value === 'string' ? [{ name, text: value }] : []));
}
