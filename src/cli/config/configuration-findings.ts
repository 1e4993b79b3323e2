import type { Finding } from '../../domain/finding.ts';
import { terminalText } from '../../render/escape.ts';
import type { Terminal } from '../terminal.ts';

/** Findings about a configuration, for a person at a terminal. */
export function configurationFindings(findings: readonly Finding[], { color }: Terminal): string {
  return findings.map((one) => `${color.red(one.code)}  ${color.cyan(terminalText(placeOf(one)))}\n  ${terminalText(one.message)}\n  next: ${terminalText(one.next)}\n`).join('');
}

function placeOf({ path, line, column }: Finding): string {
  return [path, line, column].filter((part) => part !== null).join(':');
}
