import type { Configuration } from '../configuration/configuration.ts';
import { member } from '../configuration/member.ts';

/** What a configuration says about claims of agents. */
export interface GroundingSettings {
  /** Globs of evidence documents. */
  readonly evidence: readonly string[];
  /** 0..1: calibrated confidence below which a person is asked where Plumbline did not verify the claims itself. */
  readonly minConfidence: number;
}

const defaults: GroundingSettings = { evidence: ['.plumbline/evidence/*.json'], minConfidence: 0.85 };

/** Null: nothing is asked of agents, since neither agents nor evidence are named. To take these away loosens, which is denied. */
export function groundingSettings({ document }: Pick<Configuration, 'document'>): GroundingSettings | null {
  const written = member.object(document, 'hallucination');
  const evidence = member.texts(written, 'evidence');
  if (evidence.length === 0 && member.objects(written, 'agents').length === 0) return null;
  return {
    evidence: evidence.length === 0 ? defaults.evidence : evidence,
    minConfidence: member.number(written, 'minConfidence') ?? defaults.minConfidence,
  };
}
