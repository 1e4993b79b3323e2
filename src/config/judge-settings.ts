import type { KeptSecret } from './kept-secret.ts';
import { keptSecretSetting } from './kept-secret-setting.ts';
import type { SecretReading } from './kept-secret-setting.ts';
import { Secret } from './secret.ts';
import { bad, good, integerSetting, quoted, textOf } from './settings.ts';
import type { Setting } from './settings.ts';

/** Whoever judges claims of agents beside Plumbline. Its host is all that is asked. */
export interface JudgeSettings {
  readonly url: string;
  /** Null: none is sent. */
  readonly token: KeptSecret | null;
  /** Milliseconds for one answer. */
  readonly timeoutMs: number;
  /** `owner/name`, `owner/*` or `*`, in lower case: whose claims and cited text may be sent. */
  readonly repositories: readonly string[];
}

/** Of JUDGE_URL, JUDGE_TOKEN, JUDGE_TIMEOUT_MS and JUDGE_REPOSITORIES; null: none is set. What is sent is text of repositories, so each has to be named. */
export function judgeSetting(reading: Omit<SecretReading, 'check'>): Setting<JudgeSettings | null> {
  const { environment } = reading;
  const text = textOf(environment, 'JUDGE_URL');
  const stray = others.find((name) => textOf(environment, name) !== null);
  if (text === null) return stray === undefined ? good(null) : bad(`${stray} is set without JUDGE_URL, expected the address of the judge too`);
  const url = plainAddress(text);
  if (url === null) return bad('JUDGE_URL is no address of a judge, expected an https address without a user name, a password or a part behind #; http of this very machine alone');
  const repositories = repositoriesOf(textOf(environment, 'JUDGE_REPOSITORIES') ?? '');
  if (repositories.kind === 'bad') return repositories;
  const timeoutMs = integerSetting(environment, 'JUDGE_TIMEOUT_MS', { least: 100, most: 30_000, otherwise: 5_000 });
  if (timeoutMs.kind === 'bad') return timeoutMs;
  const token = keptSecretSetting('JUDGE_TOKEN', { ...reading, check: checkedToken });
  return token.kind === 'bad' ? token : good({ url, token: token.value, timeoutMs: timeoutMs.value, repositories: repositories.value });
}

/** Whether text of a repository may be sent to the judge. */
export function isJudgedOutside(fullName: string, repositories: JudgeSettings['repositories']): boolean {
  const name = fullName.toLowerCase();
  return ['*', name, `${name.split('/')[0] ?? ''}/*`].some((one) => repositories.includes(one));
}

const others = ['JUDGE_TOKEN', 'JUDGE_TOKEN_PATH', 'JUDGE_TOKEN_VAULT', 'JUDGE_TIMEOUT_MS', 'JUDGE_REPOSITORIES'];

function plainAddress(text: string): string | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return null;
  const isLocal = url.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  return url.protocol === 'https:' || isLocal ? url.href : null;
}

function repositoriesOf(text: string): Setting<readonly string[]> {
  const names = text.split(/[\s,]+/).filter((name) => name !== '');
  if (names.length === 0) return bad('JUDGE_REPOSITORIES is not set: name the repositories whose claims and cited text may be sent to JUDGE_URL, as owner/name or owner/*; * means all, private ones too');
  const wrong = names.find((name) => name !== '*' && !/^[\w.-]+\/(?:\*|[\w.-]+)$/.test(name));
  return wrong === undefined ? good(names.map((name) => name.toLowerCase())) : bad(`JUDGE_REPOSITORIES has ${quoted(wrong)}, expected owner/name, owner/* or *`);
}

function checkedToken(text: string | null, said: string): Setting<Secret> {
  const token = text?.trim() ?? '';
  return /^[\x21-\x7e]{1,4096}$/.test(token) ? good(new Secret(token)) : bad(`${said} can not be sent, expected 1 to 4096 visible ASCII characters`);
}
