import { randomUUID } from 'node:crypto';
import { isAbsolute, join, relative } from 'node:path';
import { changeDigestOf } from '../../domain/agent-evidence/change-digest-of.ts';
import { evidenceSkeleton } from '../../domain/agent-evidence/evidence-skeleton.ts';
import { groundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import type { GroundingSettings } from '../../domain/agent-evidence/grounding-settings.ts';
import { Failure } from '../../domain/failure.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { fullNameOf } from '../../domain/repository.ts';
import { changedFiles } from '../../domain/snapshot.ts';
import type { Snapshot } from '../../domain/snapshot.ts';
import { openLocalRepository } from '../../probes/local-git/local-repository.ts';
import { count } from '../../render/count.ts';
import { terminalText } from '../../render/escape.ts';
import { captureRange } from '../check/capture-range.ts';
import { readOrganizationConfiguration } from '../config/configuration-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { repoWords } from '../repo-option.ts';
import type { Terminal } from '../terminal.ts';
import { typeAgain } from '../type-again.ts';
import { readKnownEvidence, writeEvidence } from './evidence-file.ts';

/** What `evidence init` was asked, as typed. */
export interface InitEvidenceOptions {
  readonly repo: string;
  readonly base?: string;
  readonly head?: string;
  readonly worktree?: boolean;
  readonly organization?: string;
  readonly output?: string;
  readonly pullRequest?: string;
  readonly model?: string;
}

/** Writes a document that is bound to the change. It is no evidence before somebody filled it in. */
export async function initEvidence(terminal: Terminal, options: InitEvidenceOptions): Promise<number> {
  const pullRequest = numberOf(options.pullRequest);
  const organization = options.organization === undefined ? null : await readOrganizationConfiguration(terminal.directory, options.organization);
  const objects = await openLocalRepository(isAbsolute(options.repo) ? options.repo : join(terminal.directory, options.repo));
  try {
    const head = options.worktree === true ? null : (options.head ?? 'HEAD');
    const { snapshot } = await captureRange(objects, { base: options.base ?? null, head, context: null, organization, now: terminal.now(), progress: () => {}, again: (name) => typeAgain(terminal, `--base ${name}`) });
    const settings = settingsOf(snapshot);
    const paths = claimablePaths(snapshot, settings);
    const path = options.output === '-' ? null : pathFor(options, settings, { root: objects.root, directory: terminal.directory, branch: await objects.branchNamed(head ?? 'HEAD') });
    const known = path === null ? null : await readKnownEvidence(objects.root, path);
    const id = `urn:uuid:${randomUUID()}`;
    const document = evidenceSkeleton({ id, now: terminal.now().toISOString(), repository: fullNameOf(snapshot.repository), mergeBase: snapshot.mergeBase, changeDigest: changeDigestOf(snapshot, settings.evidence), paths, pullRequest, model: options.model ?? null }, known);
    if (path === null) terminal.write(`${JSON.stringify(document, null, 2)}\n`);
    else await tellWritten(terminal, options, { root: objects.root, path, document, isNew: known === null, files: paths.length });
    return exitCodes.allow;
  } finally {
    await objects.close();
  }
}

function numberOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Failure('USAGE', `Cannot use the pull request ${JSON.stringify(text.slice(0, 80))}: expected its number.`);
}

function settingsOf({ configuration, unreadable }: Snapshot): GroundingSettings {
  if (unreadable[0] !== undefined) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot tell what changes: ${unreadable[0]}, expected all of it. Fetch what is missing.`);
  const settings = configuration.effective === null ? null : groundingSettings(configuration.effective);
  if (settings === null) throw new Failure('USAGE', 'Nothing asks for evidence here: the configuration of the base names neither agents nor evidence under `hallucination`, expected one of them. Add it on a branch, and merge that first.');
  return settings;
}

function claimablePaths(snapshot: Snapshot, settings: GroundingSettings): readonly string[] {
  const globs = settings.evidence.map(compileGlob);
  const paths = changedFiles(snapshot).map(({ path }) => path).filter((path) => !globs.some((glob) => glob.matches(path)));
  if (paths.length === 0) throw new Failure('USAGE', 'There is nothing to give evidence for: no file changes between the base and the head. Commit the change first, or give --worktree.');
  return paths;
}

interface Place {
  readonly root: string;
  readonly directory: string;
  readonly branch: string | null;
}

/** From the top of the repository. Where it fits no glob nobody would read it. */
function pathFor({ output }: InitEvidenceOptions, { evidence }: GroundingSettings, { root, directory, branch }: Place): string {
  const stated = output === undefined ? null : relative(root, isAbsolute(output) ? output : join(directory, output));
  const name = (branch ?? 'change').replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'change';
  const candidates = stated === null ? evidence.map((glob) => glob.replaceAll('**/', '').replaceAll('*', name)) : [stated];
  const fitting = candidates.find((path) => evidence.some((glob) => compileGlob(glob).matches(path)));
  if (fitting !== undefined) return fitting;
  throw new Failure('USAGE', `Cannot write evidence to ${JSON.stringify((stated ?? name).slice(0, 80))}: no glob of \`hallucination.evidence\` fits, expected one of ${evidence.slice(0, 5).join(', ')}. Name a file that fits with --output, or take "-" and put it into the text of the pull request.`);
}

interface Written {
  readonly root: string;
  readonly path: string;
  readonly document: JsonObject;
  readonly isNew: boolean;
  readonly files: number;
}

async function tellWritten(terminal: Terminal, { repo, base }: InitEvidenceOptions, { root, path, document, isNew, files }: Written): Promise<void> {
  await writeEvidence(root, path, document);
  const what = isNew ? `Wrote ${terminalText(path)}: it is bound to this change of ${count(files, 'file')}, with claims to fill in.` : `Bound ${terminalText(path)} to the change as it is now. Its claims are kept: look at each of them again.`;
  const again = terminalText(`plumbline evidence check --worktree${base === undefined ? '' : ` --base ${base}`}${repoWords(repo)}`);
  terminal.write(`${what}\n\nNext:\n  1. Say in \`text\` what each claim claims, and cite for it what stood there before: a path, lines and the exact text.\n  2. Take out what you do not claim. Every changed file needs a claim, every critical claim a citation.\n  3. See what comes of it: ${again}\n  4. Commit it with the change.\n`);
}
