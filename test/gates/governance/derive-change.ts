import { limits } from '../../../src/domain/limits.ts';
import { Evidence } from '../../../src/domain/evidence.ts';
import type { Derived, Deriver } from '../../../src/gates/governance/deriver.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import { evidenceOf } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';

/** What a deriver makes of these files, ungoverned unless told. Every text among them can be read. */
export function deriveChange(deriver: Deriver, files: readonly Partial<FileInput>[], world: World = {}): Derived {
  const contents = files.flatMap(({ base, head }) => [base, head].filter((side) => typeof side === 'string' || side instanceof Uint8Array));
  const snapshot = aSnapshot({ files: files.map((file) => aFile({ path: '', roles: [], ...file })) });
  let evidence = new Evidence();
  for (let round = 0; round <= limits.probeRounds; round += 1) {
    const change = { snapshot, configuration: aConfiguration(), evidence };
    const requests = deriver.plan(change).filter((request) => !evidence.has(request));
    if (requests.length === 0) return deriver.derive(change);
    evidence = evidenceOf(requests, { contents, ...world }, evidence);
  }
  throw new Error(`${deriver.name} still asks after ${limits.probeRounds} rounds`);
}

/** Actions with their tier, as a list to compare. */
export function actionsOf(derived: Derived): readonly string[] {
  return derived.actions.map(({ action, tier, subject }) => `${action} ${tier} ${subject.package ?? subject.path ?? ''}`);
}
