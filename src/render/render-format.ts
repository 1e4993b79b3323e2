import type { Decision } from '../domain/decision.ts';
import { renderDecisionJson } from './decision-json.ts';
import type { FormatOptions } from './format-options.ts';
import { renderGithubAnnotations } from './github-annotations.ts';
import { renderJunit } from './junit.ts';
import { renderPretty } from './pretty.ts';
import { renderSarif } from './sarif.ts';

export const formats = ['pretty', 'json', 'sarif', 'github', 'junit'] as const;

export type Format = (typeof formats)[number];

export function isFormat(text: string): text is Format {
  return formats.some((format) => format === text);
}

/** A decision as standard output shows it, ending in a newline. */
export function renderFormat(decision: Decision, format: Format, options: FormatOptions): string {
  switch (format) {
    case 'pretty':
      return renderPretty(decision, options);
    case 'json':
      return renderDecisionJson(decision);
    case 'sarif':
      return renderSarif(decision, options);
    case 'github':
      return renderGithubAnnotations(decision);
    case 'junit':
      return renderJunit(decision);
  }
}
