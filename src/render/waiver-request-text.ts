import type { FindingCode } from '../domain/finding-code.ts';
import { clip } from './clip.ts';
import { markdownCode, markdownProse, markdownText, visible } from './escape.ts';

export interface WaiverRequest {
  readonly word: 'waive' | 'unwaive';
  readonly code: FindingCode;
  readonly path: string;
  readonly why: string | null;
  readonly file: string;
  readonly login: string;
  /** Where it was asked for. */
  readonly pullRequest: number;
  /** Idempotency key: by this trailer the commit is found again. */
  readonly key: string;
}

/** What the pull request and its commit say. Path and reason come from a comment. */
export function waiverRequestText(request: WaiverRequest): { readonly title: string; readonly text: string; readonly headline: string; readonly body: string } {
  const { word, code, path, why, file, login, pullRequest, key } = request;
  const headline = `${word === 'waive' ? 'Waive' : 'End the waiver of'} ${code} in ${plain(path, 40)}`;
  const reason = why === null ? [] : [`Reason: ${markdownProse(clip(why, 1000))}`];
  const text = [
    `${markdownText(clip(login, 100))} asked for this in #${pullRequest}. It changes ${markdownCode(clip(file, 200))}: ${word === 'waive' ? 'adds' : 'removes'} the waiver of ${markdownCode(code)} in ${markdownCode(clip(path, 200))}.`,
    ...reason,
    'It counts from when it is merged, and is judged like any other change to this file: whoever asked for it does not approve it.',
  ].join('\n\n');
  return { title: headline, text, headline, body: [`Asked for in #${pullRequest}.`, '', `Requested-by: ${plain(login, 110)}`, `Plumbline-Request: ${key}`].join('\n') };
}

/** One line without anything that GitHub links or a trailer could be mistaken for. */
function plain(text: string, most: number): string {
  return clip(visible(text), most).replaceAll(/[@#]/g, ' ');
}
