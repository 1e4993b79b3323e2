import { fileAnchor } from '../anchors/file-anchor.ts';
import { httpWitness } from '../anchors/http-witness.ts';
import type { Config } from '../config.ts';
import { branchAnchor } from '../flows/branch-anchor.ts';
import type { Anchor } from '../flows/ports/anchor.ts';
import type { GitHubApp } from '../flows/ports/github-app.ts';

const witnessTimeoutMs = 10_000;

/** The anchors that the settings name. */
export function createAnchors(config: Pick<Config, 'anchorDirectory' | 'anchorRepository' | 'anchorCommitMs' | 'witnesses'>, github: Pick<GitHubApp, 'repository' | 'repositories'>): readonly Anchor[] {
  const { anchorDirectory, anchorRepository, anchorCommitMs, witnesses } = config;
  return [
    ...(anchorDirectory === null ? [] : [fileAnchor(anchorDirectory)]),
    ...witnesses.map((witness) => httpWitness(witness, witnessTimeoutMs)),
    ...(anchorRepository === null ? [] : [branchAnchor(github, { ...anchorRepository, everyMs: anchorCommitMs })]),
  ];
}
