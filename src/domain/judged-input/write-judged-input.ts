import type { Evidence } from '../evidence.ts';
import type { GateName } from '../gate-name.ts';
import type { Snapshot } from '../snapshot.ts';
import { cutList, partOf } from './cut-list.ts';
import type { InputPart, JudgedInput } from './judged-input.ts';
import { answerText, holdsBytes } from './kept-answer.ts';

export interface WhatWasJudged {
  readonly snapshot: Snapshot;
  readonly requiredGates: readonly GateName[];
  /** Every question that was asked, with its answer. */
  readonly evidence: Evidence;
}

/** The number changes when a reader of today could misread what is written. */
export const inputVersion = 1;

/**
 * Writes down what was judged. Members stand in the order in which they were judged and not in that of RFC 8785: what policies are
 * asked is known by its text, so that another order would be another question.
 */
export function writeJudgedInput({ snapshot, requiredGates, evidence }: WhatWasJudged): JudgedInput {
  const { files, configuration, ...rest } = snapshot;
  const configured = partOf(JSON.stringify(configuration));
  const looked = cutList(files.map((file) => ({ key: file.path, text: JSON.stringify(file) })));
  const answered = evidenceParts(evidence);
  const digests = { configuration: configured.digest, files: looked.map(({ digest }) => digest), evidence: answered.map(({ digest }) => digest) };
  const root = partOf(JSON.stringify({ version: inputVersion, engine: snapshot.engine, gates: requiredGates, ...digests, snapshot: rest }));
  return { root, parts: [configured, ...looked, ...answered] };
}

/** Contents stay what they are from one decision to the next, other answers hardly ever: no part has both. */
function evidenceParts(evidence: Evidence): readonly InputPart[] {
  const items = evidence.entries().map(([key, answer]) => ({ key, text: `[${JSON.stringify(key)},${answerText(answer)}]`, isContent: holdsBytes(answer) }));
  return [...cutList(items.filter(({ isContent }) => isContent)), ...cutList(items.filter(({ isContent }) => !isContent))];
}
