import { inputLink } from '../../src/audit/snapshot-link.ts';
import { snapshotOf } from '../../src/audit/snapshot.ts';
import type { Snapshot } from '../../src/audit/snapshot.ts';
import type { Digest } from '../../src/domain/digest.ts';
import { inputVersion } from '../../src/domain/judged-input/write-judged-input.ts';

/** What was judged, with a part for each of these texts, in the form in which it is kept. Nothing can be judged from it. */
export function aJudgedInput(texts: readonly string[], version: number = inputVersion): { readonly parts: readonly Snapshot[]; readonly root: Digest; readonly link: string } {
  const parts = texts.map((text) => snapshotOf(Buffer.from(JSON.stringify(text))));
  const [configuration, ...files] = parts.map(({ digest }) => digest);
  const root = snapshotOf(Buffer.from(JSON.stringify({ version, engine: 'plumbline/test', gates: ['change'], configuration, files, evidence: [], snapshot: { texts } })));
  return { parts: [...parts, root], root: root.digest, link: inputLink(root.digest) };
}
