import { join } from 'node:path';
import { measuredRun } from '../parts/measured-run.ts';
import type { MeasuredRun } from '../parts/measured-run.ts';
import type { Corpus, PublishedVersion } from './corpus.ts';
import type { FoundFinding, JudgedPair, Timed } from './judged-pair.ts';
import { pairsOf } from './pairs-of.ts';
import { versionRepository } from './version-repository.ts';

export interface Judging {
  /** The command as built for those who install it. */
  readonly command: string;
  readonly folder: string;
  readonly say: (text: string) => void;
}

export const limitMs = 60_000;
/** The exit codes that the command documents; 64 refuses what it was given, as a document over a limit. */
const answers: Readonly<Record<number, true>> = { 0: true, 1: true, 2: true, 3: true, 64: true };

/** `plumbline check` of every version against the one before, each as a process of its own. */
export function judgeVersions(corpus: Corpus, versions: readonly PublishedVersion[], { command, folder, say }: Judging): readonly JudgedPair[] {
  const repository = join(folder, corpus.name.replaceAll('/', '-'));
  const commits = versionRepository(repository, corpus.rules, versions);
  return pairsOf(versions).map(([before, after], index) => {
    say(`${corpus.name}: ${before.version} to ${after.version}`);
    const run = measuredRun(command, ['check', '--repo', repository, '--base', commits[index] ?? '', '--head', commits[index + 1] ?? '', '--format', 'json'], { folder, limitMs });
    return { corpus: corpus.name, from: before.version, to: after.version, ...timedOf(run), ...decisionOf(run) };
  });
}

export function timedOf({ status, usage }: Pick<MeasuredRun, 'status' | 'usage'>): Timed {
  const isOver = usage.seconds * 1_000 >= limitMs;
  const ended = status === null && isOver ? 'hang' : status === null || answers[status] === undefined ? 'crash' : 'answered';
  return { ended, ...usage };
}

interface ShownDecision {
  readonly decision: 'allow' | 'hold' | 'deny';
  readonly cause: string;
  readonly verdicts: readonly { readonly findings: readonly FoundFinding[] }[];
}

function decisionOf({ stdout, stderr }: MeasuredRun): Pick<JudgedPair, 'decision' | 'findings'> {
  try {
    const shown: ShownDecision = JSON.parse(stdout);
    const findings = shown.verdicts.flatMap((verdict) => verdict.findings).map(({ code, severity, path, line, message }) => ({ code, severity, path, line, message }));
    return { decision: shown.cause === 'inconclusive' ? 'inconclusive' : shown.decision, findings };
  } catch {
    return { decision: null, findings: [{ code: 'none', severity: 'none', path: null, line: null, message: stderr.slice(0, 1_000) }] };
  }
}
