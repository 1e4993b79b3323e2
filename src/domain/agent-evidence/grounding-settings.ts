import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';
import { isJsonObject } from '../json-value.ts';

/** What a configuration says about claims of agents. */
export interface GroundingSettings {
  /** Globs of evidence documents. */
  readonly evidence: readonly string[];
  /** 0..1: calibrated confidence below which a person is asked where Plumbline did not verify the claims itself. */
  readonly minConfidence: number;
}

const defaults: GroundingSettings = { evidence: ['.plumbline/evidence/*.json'], minConfidence: 0.85 };

/** Null: nothing is asked of agents. */
export function groundingSettings({ document }: Pick<Configuration, 'document'>): GroundingSettings | null {
  const written = document['hallucination'];
  if (!isJsonObject(written)) return null;
  return {
    evidence: Array.isArray(written['evidence']) ? member.texts(written, 'evidence') : defaults.evidence,
    minConfidence: member.number(written, 'minConfidence') ?? defaults.minConfidence,
  };
}
