import type { Failure, FailureCode } from '../domain/failure.ts';
import { clip } from './clip.ts';
import { terminalText } from './escape.ts';
import { failurePage } from './finding-page.ts';
import { instant } from './instant.ts';
import { redact } from './redact.ts';

const nextSteps: Readonly<Record<FailureCode, string>> = {
  CONFIG_INVALID: 'Mend every setting named above, then start again.',
  USAGE: 'Run the command with --help for its options and an example.',
  SNAPSHOT_UNREADABLE: 'Try again; in a shallow clone, first run: git fetch --unshallow',
  GITHUB_REFUSED: "Compare the App's permissions with app.yml: plumbline doctor",
  GITHUB_RATE_LIMITED: 'Wait: the work is retried when GitHub allows it again.',
  GITHUB_UNAVAILABLE: 'Wait: the work is retried. If it stays, look at https://www.githubstatus.com',
  GITHUB_AMBIGUOUS: 'Wait: the next attempt reads what is there before it writes.',
  NOT_FOUND: 'Check the name, and whether the App is installed there.',
  STORE_LOCKED: 'Stop the other server that uses this data directory.',
  STORE_UNAVAILABLE: 'Check that the database runs and that DATABASE_URL reaches it.',
  STORE_INCONSISTENT: 'Stop the server and restore the database from a backup before anything else is written.',
  AUDIT_BLOCKED: 'Mend what keeps the log from being written: nothing is decided until then.',
  AUDIT_TAMPERED: 'Keep the files as they are and tell whoever is responsible for the audit.',
  KEY_UNAVAILABLE: 'Wait: the key service is asked again with the next use. See whether it can be reached: plumbline doctor',
  KEY_REFUSED: 'Compare the settings of the key service with its permissions and the state of the key: plumbline doctor',
  PROBE_TIMED_OUT: 'Wait: the question is asked again with the next attempt.',
  OPA_UNAVAILABLE: 'Name an OPA with OPA_PATH, or install the packages again.',
  PROBE_FAILED: 'Wait: the question is asked again with the next attempt.',
  EDIT_FAILED: 'Change the member by hand, or write it on a line of its own and run the command again.',
  GATE_FAILED: 'Report this as a fault in Plumbline, with the text above.',
  DELIVERY_INVALID: 'Compare the webhook secret of the App with WEBHOOK_SECRET.',
  LEASE_LOST: 'Nothing to do: another worker has the job.',
  JOB_TIMED_OUT: 'Wait: the job is retried. If it stays, look at the load of the server.',
  LISTEN_FAILED: 'Free the address or set another PORT, then start again.',
  SUPERSEDED: 'Nothing to do: a newer commit is judged.',
};

const causesShown = 4;

/** What an operator reads: code and message, the causes below it, when it is retried, and one next step. */
export function describeFailure(failure: Failure): string {
  const [first = '', ...details] = linesOf(failure.message);
  const retry = failure.retryAt === undefined ? [] : [`Retried not before ${instant(failure.retryAt)}.`];
  const next = saysNextStep(first) ? [] : [`Next: ${nextSteps[failure.code]}`];
  const lines = [...details, ...causesOf(failure), ...retry, ...next, `More: docs/${failurePage(failure.code)}`];
  return [`${failure.code}  ${first}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** A message with a second sentence says what to do next itself: one next step is enough. */
function saysNextStep(line: string): boolean {
  return /\. +[A-Z]/.test(line);
}

function linesOf(message: string): readonly string[] {
  return redact(message)
    .split(/\r\n|\r|\n/)
    .map((line) => terminalText(clip(line.trim(), 500)))
    .filter((line) => line !== '');
}

/** The chain of causes, one line each; a message that was said already is not said again. */
function causesOf(failure: Failure): readonly string[] {
  const lines: string[] = [];
  const said = new Set([failure.message]);
  let cause: unknown = failure.cause;
  for (let depth = 0; depth < causesShown && cause !== undefined && cause !== null; depth += 1) {
    const message = messageOf(cause);
    if (!said.has(message)) lines.push(`caused by: ${linesOf(message)[0] ?? 'no message'}`);
    said.add(message);
    cause = cause instanceof Error ? cause.cause : undefined;
  }
  return lines;
}

function messageOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  return typeof cause === 'string' ? cause : 'something that is no error';
}
