import type { Plan } from '../../domain/playbook/plan.ts';
import { clip } from '../clip.ts';
import { markdownCode, markdownProse } from '../escape.ts';

const mostNotices = 3;

/** What a playbook wants people told, without mentioning them. */
export function noticeLines(notices: Plan['notices']): readonly string[] {
  return notices.slice(0, mostNotices).map(({ to, text }) => `For ${markdownCode(clip(to, 100))}: ${markdownProse(clip(text, 300))}`);
}
