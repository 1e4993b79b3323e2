import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LabelledClaim } from './labelled-claim.ts';

interface WiceRow {
  readonly label: 'supported' | 'partially_supported' | 'not_supported';
  readonly claim: string;
  readonly evidence: readonly string[];
  readonly meta: { readonly claim_title: string };
}

/** WiCE, the development split: sentences of Wikipedia and the whole page that each cites. In part supported is not supported. */
export function wiceClaims(conformance: string): readonly LabelledClaim[] {
  return readFileSync(join(conformance, 'grounding', 'wice-claim-dev.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const { label, claim, evidence, meta }: WiceRow = JSON.parse(line);
      return { claim, passage: { text: evidence.join('\n'), path: null, lines: null }, isSupported: label === 'supported', document: meta.claim_title };
    });
}
