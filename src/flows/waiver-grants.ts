import { ownKindsOf } from '../domain/configuration/own-kinds.ts';
import type { OwnKind } from '../domain/configuration/own-paths.ts';
import { digestOfValue } from '../domain/digest.ts';
import type { JsonObject } from '../domain/json-value.ts';
import { readWaiverFile } from '../domain/waiver/read-waiver-file.ts';
import { termsOf } from '../domain/waiver/terms-of.ts';
import type { GrantKind } from './grant-kind.ts';

/** Entries of waiver files: each counts for every change that is judged from then on, whoever let it in. */
export const waiverGrants: GrantKind = {
  event: 'waiver.granted',
  words: 'waivers',
  isUsed: ({ ownGlobs }) => ownGlobs.some(({ kind }) => kinds.includes(kind)),
  reachOf(configuration, path) {
    const found = ownKindsOf(configuration, path);
    if (found.includes('organization-waivers')) return 'organization';
    return found.includes('waivers') ? 'repository' : null;
  },
  grantsOf({ path: file, reach }, document) {
    const reading = readWaiverFile(document);
    if (reading.kind === 'invalid') return [];
    return reading.entries.map(({ waiver }) => {
      const value: JsonObject = { ...waiver, ...(reach === 'organization' ? { reach } : {}) };
      return { key: `${reach} ${termsOf(waiver)}`, until: waiver.until, digest: digestOfValue(value), rationale: waiver.reason, payload: { ...value, file } };
    });
  },
};

const kinds: readonly OwnKind[] = ['waivers', 'organization-waivers'];
