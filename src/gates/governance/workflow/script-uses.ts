import { expressionsIn } from './expressions-in.ts';
import { namesHead } from './names-head.ts';
import { scriptText } from './script-text.ts';

const fetching = /\b(?:fetch|checkout|switch|clone|pull(?! request)|worktree|reset)\b/;

/** By which a program finds what the event is about. */
const namesOfEvent = /\bgithub_(?:event_path|head_ref)\b|\bcontext\.(?:payload|issue)\b/;

const numbers = ['event.number', 'issue.number', 'pull_request.number', 'event.sha', 'commit.sha'];

/** Whether a script brings in what the author of a pull request wrote, as far as its text tells. */
export function bringsHead(script: string, isHeadInEnvironment: boolean): boolean {
  const text = scriptText(script);
  return namesHead(script) || bringsByGit(script, text, isHeadInEnvironment) || bringsByProgram(text);
}

function bringsByGit(script: string, text: string, isHeadInEnvironment: boolean): boolean {
  const isGit = /\bgit\b(?!\.\w)/.test(text) && fetching.test(text);
  return isGit && (isHeadInEnvironment || namesOfEvent.test(text) || namesNumber(script));
}

/** A number or a commit that the event is about is harmless by itself, so it is looked for only where something is fetched. */
function namesNumber(script: string): boolean {
  return expressionsIn(script).some((expression) => numbers.some((name) => expression.toLowerCase().replaceAll(/\s/g, '').includes(name)));
}

/** The programs of GitHub, and archives of a ref that only the run knows. */
function bringsByProgram(text: string): boolean {
  if (/\b(?:gh|hub) pr [^\n;&|]{0,100}\bcheckout\b/.test(text) || /\bdownload(?:tar|zip)ballarchive\b/.test(text)) return true;
  if (/\bgh pr diff\b/.test(text) && /\bapply\b|\bpatch\b|\bgit am\b/.test(text)) return true;
  const isApi = /\bgh api\b/.test(text);
  return text.split(/\s/).some((word) => /(?:tar|zip)ball/.test(word) && (isApi || word.includes('$')));
}
