import type { SourceReading } from '../../../src/domain/behavior/source-reading.ts';
import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { driftGate } from '../../../src/gates/drift/drift-gate.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { SnapshotInput } from '../../builders/a-snapshot.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';
import { aDocument } from '../../domain/behavior/a-behavior.ts';

export const now = '2026-11-20T12:00:00.000Z';
export const path = 'behaviors/checkout.yaml';
export const sampled = { type: 'github-actions', workflow: 'acme/ci/.github/workflows/sample.yml', ref: 'refs/heads/main' };

/** A behaviour that decides about a change: that a score stays at 0.847. */
export const ofChange = (changes: JsonObject = {}): JsonObject => aDocument({ scope: 'change', source: sampled, ...changes });

export const answering = (value: JsonValue, observedAt = now): SourceReading => ({ kind: 'answered', value, observedAt, generator: null });

export interface BehaviorChange extends Pick<SnapshotInput, 'change'> {
  /** At the base. */
  readonly behavior?: JsonObject | string;
  /** Left out: as at the base. */
  readonly after?: JsonObject | string | null;
  /** What else stands there; own files unless said. */
  readonly files?: readonly FileInput[];
  readonly drift?: JsonObject;
  /** Null: no code changes. */
  readonly code?: null;
  /** Configuration of the organisation. */
  readonly organization?: string;
  readonly reading?: SourceReading;
  readonly world?: World;
}

const textOf = (document: JsonObject | string): string => (typeof document === 'string' ? document : JSON.stringify(document));

export function aBehaviorSnapshot({ behavior = ofChange(), after, files = [], drift = {}, organization, change, code }: BehaviorChange): Snapshot {
  const own = aFile({ path, base: textOf(behavior), head: after === undefined ? textOf(behavior) : after === null ? null : textOf(after), roles: ['own'] });
  const changed = code === null ? [] : [aFile({ path: 'src/checkout.ts', base: 'old', head: 'new', roles: [] })];
  const configured = configurationOf({ version: 1, drift: { behaviors: ['behaviors/*.yaml'], ...drift } }, 'main');
  return aSnapshot({ configured, configuration: { organizationText: organization ?? null }, files: [own, ...changed, ...files.map((file) => aFile({ roles: ['own'], ...file }))], ...(change === undefined ? {} : { change }) });
}

export function judgeBehaviorChange(wanted: BehaviorChange): Verdict {
  const contents = [wanted.behavior ?? ofChange(), wanted.after ?? ''].map(textOf);
  const named = (wanted.files ?? []).flatMap(({ base, head }) => [base, head]).filter((one) => typeof one === 'string');
  return judgeWith(driftGate, aBehaviorSnapshot(wanted), { contents: [...contents, ...named], ...(wanted.reading === undefined ? {} : { readings: () => wanted.reading ?? { kind: 'no-signal', why: '' } }), ...wanted.world });
}

/** `code severity` of each finding. */
export const told = ({ findings }: Verdict): readonly string[] => findings.map(({ code, severity }) => `${code} ${severity}`);
