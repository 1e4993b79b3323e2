import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import type { Effect } from '../../domain/effect.ts';
import { Failure } from '../../domain/failure.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { readWaiverFile } from '../../domain/waiver/read-waiver-file.ts';
import { whyNotWaivable } from '../../domain/waiver/waiver-bounds.ts';
import { organizationRules } from '../../gates/governance/waivers/waiver-files.ts';
import { waiverRequestText } from '../../render/waiver-request-text.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import type { DecisionRecord } from '../ports/decision-store.ts';
import type { CommandResult, CommandRun } from './command-run.ts';
import { waiverFileAt } from './waiver-file.ts';
import type { WaiverFile } from './waiver-file.ts';

export interface WaiverChange {
  readonly word: 'waive' | 'unwaive';
  readonly code: FindingCode;
  readonly path: string;
  readonly why: string | null;
  /** What becomes of the file; the same bytes, or null, where nothing is to be changed. */
  readonly edit: (file: WaiverFile) => Uint8Array | null;
}

/** The pull request that changes the waiver file of the base branch, as an effect: one for a comment, however often it is asked for. */
export async function changeWaivers(run: CommandRun, { baseBranch }: DecisionRecord, change: WaiverChange): Promise<CommandResult> {
  const { ports, github, repository } = run;
  const tip = await github.branchTip(baseBranch);
  if (tip === null) return { outcome: { kind: 'closed' } };
  const { state } = await captureConfiguration(ports, { repository, github, commit: tip, branch: baseBranch, defaultBranch: await github.defaultBranch() });
  const objection = change.word === 'waive' ? whyNotWaivable(change.code, organizationRules({ configuration: state, change: { baseBranch } })) : null;
  if (objection !== null) return { outcome: { kind: 'not_waivable', code: change.code, why: objection } };
  const file = await waiverFileAt(github, state.effective, tip);
  if (file === null) return { outcome: { kind: 'no_waiver_file' } };
  const edited = attempt(() => usable(file.path, change.edit(file)));
  if (edited instanceof Failure) return { outcome: { kind: 'unfit_file', why: edited.message } };
  if (edited === null || edited === file.bytes) return { outcome: { kind: 'no_waiver', code: change.code, path: change.path, file: file.path } };
  return { outcome: { kind: 'waiver_asked', word: change.word, file: file.path }, effects: [effectOf(run, { change, base: baseBranch, tip, file: file.path, text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(edited) })] };
}

interface Planned {
  readonly change: WaiverChange;
  readonly base: string;
  readonly tip: string;
  readonly file: string;
  readonly text: string;
}

function effectOf({ repository, pullRequest, comment, askedBy, head }: CommandRun, { change, base, tip, file, text }: Planned): Effect {
  const key = `command/${repository.id}/${comment}/pull-request`;
  const said = waiverRequestText({ word: change.word, code: change.code, path: change.path, why: change.why, file, login: askedBy.login, pullRequest, key });
  return { kind: 'pull-request', key, branch: `plumbline/${change.word}-${comment}`, base, from: tip, ...said, files: [{ path: file, text }], askedBy, asked: { pullRequest, comment, head, word: change.word } };
}

/** What would not be read as waivers is never proposed. */
function usable(path: string, edited: Uint8Array | null): Uint8Array | null {
  const reading = edited === null ? null : readDocument(edited, formatOf(path));
  const waivers = reading?.kind === 'document' ? readWaiverFile(reading.document) : null;
  if (waivers?.kind === 'invalid') throw new Failure('EDIT_FAILED', `Cannot change ${path}: ${waivers.violations[0]?.message ?? 'it is no list of waivers'}. Nothing was changed.`);
  return edited;
}

function attempt(edit: () => Uint8Array | null): Uint8Array | null | Failure {
  try {
    return edit();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'EDIT_FAILED') return thrown;
    throw thrown;
  }
}
