import { changeDigestOf } from '../../../src/domain/agent-evidence/change-digest-of.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Contributors } from '../../../src/domain/people/contributor.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { hallucinationGate } from '../../../src/gates/hallucination/hallucination-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { anEvidenceDocument, aSubject } from '../../builders/an-evidence-document.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';

export interface AgentsChange {
  /** Left out: `src/cart.ts` is edited. Paths have no role. */
  readonly files?: readonly FileInput[];
  /** Members of the evidence file, its digest filled in; null: it brings none. Left out: a document with one claim. */
  readonly document?: JsonObject | null;
  /** A text in the place of the document. */
  readonly text?: string;
  /** Of the pull request. */
  readonly body?: string;
  /** Left out: `robot[bot]`. */
  readonly login?: string;
  /** Members of `hallucination`; null: nothing is configured of it. */
  readonly hallucination?: JsonObject | null;
  /** Left out: none is private. */
  readonly registries?: JsonObject;
  readonly world?: World;
}

export const evidencePath = '.plumbline/evidence/change.json';

const edit: FileInput = { path: 'src/cart.ts', base: 'export const total = 1;\n', head: 'export const total = 2;\n' };

/** The change of an agent, its evidence and what the edge would find, put together. */
export function anAgentsChange(input: AgentsChange = {}): { readonly snapshot: Snapshot; readonly world: World } {
  const { hallucination = { agents: [{ login: '*[bot]' }] }, login = 'robot[bot]', body, world } = input;
  const inputs = (input.files ?? [edit]).map((file) => ({ roles: [], ...file }));
  const changeDigest = changeDigestOf({ files: inputs.map(aFile).toSorted((a, b) => (a.path < b.path ? -1 : 1)) }, []);
  const text = input.text ?? (input.document === null ? null : JSON.stringify(anEvidenceDocument({ subject: aSubject({ change_digest: changeDigest }), ...input.document }), null, 1));
  const files = [...inputs, ...(text === null ? [] : [{ path: evidencePath, roles: [], head: text }])].map(aFile);
  const configured = { document: { version: 1, ...(hallucination === null ? {} : { hallucination }), ...(input.registries === undefined ? {} : { registries: input.registries }) } };
  const snapshot = aSnapshot({ files, configured, author: login });
  const contents = inputs.flatMap(({ base, head, mergeBase }) => [base, head, mergeBase].filter((side) => typeof side === 'string'));
  return {
    snapshot: body === undefined ? snapshot : { ...snapshot, change: { ...snapshot.change, body } },
    world: { contributors: byLogin(login), ...world, contents: [...contents, ...(text === null ? [] : [text]), ...(world?.contents ?? [])] },
  };
}

export function judgeAgentsChange(input: AgentsChange = {}): Verdict {
  const { snapshot, world } = anAgentsChange(input);
  return judgeWith(hallucinationGate, snapshot, world);
}

export function byLogin(login: string): Contributors {
  return { people: [{ login, id: 5, kind: login.endsWith('[bot]') ? 'app' : 'human', via: ['author'] }], unknown: null };
}
